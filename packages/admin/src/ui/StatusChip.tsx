import type { Lifecycle } from '@desk/schema';
import { Chip } from '@mui/material';
import { useSay } from '../platform/i18n/index.ts';

/** A state of a life cycle: new ones stand out, running ones are coloured, ended ones are quiet. */
export function StatusChip({ lifecycle, state }: { lifecycle: Lifecycle; state: string }) {
  const { tell } = useSay();
  const label = lifecycle.states[state];
  const tone = lifecycle.final.includes(state)
    ? 'default'
    : state === lifecycle.initial
      ? 'warning'
      : 'primary';
  return <Chip size="small" variant="outlined" color={tone} label={label ? tell(label) : state} />;
}
