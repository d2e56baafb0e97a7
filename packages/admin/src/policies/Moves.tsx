import { clockKinds } from '@desk/schema/tickets/promises';
import {
  Alert,
  Box,
  Chip,
  CircularProgress,
  Link as MuiLink,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
} from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { formatDateTime } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { Failure } from '../ui/Failure.tsx';
import { type Move, type Preview, readPreview } from './calendar.ts';
import { policyTexts } from './texts.ts';

interface Place {
  calendar: string;
  zone: string;
}

/** Which open promises a change would move, asked while it is being made (handbook P-4). */
export function ChangePreview({ calendar, zone, change }: Place & { change: object }) {
  const { tell } = useSay();
  const { data, error } = useQuery({
    queryKey: ['totals', 'calendarPreview', calendar, change],
    queryFn: ({ signal }) => readPreview(calendar, change, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (error) return <Failure error={error} />;
  if (!data)
    return (
      <Alert severity="info" icon={<CircularProgress size={18} />}>
        {tell(policyTexts.counting)}
      </Alert>
    );
  return <PreviewShown preview={data} zone={zone} />;
}

export function PreviewShown({ preview, zone }: { preview: Preview; zone: string }) {
  const { tell } = useSay();
  const { open, moved, settled, moves } = preview;
  return (
    <Stack sx={{ gap: 1 }} role="status">
      <Alert severity={moved > 0 ? 'warning' : 'success'}>
        {tell(moved > 0 ? policyTexts.moved : policyTexts.none, { open, moved })}
        {settled > 0 && ` ${tell(policyTexts.settled, { settled })}`}
        {moves.length < moved + settled && ` ${tell(policyTexts.firstOnes, { count: moves.length })}`}
      </Alert>
      <MoveList moves={moves} zone={zone} />
    </Stack>
  );
}

/** Promises with where they stood and where they go. */
export function MoveList({ moves, zone }: { moves: readonly Move[]; zone: string }) {
  const { tell } = useSay();
  if (moves.length === 0) return null;
  return (
    <Box
      sx={{ maxHeight: 280, overflow: 'auto' }}
      tabIndex={0}
      role="region"
      aria-label={tell(policyTexts.promise)}
    >
      <Table size="small" stickyHeader>
        <TableHead>
          <TableRow>
            {[policyTexts.ticket, policyTexts.from, policyTexts.to].map((head) => (
              <TableCell key={head.en}>{tell(head)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {moves.map(({ ticket, number, kind, from, to, provisional }) => (
            <TableRow key={`${ticket} ${kind} ${to}`}>
              <TableCell>
                <MuiLink component={Link} to={`/tickets/${ticket}/show`} target="_blank">
                  {number}
                </MuiLink>{' '}
                {tell(clockKinds[kind])}
              </TableCell>
              <TableCell sx={{ fontVariantNumeric: 'tabular-nums' }}>{formatDateTime(from, zone)}</TableCell>
              <TableCell sx={{ fontVariantNumeric: 'tabular-nums', fontWeight: 600 }}>
                {formatDateTime(to, zone)}{' '}
                {provisional && (
                  <Chip size="small" variant="outlined" label={tell(policyTexts.provisional)} />
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
