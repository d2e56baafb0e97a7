import { resourceNamed } from '@desk/schema';
import CheckedIcon from '@mui/icons-material/CheckBox';
import UncheckedIcon from '@mui/icons-material/CheckBoxOutlineBlank';
import { Box, Chip } from '@mui/material';
import { memo } from 'react';
import { formatDateTime } from '../../platform/format.ts';
import { useSay } from '../../platform/i18n/index.ts';
import { communityOf } from '../../platform/viewer.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { PromiseBadge } from './PromiseBadge.tsx';
import type { TicketRow } from './rows.ts';
import { deskTexts } from './texts.ts';

export const lineHeight = 76;
export const lineId = (id: string) => `line-${id}`;

interface TicketLineProps {
  row: TicketRow;
  index: number;
  total: number;
  current: boolean;
  opened: boolean;
  selected: boolean;
  onOpen(id: string): void;
  onSelect(id: string, index: number): void;
}

const cut = { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' } as const;

/** One ticket of the list: what, where, in which state, how long still. Drawn again only when something of it changes. */
export const TicketLine = memo(function TicketLine(props: TicketLineProps) {
  const { row, index, total, current, opened, selected, onOpen, onSelect } = props;
  const { tell } = useSay();
  const owner = resourceNamed('tickets');
  const fields = owner?.fields ?? {};
  const label = (name: string, value: string | null) => {
    const text = value === null ? undefined : fields[name]?.values?.[value];
    return text ? tell(text) : '';
  };
  const place = [row.unit?.fullName, row.location].filter(Boolean).join(' ');
  const who = row.assignee?.name ?? label('department', row.department);
  const Tick = selected ? CheckedIcon : UncheckedIcon;
  return (
    <Box
      id={lineId(row.id)}
      role="option"
      aria-selected={selected}
      aria-current={opened || undefined}
      aria-posinset={index + 1}
      aria-setsize={total}
      onClick={() => onOpen(row.id)}
      sx={{
        position: 'absolute',
        top: index * lineHeight,
        left: 0,
        right: 0,
        height: lineHeight,
        pl: 0.5,
        pr: 1.25,
        py: 0.75,
        display: 'grid',
        gridTemplateColumns: '32px minmax(0, 1fr)',
        alignContent: 'center',
        rowGap: 0.25,
        cursor: 'pointer',
        borderBottom: 1,
        borderColor: 'divider',
        bgcolor: selected ? '#e3f1f2' : opened ? '#eef3f5' : 'background.paper',
        // The current line is told by a bar, not by colour alone.
        boxShadow: current ? 'inset 4px 0 0 #0b5c63' : opened ? 'inset 4px 0 0 #9fb8bb' : 'none',
        '&:hover': { bgcolor: selected ? '#d9ebec' : '#f2f6f7' },
      }}
    >
      <Box
        component="span"
        aria-hidden
        onClick={(event) => {
          event.stopPropagation();
          onSelect(row.id, index);
        }}
        sx={{ gridRow: '1 / span 3', display: 'grid', placeItems: 'center', color: 'text.secondary' }}
      >
        <Tick sx={{ fontSize: 20 }} />
      </Box>
      <Box sx={{ display: 'flex', gap: 0.75, alignItems: 'center', minWidth: 0 }}>
        {row.urgent && (
          <Chip size="small" color="error" label={tell(deskTexts.urgent)} sx={{ height: 20, fontSize: 12 }} />
        )}
        <Box component="strong" sx={{ ...cut, flex: 1, minWidth: 0, fontWeight: 600 }}>
          {row.title}
        </Box>
        <PromiseBadge promised={row} />
      </Box>
      <Box sx={{ display: 'flex', gap: 1, minWidth: 0, fontSize: 13, color: 'text.secondary' }}>
        <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
          {row.number}
        </Box>
        <Box component="span" sx={{ ...cut, flex: 1, minWidth: 0 }}>
          {[label('kind', row.kind), place].filter(Boolean).join(' · ')}
        </Box>
      </Box>
      <Box sx={{ display: 'flex', gap: 1, minWidth: 0, fontSize: 13, alignItems: 'center' }}>
        {owner?.lifecycle && <StatusChip lifecycle={owner.lifecycle} state={row.status} />}
        <Box component="span" sx={{ ...cut, flex: 1, minWidth: 0, color: 'text.secondary' }}>
          {who || tell(deskTexts.nobody)}
        </Box>
        <Box
          component="time"
          dateTime={row.receivedAt}
          sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}
        >
          {formatDateTime(row.receivedAt, communityOf(row as unknown as Record<string, unknown>).timeZone)}
        </Box>
      </Box>
    </Box>
  );
});
