import { type ResourceDescriptor, resourceNamed } from '@desk/schema';
import { inputsOf } from '../../platform/model.ts';
import { may } from '../../platform/viewer.ts';
import type { RecordAction } from '../../ui/actions.ts';

/** Something that is added to a ticket in place: a note, a line of the work order, a quote. */
export interface Addition {
  target: ResourceDescriptor;
  action: RecordAction;
  /** The input that takes the ticket. */
  input: string;
}

/** What hangs on a ticket and is entered by hand, as the API offers it and the viewer may. */
export function additionsOf(owner: ResourceDescriptor): Addition[] {
  return Object.values(owner.related ?? {}).flatMap((name): Addition[] => {
    const target = resourceNamed(name);
    if (!target?.create || target.name === owner.name || !may(target, 'create')) return [];
    const inputs = inputsOf(target, target.create);
    const input = inputs.find(
      ({ type, many, name: called }) => type === 'ID' && !many && called === owner.resource,
    );
    if (!input) return [];
    const action: RecordAction = {
      name: 'create',
      mutation: target.create,
      label: target.label,
      danger: false,
      allowed: true,
      inputs: inputs.filter((one) => one !== input),
    };
    return [{ target, action, input: input.name }];
  });
}
