import { type Department, departmentNames, departments } from '@desk/schema/tickets/enums';
import { Alert, Box, Button, Chip, LinearProgress, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../../platform/errors.ts';
import { useSay } from '../../platform/i18n/index.ts';
import { runAction } from '../../platform/mutations.ts';
import { Choice } from '../../ui/Choice.tsx';
import { DeskDialog } from '../../ui/DeskDialog.tsx';
import { Failure } from '../../ui/Failure.tsx';
import { useOwner } from '../../ui/represent.ts';
import { dispatchCandidates } from '../dispatch.ts';
import { departmentWords, personWords } from '../forms/loads.ts';
import { rowsKey, type TicketRow } from './rows.ts';
import { deskTexts } from './texts.ts';

/** What became of one ticket: nothing yet, dispatched, or why not. */
type Outcome = 'WAITING' | 'DONE' | { refusal: string };

/** Sent at the same time; more would only queue at the server. */
const together = 4;

interface BulkDispatchProps {
  rows: readonly TicketRow[];
  /** Told which tickets are dispatched, so that only the others stay selected. */
  onDispatched(ids: readonly string[]): void;
  onClose(): void;
}

/**
 * Dispatches several tickets at once (handbook T-04): each is a command of its own with its own idempotency key, so that
 * one refusal leaves the others dispatched, and what was refused says why and may be tried again.
 */
export default function BulkDispatch({ rows, onDispatched, onClose }: BulkDispatchProps) {
  const owner = useOwner();
  const queries = useQueryClient();
  const { t, tell } = useSay();
  const [department, setDepartment] = useState<Department | ''>('');
  const [person, setPerson] = useState('');
  const [busy, setBusy] = useState(false);
  // Taken once: what a colleague moves meanwhile is refused by its version and stays in sight.
  const [chosen] = useState(rows);
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  // What one ticket of a community can be dispatched to, the others of it can too.
  const samples = [...new Map(chosen.map(({ community, id }) => [community.id, id])).values()];
  const { data, error, refetch } = useQuery({
    queryKey: ['tickets', 'dispatch candidates', samples],
    queryFn: ({ signal }) => dispatchCandidates(samples, signal),
  });
  const people = data?.find((one) => one.department === department)?.people ?? [];
  const tried = outcomes.size > 0;
  const failed = chosen.filter(({ id }) => typeof outcomes.get(id) === 'object');
  const done = chosen.filter(({ id }) => outcomes.get(id) === 'DONE');

  const dispatch = async (row: TicketRow) => {
    const input = { id: row.id, version: row.version, department, ...(person && { assignee: person }) };
    const outcome = await runAction(owner, 'ticketDispatch', input).then(
      (): Outcome => 'DONE',
      (error: unknown): Outcome => ({ refusal: messageOf(error) }),
    );
    setOutcomes((before) => new Map(before).set(row.id, outcome));
    return outcome === 'DONE' ? [row.id] : [];
  };
  const run = async () => {
    setBusy(true);
    const wanted = chosen.filter(({ id }) => outcomes.get(id) !== 'DONE');
    setOutcomes(
      (before) => new Map([...before, ...wanted.map(({ id }): [string, Outcome] => [id, 'WAITING'])]),
    );
    const queue = await fresh(wanted);
    const moved: string[] = [];
    const hand = async () => {
      for (let row = queue.shift(); row; row = queue.shift()) moved.push(...(await dispatch(row)));
    };
    await Promise.all(Array.from({ length: together }, hand));
    onDispatched(moved);
    void queries.invalidateQueries({ queryKey: [owner.name] });
    void queries.invalidateQueries({ queryKey: rowsKey });
    setBusy(false);
  };
  /** A second try builds on what the lists show by now. */
  const fresh = async (wanted: readonly TicketRow[]) => {
    if (!tried) return [...wanted];
    const pages = queries.getQueriesData<{ nodes: TicketRow[] }>({ queryKey: rowsKey });
    const known = new Map(pages.flatMap(([, page]) => page?.nodes ?? []).map((row) => [row.id, row]));
    return wanted.map((row) => known.get(row.id) ?? row);
  };
  const send = () => {
    if (department && done.length < chosen.length) void run();
  };
  return (
    <DeskDialog
      title={tell(deskTexts.dispatchTitle, { count: chosen.length })}
      busy={busy}
      onClose={onClose}
      onSend={send}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            {t(done.length === chosen.length ? 'close' : 'cancel')}
          </Button>
          {done.length < chosen.length && (
            <Button variant="contained" loading={busy} disabled={!department} onClick={run}>
              {tell(failed.length > 0 ? deskTexts.retryFailed : deskTexts.dispatch)}
            </Button>
          )}
        </>
      }
    >
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { sm: '1fr 1fr' } }}>
        <Choice
          autoFocus
          required
          label={tell(deskTexts.department)}
          value={department}
          options={departmentNames.map((name) => {
            const load = data?.find((one) => one.department === name);
            return [name, tell(load ? departmentWords(name, load.open) : departments[name])];
          })}
          onChange={(chosenDepartment) => {
            setDepartment(chosenDepartment);
            setPerson('');
          }}
        />
        <Choice
          label={tell(deskTexts.person)}
          value={person}
          options={[['', '—'], ...people.map((one) => [one.id, tell(personWords(one))] as const)]}
          onChange={setPerson}
        />
      </Box>
      <Failure error={error} retry={refetch} />
      {busy && <LinearProgress aria-label={t('loading')} />}
      {!busy && tried && (
        <Alert severity={failed.length > 0 ? 'warning' : 'success'} role="status">
          {failed.length > 0
            ? tell(deskTexts.failed, { count: failed.length })
            : tell(deskTexts.allDispatched)}
        </Alert>
      )}
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', display: 'grid', gap: 0.75 }}>
        {chosen.map((row) => (
          <ChosenLine key={row.id} row={row} outcome={outcomes.get(row.id)} />
        ))}
      </Box>
    </DeskDialog>
  );
}

function ChosenLine({ row, outcome }: { row: TicketRow; outcome: Outcome | undefined }) {
  const { tell } = useSay();
  return (
    <Box component="li" sx={{ borderBottom: 1, borderColor: 'divider', pb: 0.75 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <Typography variant="body2" color="textSecondary" sx={{ whiteSpace: 'nowrap' }}>
          {row.number}
        </Typography>
        <Typography variant="body2" sx={{ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }}>
          {row.title}
        </Typography>
        {outcome === 'DONE' && (
          <Chip size="small" color="success" label={`✓ ${tell(deskTexts.dispatched)}`} />
        )}
        {outcome === 'WAITING' && (
          <Chip size="small" variant="outlined" label={tell(deskTexts.waitingTurn)} />
        )}
      </Box>
      {typeof outcome === 'object' && (
        <Typography variant="body2" color="error">
          ✕ {outcome.refusal}
        </Typography>
      )}
    </Box>
  );
}
