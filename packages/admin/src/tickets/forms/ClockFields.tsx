import type { Text } from '@desk/schema';
import { type ClockStatus, clockKinds } from '@desk/schema/tickets/promises';
import { Alert } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useFormContext } from 'react-hook-form';
import { formatDateTime } from '../../platform/format.ts';
import { useSay } from '../../platform/i18n/index.ts';
import type { Input } from '../../platform/model.ts';
import { communityOf } from '../../platform/viewer.ts';
import type { ActionFieldsProps } from '../../ui/actionForms.ts';
import { Failure } from '../../ui/Failure.tsx';
import { FieldInput } from '../../ui/FieldInput.tsx';
import { promisesOf } from '../promises/read.ts';
import { formTexts } from './texts.ts';

interface ClockFieldsProps extends ActionFieldsProps {
  /** Clocks that it can be done with. */
  states: readonly ClockStatus[];
}

/** Which of the ticket's own promises, with when it is due; where there is one only, it is chosen already (handbook T-08). */
function ClockFields({ record, inputs, states }: ClockFieldsProps) {
  const { tell } = useSay();
  const { getValues, setValue } = useFormContext();
  const { timeZone } = communityOf(record);
  const { data, error, refetch } = useQuery(promisesOf(record.id));
  const open = (data?.clocks ?? []).filter(({ status }) => states.includes(status));
  const [only, ...others] = open;
  const single = others.length === 0 ? only?.kind : undefined;
  useEffect(() => {
    if (single && !getValues('clock')) setValue('clock', single);
  }, [single, getValues, setValue]);
  const values = Object.fromEntries(
    open.map(({ kind, dueAt }): [string, Text] => {
      const at = formatDateTime(dueAt, timeZone);
      return [kind, { zh: `${clockKinds[kind].zh} · 应于 ${at}`, en: `${clockKinds[kind].en} · due ${at}` }];
    }),
  );
  const first = inputs.filter(({ name }) => name === 'clock').map((input): Input => ({ ...input, values }));
  const rest = inputs.filter(({ name }) => name !== 'clock');
  return (
    <>
      <Failure error={error} retry={refetch} />
      {data && open.length === 0 && <Alert severity="info">{tell(formTexts.noClock)}</Alert>}
      {[...first, ...rest].map((input, index) => (
        <FieldInput key={input.name} field={input} autoFocus={index === 0} />
      ))}
    </>
  );
}

export const RunningClockFields = (props: ActionFieldsProps) => (
  <ClockFields {...props} states={['RUNNING', 'BREACHED']} />
);
export const PausedClockFields = (props: ActionFieldsProps) => <ClockFields {...props} states={['PAUSED']} />;
