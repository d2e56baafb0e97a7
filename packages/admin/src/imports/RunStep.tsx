import { resourceNamed } from '@desk/schema';
import type { ImportMapping } from '@desk/schema/imports/mapping';
import {
  Alert,
  Box,
  Button,
  Card,
  CardContent,
  FormControlLabel,
  LinearProgress,
  Radio,
  RadioGroup,
  Stack,
  Typography,
} from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { messageOf } from '../platform/errors.ts';
import { useSay } from '../platform/i18n/index.ts';
import { Failure } from '../ui/Failure.tsx';
import { type ImportState, readState, startRun, type Upload } from './api.ts';
import { Problems } from './Problems.tsx';
import { importTexts } from './texts.ts';

const pollMs = 500;

interface RunStepProps {
  upload: Upload;
  mapping: ImportMapping;
  onBack(): void;
  onRestart(): void;
}

/** Checks the whole file, then imports it: all or nothing, or without the bad rows. */
export function RunStep({ upload, mapping, onBack, onRestart }: RunStepProps) {
  const { tell } = useSay();
  const queries = useQueryClient();
  const key = ['import', upload.id];
  const [skipBad, setSkipBad] = useState(false);
  const [starting, setStarting] = useState(false);
  const [problem, setProblem] = useState('');
  const { data: state, error } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => readState(upload.id, signal),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (data?.status === 'RUNNING' ? pollMs : false),
  });
  const running = starting || state?.status === 'RUNNING';
  const start = async (dryRun: boolean) => {
    setStarting(true);
    setProblem('');
    try {
      await startRun({ id: upload.id, version: state?.version ?? upload.version, mapping, dryRun, skipBad });
    } catch (refused) {
      setProblem(messageOf(refused));
    }
    await queries.invalidateQueries({ queryKey: key });
    setStarting(false);
  };
  const owner = resourceNamed(upload.resource.toLowerCase());
  return (
    <Stack sx={{ gap: 2 }}>
      <Failure error={problem || error} />
      {state && <Progress state={state} />}
      {state?.status !== 'DONE' && (
        <Card variant="outlined">
          <CardContent>
            <RadioGroup
              aria-label={tell(importTexts.check)}
              value={skipBad ? 'skip' : 'strict'}
              onChange={(_, value) => setSkipBad(value === 'skip')}
            >
              <FormControlLabel value="strict" control={<Radio />} label={tell(importTexts.strict)} />
              <FormControlLabel value="skip" control={<Radio />} label={tell(importTexts.skipBad)} />
            </RadioGroup>
            <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1, mt: 2 }}>
              <Button variant="outlined" disabled={running} onClick={() => start(true)}>
                {tell(importTexts.dryRun)}
              </Button>
              <Button variant="contained" disabled={running} onClick={() => start(false)}>
                {tell(importTexts.run)}
              </Button>
              <Button disabled={running} onClick={onBack}>
                {tell(importTexts.back)}
              </Button>
            </Stack>
          </CardContent>
        </Card>
      )}
      {state?.status === 'DONE' && (
        <Stack direction="row" sx={{ gap: 1 }}>
          {owner && (
            <Button variant="contained" component={Link} to={`/${owner.name}`}>
              {tell(importTexts.open, { name: tell(owner.plural) })}
            </Button>
          )}
          <Button onClick={onRestart}>{tell(importTexts.again)}</Button>
        </Stack>
      )}
      {state && state.problems.totalCount > 0 && <Problems upload={upload} problems={state.problems} />}
    </Stack>
  );
}

/** How far the run is, then what came of it. */
function Progress({ state }: { state: ImportState }) {
  const { tell, locale } = useSay();
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  if (state.status === 'UPLOADED') return null;
  if (state.status === 'RUNNING') {
    const text =
      state.total === null
        ? tell(importTexts.reading)
        : tell(importTexts.running, { done: number(state.done), total: number(state.total) });
    return (
      <Box role="status">
        <Typography variant="body2" gutterBottom>
          {text}
        </Typography>
        <LinearProgress
          variant={state.total === null ? 'indeterminate' : 'determinate'}
          value={state.percent}
          aria-label={text}
        />
      </Box>
    );
  }
  const outcome = {
    CHECKED: { severity: state.failed ? 'warning' : 'success', text: tell(importTexts.checked) },
    DONE: { severity: 'success', text: tell(importTexts.finished) },
    REJECTED: { severity: 'error', text: tell(importTexts.rejected) },
    FAILED: { severity: 'error', text: tell(importTexts.failed, { failure: state.failure ?? '' }) },
  } as const;
  const { severity, text } = outcome[state.status];
  const counts = [
    [importTexts.created, state.created],
    [importTexts.updated, state.updated],
    [importTexts.unchanged, state.unchanged],
    [importTexts.skipped, state.skipped],
    [importTexts.bad, state.failed],
  ] as const;
  return (
    <Alert severity={severity} role="status">
      {text}
      <Stack component="dl" direction="row" sx={{ flexWrap: 'wrap', gap: 3, mt: 1, mb: 0 }}>
        {counts.map(([label, count]) => (
          <div key={label.en}>
            <dt>{tell(label)}</dt>
            <dd style={{ margin: 0, fontWeight: 600, fontSize: '1.25rem' }}>{number(count)}</dd>
          </div>
        ))}
      </Stack>
    </Alert>
  );
}
