import type { ResourceDescriptor } from '@desk/schema';
import { Alert, Button, CircularProgress, Stack, TextField } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { messageOf } from '../platform/errors.ts';
import { useSay } from '../platform/i18n/index.ts';
import { type DeskRecord, runAction } from '../platform/mutations.ts';
import { DeskDialog } from '../ui/DeskDialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import { readOutcome, type YearAnswer } from './calendar.ts';
import { parseDates, writeDates } from './dates.ts';
import { ChangePreview, MoveList } from './Moves.tsx';
import { policyTexts } from './texts.ts';

interface YearDialogProps {
  owner: ResourceDescriptor;
  record: DeskRecord;
  zone: string;
  year: number;
  known: YearAnswer['year'];
  onClose(): void;
}

/** The statutory days of a year: entered when they are published, or corrected; what that moves, and what it has moved (P-4). */
export function YearDialog({ owner, record, zone, year, known, onClose }: YearDialogProps) {
  const { tell } = useSay();
  const queries = useQueryClient();
  const [texts, setTexts] = useState({ off: writeDates(known.off), working: writeDates(known.working) });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [since, setSince] = useState<string>();
  const [off, working] = [parseDates(texts.off, year), parseDates(texts.working, year)];
  const readable = off.wrong.length + working.wrong.length === 0;
  const asked = { year, off: off.dates, working: working.dates };
  const tried = useDeferredValue(JSON.stringify({ year: asked }));
  const save = async () => {
    setBusy(true);
    setFailure(undefined);
    const { id, version } = record;
    try {
      const done = await runAction(owner, 'calendarPublish', { id, version, ...asked });
      void queries.invalidateQueries();
      setSince(String(done.record.updatedAt));
    } catch (error) {
      setFailure(messageOf(error));
    }
    setBusy(false);
  };
  const field = (name: 'off' | 'working', { wrong }: { wrong: string[] }) => (
    <TextField
      multiline
      minRows={3}
      maxRows={10}
      size="small"
      autoFocus={name === 'off'}
      label={tell(policyTexts[name])}
      error={wrong.length > 0}
      helperText={
        wrong.length > 0
          ? tell(policyTexts.wrongDates, { wrong: wrong.join('、') })
          : tell(policyTexts.datesHelp)
      }
      value={texts[name]}
      onChange={({ target }) => setTexts({ ...texts, [name]: target.value })}
    />
  );
  return (
    <DeskDialog
      title={tell(known.source === 'UNKNOWN' ? policyTexts.publish : policyTexts.correct, { year })}
      width="md"
      busy={busy}
      onClose={onClose}
      onSubmit={save}
      actions={
        since ? (
          <Button variant="contained" onClick={onClose}>
            {tell(policyTexts.close)}
          </Button>
        ) : (
          <>
            <Button onClick={onClose} disabled={busy}>
              {tell(policyTexts.cancel)}
            </Button>
            <Button type="submit" variant="contained" loading={busy} disabled={!readable}>
              {tell(policyTexts.save)}
            </Button>
          </>
        )
      }
    >
      {since ? (
        <Recomputed calendar={record.id} since={since} zone={zone} />
      ) : (
        <>
          {field('off', off)}
          {field('working', working)}
          {readable && (
            <ChangePreview calendar={record.id} zone={zone} change={JSON.parse(tried) as object} />
          )}
          <Failure error={failure} />
        </>
      )}
    </DeskDialog>
  );
}

const pollMs = 1_000;

/** What has become of the open promises; asked until all of them are computed anew. */
function Recomputed({ calendar, since, zone }: { calendar: string; since: string; zone: string }) {
  const { tell } = useSay();
  const { data, error } = useQuery({
    queryKey: ['totals', 'calendarOutcome', calendar, since],
    queryFn: ({ signal }) => readOutcome(calendar, since, signal),
    refetchInterval: ({ state }) => (state.data?.recomputing === false ? false : pollMs),
  });
  if (error) return <Failure error={error} />;
  const busy = data?.recomputing !== false;
  return (
    <Stack sx={{ gap: 1, pt: 1 }} role="status">
      <Alert severity={busy ? 'info' : 'success'} {...(busy && { icon: <CircularProgress size={18} /> })}>
        {tell(policyTexts.saved)}{' '}
        {tell(busy ? policyTexts.recomputing : policyTexts.recomputed, {
          moved: data?.moves.length ?? 0,
          provisional: data?.provisional ?? 0,
        })}
      </Alert>
      <MoveList moves={data?.moves ?? []} zone={zone} />
    </Stack>
  );
}
