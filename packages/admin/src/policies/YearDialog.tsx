import type { ResourceDescriptor } from '@desk/schema';
import {
  Alert,
  Button,
  CircularProgress,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  TextField,
} from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useId, useState } from 'react';
import { useSay } from '../platform/i18n/index.ts';
import { type DeskRecord, runAction } from '../platform/mutations.ts';
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
  const title = useId();
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
      setFailure(error instanceof Error ? error.message : String(error));
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
    <Dialog open onClose={busy ? undefined : onClose} aria-labelledby={title} fullWidth maxWidth="md">
      <DialogTitle id={title}>
        {tell(known.source === 'UNKNOWN' ? policyTexts.publish : policyTexts.correct, { year })}
      </DialogTitle>
      <DialogContent>
        {since ? (
          <Recomputed calendar={record.id} since={since} zone={zone} />
        ) : (
          <Stack sx={{ gap: 2, pt: 1 }}>
            {field('off', off)}
            {field('working', working)}
            {readable && (
              <ChangePreview calendar={record.id} zone={zone} change={JSON.parse(tried) as object} />
            )}
            {failure && (
              <Alert severity="error" role="alert">
                {failure}
              </Alert>
            )}
          </Stack>
        )}
      </DialogContent>
      <DialogActions>
        {since ? (
          <Button variant="contained" onClick={onClose}>
            {tell(policyTexts.close)}
          </Button>
        ) : (
          <>
            <Button onClick={onClose} disabled={busy}>
              {tell(policyTexts.cancel)}
            </Button>
            <Button variant="contained" loading={busy} disabled={!readable} onClick={save}>
              {tell(policyTexts.save)}
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
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
  if (error) return <Alert severity="error">{error.message}</Alert>;
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
