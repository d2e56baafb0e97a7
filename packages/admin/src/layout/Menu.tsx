import { type ResourceDescriptor, resourceNamed, resources } from '@desk/schema';
import FolderIcon from '@mui/icons-material/FolderOutlined';
import HomeIcon from '@mui/icons-material/TodayOutlined';
import { ListSubheader } from '@mui/material';
import { Fragment } from 'react';
import { Menu as RaMenu, useSidebarState } from 'react-admin';
import type { ConsoleDomain, ConsolePage } from '../platform/domain.ts';
import { useSay } from '../platform/i18n/index.ts';
import { has } from '../platform/model.ts';
import { may } from '../platform/viewer.ts';

/** Resources that the API has and the viewer may read. */
const listed = (owner: ResourceDescriptor | undefined): owner is ResourceDescriptor =>
  owner !== undefined && owner.menu !== false && has('Query', owner.name) && may(owner, 'read');

const opens = ({ needs, menu }: ConsolePage) =>
  menu !== false && (!needs || may(needs.resource, needs.action));

/** Neighbouring domains under the same heading share one group. */
function merged(domains: readonly ConsoleDomain[]): ConsoleDomain[] {
  const groups: ConsoleDomain[] = [];
  for (const domain of domains) {
    const last = groups.at(-1);
    if (last?.label.en === domain.label.en)
      groups[groups.length - 1] = {
        ...last,
        resources: [...last.resources, ...domain.resources],
        pages: [...(last.pages ?? []), ...(domain.pages ?? [])],
        overrides: { ...last.overrides, ...domain.overrides },
      };
    else groups.push(domain);
  }
  return groups;
}

/** The menu, one group per domain. A resource that no domain claims appears by itself in a last group. */
export function Menu({ domains }: { domains: readonly ConsoleDomain[] }) {
  const { t, tell } = useSay();
  const [open] = useSidebarState();
  const claimed = new Set(domains.flatMap((domain) => domain.resources));
  const rest = resources.filter(({ name }) => !claimed.has(name)).map(({ name }) => name);
  const groups = merged([...domains, { label: { zh: '其他', en: 'More' }, resources: rest }]);
  return (
    // A long name takes a second line.
    <RaMenu
      sx={{
        '& .MuiMenuItem-root': { py: 0.5, minHeight: 32 },
        '& .MuiMenuItem-root .MuiTypography-root': { whiteSpace: 'normal', lineHeight: 1.2 },
      }}
    >
      <RaMenu.Item to="/" primaryText={t('home')} leftIcon={<HomeIcon />} />
      {groups.map((group: ConsoleDomain) => {
        const owners = group.resources.map((name) => resourceNamed(name)).filter(listed);
        const pages = (group.pages ?? []).filter(opens);
        if (owners.length + pages.length === 0) return null;
        return (
          <Fragment key={group.label.en}>
            {open && (
              <ListSubheader
                component="div"
                role="presentation"
                sx={{
                  bgcolor: 'transparent',
                  lineHeight: '28px',
                  color: 'text.secondary',
                  fontSize: 12,
                  pt: 0.5,
                }}
              >
                {tell(group.label)}
              </ListSubheader>
            )}
            {pages.map(({ path, label, icon: Icon }) => (
              <RaMenu.Item key={path} to={path} primaryText={tell(label)} leftIcon={<Icon />} />
            ))}
            {owners.map(({ name, plural }) => {
              const Icon = group.overrides?.[name]?.icon ?? FolderIcon;
              return (
                <RaMenu.Item key={name} to={`/${name}`} primaryText={tell(plural)} leftIcon={<Icon />} />
              );
            })}
          </Fragment>
        );
      })}
    </RaMenu>
  );
}
