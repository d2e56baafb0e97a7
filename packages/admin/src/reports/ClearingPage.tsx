import { resourceNamed } from '@desk/schema';
import { clearingGaps } from '@desk/schema/reports/enums';
import {
  Alert,
  Button,
  Card,
  Chip,
  Link as MuiLink,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  ToggleButton,
  ToggleButtonGroup,
  Typography,
} from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router-dom';
import { request } from '../platform/client.ts';
import { formatDateTime, today } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { inputsOf } from '../platform/model.ts';
import { communityOf, may } from '../platform/viewer.ts';
import { Failure } from '../ui/Failure.tsx';
import { PageTitle } from '../ui/PageTitle.tsx';
import { StatusChip } from '../ui/StatusChip.tsx';
import { reportTexts } from './texts.ts';

const ActionDialog = lazy(() => import('../ui/ActionDialog.tsx'));

interface OpenTicket {
  id: string;
  number: string;
  title: string;
  status: string;
  nextDueAt: string | null;
  promiseState: string;
  community: { id: string };
  unit: { fullName: string; specialCare: boolean } | null;
  dailyFollowUps: {
    nodes: {
      day: string;
      state: string;
      note: string | null;
      delayReason: string | null;
      residentTold: string | null;
    }[];
  };
}

const document = `query clearing($missing: ClearingGap) { clearing(first: 100, missing: $missing, orderBy: { field: RECEIVED_AT, direction: ASC }) { totalCount
  nodes { id number title status nextDueAt promiseState community { id } unit { fullName specialCare } dailyFollowUps(first: 1) { nodes { day state note delayReason residentTold } } } } }`;

/** Every open matter with its promise and delay, and what the day still owes it (handbook T-13). */
export default function ClearingPage() {
  const { tell } = useSay();
  const [missing, setMissing] = useState<string>('FOLLOW_UP');
  const [chosen, setChosen] = useState<OpenTicket>();
  const { data, error, refetch } = useQuery({
    queryKey: ['totals', 'clearing', missing],
    queryFn: ({ signal }) =>
      request<{ clearing: { totalCount: number; nodes: OpenTicket[] } }>(
        document,
        { missing: missing || null },
        { signal },
      ),
    placeholderData: keepPreviousData,
  });
  const { nodes: rows = [], totalCount: total = 0 } = data?.clearing ?? {};
  return (
    <Stack sx={{ gap: 2, py: 2, minWidth: 0 }}>
      <PageTitle title={tell(reportTexts.clearing)} />
      <ToggleButtonGroup
        exclusive
        size="small"
        value={missing}
        aria-label={tell(reportTexts.clearing)}
        onChange={(_, value: string | null) => value !== null && setMissing(value)}
        sx={{ flexWrap: 'wrap' }}
      >
        {Object.entries(clearingGaps).map(([name, label]) => (
          <ToggleButton key={name} value={name}>
            {tell(label)}
          </ToggleButton>
        ))}
        <ToggleButton value="">{tell(reportTexts.all)}</ToggleButton>
      </ToggleButtonGroup>
      <Failure error={error} retry={refetch} />
      {data && rows.length === 0 && <Alert severity="success">{tell(reportTexts.cleared)}</Alert>}
      {rows.length > 0 && (
        <Typography color="textSecondary" role="status">
          {tell(total > rows.length ? reportTexts.firstOf : reportTexts.count, { total, count: rows.length })}
        </Typography>
      )}
      {rows.length > 0 && <ClearingTable rows={rows} onFollow={setChosen} />}
      {chosen && <FollowUp ticket={chosen} onClose={() => setChosen(undefined)} />}
    </Stack>
  );
}

/** On a phone each matter stands by itself, with its lines named and its button in reach. */
const stacked = {
  '@media (max-width: 599.95px)': {
    '& thead': { display: 'none' },
    '& tr': { display: 'block', py: 1, borderBottom: 1, borderColor: 'divider' },
    '& td': { display: 'flex', gap: 1, border: 0, py: 0.25, maxWidth: 'none' },
    '& td[data-label]::before': {
      content: 'attr(data-label)',
      flex: '0 0 96px',
      color: 'text.secondary',
    },
    '& td:first-of-type': { display: 'block' },
    '& td[data-empty=true]': { display: 'none' },
  },
} as const;

function ClearingTable({ rows, onFollow }: { rows: OpenTicket[]; onFollow(ticket: OpenTicket): void }) {
  const { tell } = useSay();
  const heads = ['ticket', 'status', 'promise', 'today', 'told', 'delay'] as const;
  const records = resourceNamed('dailyFollowUps');
  return (
    <TableContainer component={Card} variant="outlined" tabIndex={0} aria-label={tell(reportTexts.clearing)}>
      <Table size="small" sx={stacked}>
        <TableHead>
          <TableRow>
            {heads.map((head) => (
              <TableCell key={head}>{tell(reportTexts[head])}</TableCell>
            ))}
            <TableCell>{tell(reportTexts.follow)}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((ticket) => (
            <TicketRow key={ticket.id} ticket={ticket}>
              {records && may(records, 'record') && (
                <Button
                  size="small"
                  onClick={() => onFollow(ticket)}
                  aria-label={`${tell(reportTexts.follow)} ${ticket.number}`}
                >
                  {tell(reportTexts.follow)}
                </Button>
              )}
            </TicketRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}

function TicketRow({ ticket, children }: { ticket: OpenTicket; children: React.ReactNode }) {
  const { tell } = useSay();
  const { timeZone } = communityOf({ community: ticket.community });
  const [last] = ticket.dailyFollowUps.nodes;
  const now = last?.day === today(timeZone) && last.state === 'DONE' ? last : undefined;
  const lifecycle = resourceNamed('tickets')?.lifecycle;
  const wrap = { overflowWrap: 'anywhere', minWidth: 120, maxWidth: 260 } as const;
  return (
    <TableRow>
      <TableCell sx={{ ...wrap, minWidth: 180 }}>
        <MuiLink component={Link} to={`/tickets/${ticket.id}/show`}>
          {ticket.number}
        </MuiLink>{' '}
        {ticket.title} {ticket.unit?.fullName}{' '}
        {ticket.unit?.specialCare && <Chip size="small" color="error" label={tell(resourceLabel)} />}
      </TableCell>
      <TableCell data-label={tell(reportTexts.status)}>
        {lifecycle && <StatusChip lifecycle={lifecycle} state={ticket.status} />}
      </TableCell>
      <TableCell data-label={tell(reportTexts.promise)} sx={{ whiteSpace: 'nowrap' }}>
        {ticket.nextDueAt ? formatDateTime(ticket.nextDueAt, timeZone) : tell(reportTexts.none)}{' '}
        {ticket.promiseState === 'BREACHED' && (
          <Chip size="small" color="error" label={tell(reportTexts.late)} />
        )}
      </TableCell>
      <TableCell data-label={tell(reportTexts.today)} data-empty={!now} sx={wrap}>
        {now?.note ?? tell(reportTexts.missing)}
      </TableCell>
      <TableCell data-label={tell(reportTexts.told)} data-empty={!now?.residentTold} sx={wrap}>
        {now?.residentTold ?? tell(reportTexts.missing)}
      </TableCell>
      <TableCell data-label={tell(reportTexts.delay)} data-empty={!last?.delayReason} sx={wrap}>
        {last?.delayReason ?? '–'}
      </TableCell>
      <TableCell>{children}</TableCell>
    </TableRow>
  );
}

const resourceLabel = { zh: '特殊用户', en: 'Special care' };

function FollowUp({ ticket, onClose }: { ticket: OpenTicket; onClose(): void }) {
  const owner = resourceNamed('dailyFollowUps');
  if (!owner) return null;
  const mutation = 'dailyFollowUpRecord';
  const inputs = inputsOf(owner, mutation).filter(({ name }) => name !== 'ticket');
  const action = {
    name: 'record',
    mutation,
    label: reportTexts.follow,
    danger: false,
    allowed: true,
    inputs,
  };
  return (
    <Suspense>
      <ActionDialog
        owner={owner}
        record={{ id: ticket.id }}
        action={action}
        sent={{ ticket: ticket.id }}
        onClose={onClose}
      />
    </Suspense>
  );
}
