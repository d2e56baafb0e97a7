import type { Text } from '@desk/schema';
import { departments } from '@desk/schema/tickets/enums';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import type { Input } from '../../platform/model.ts';
import type { ActionFieldsProps } from '../../ui/actionForms.ts';
import { Failure } from '../../ui/Failure.tsx';
import { FieldInput } from '../../ui/FieldInput.tsx';
import { dispatchCandidates } from '../dispatch.ts';
import { departmentWords, personWords } from './loads.ts';

/** To which department and whom, with what each has on hand already (handbook T-04). */
export function DispatchFields({ record, inputs }: ActionFieldsProps) {
  const { getValues, setValue } = useFormContext();
  const department: unknown = useWatch({ name: 'department' });
  const { data, error, refetch } = useQuery({
    queryKey: ['tickets', 'dispatch candidates', record.id],
    queryFn: ({ signal }) => dispatchCandidates([record.id], signal),
  });
  const people = data?.find((one) => one.department === department)?.people ?? [];
  // Who belongs to another department is not asked to act in this one.
  useEffect(() => {
    const chosen: unknown = getValues('assignee');
    if (data && chosen && !people.some(({ id }) => id === chosen)) setValue('assignee', '');
  }, [data, people, getValues, setValue]);
  const drawn = (input: Input): Input => {
    if (input.name === 'department') return { ...input, values: departmentTexts(data ?? []) };
    if (input.name !== 'assignee') return input;
    const values = Object.fromEntries(people.map((person) => [person.id, personWords(person)]));
    return { ...input, kind: 'enum', values };
  };
  return (
    <>
      <Failure error={error} retry={refetch} />
      {inputs.map((input, index) => (
        <FieldInput key={input.name} field={drawn(input)} autoFocus={index === 0} />
      ))}
    </>
  );
}

/** All departments, those that can be dispatched to with their load. */
function departmentTexts(candidates: Awaited<ReturnType<typeof dispatchCandidates>>): Record<string, Text> {
  const loads = candidates.map(({ department, open }) => [department, departmentWords(department, open)]);
  return { ...departments, ...Object.fromEntries(loads) };
}
