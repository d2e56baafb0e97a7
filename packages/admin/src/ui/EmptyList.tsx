import type { ResourceDescriptor } from '@desk/schema';
import InboxIcon from '@mui/icons-material/InboxOutlined';
import { Button, Stack, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useCreatePath, useListContext } from 'react-admin';
import { Link } from 'react-router-dom';
import { useSay } from '../platform/i18n/index.ts';
import { withoutEmpty } from '../platform/query.ts';
import { may } from '../platform/viewer.ts';

/** What a list without rows says, and the next step: clear the filters, or create the first record. */
export function EmptyList({ owner, children }: { owner: ResourceDescriptor; children?: ReactNode }) {
  const { t, tell } = useSay();
  const { filterValues, setFilters } = useListContext();
  const path = useCreatePath();
  const filtered = Object.keys(withoutEmpty(filterValues ?? {})).length > 0;
  const creatable = owner.create !== undefined && may(owner, 'create');
  return (
    <Stack sx={{ alignItems: 'center', gap: 1.5, p: { xs: 3, sm: 5 }, textAlign: 'center' }}>
      <InboxIcon fontSize="large" color="disabled" />
      <Typography>{t(filtered ? 'emptyFiltered' : 'emptyList', { name: tell(owner.plural) })}</Typography>
      {filtered && (
        <Button variant="outlined" onClick={() => setFilters({}, [])}>
          {t('clearFilters')}
        </Button>
      )}
      {children}
      {!filtered && children === undefined && creatable && (
        <Button variant="contained" component={Link} to={path({ resource: owner.name, type: 'create' })}>
          {t('createFirst', { name: tell(owner.label) })}
        </Button>
      )}
    </Stack>
  );
}
