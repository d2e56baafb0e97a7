import type { ResourceDescriptor, Text } from '@desk/schema';
import { humanise } from '../platform/labels.ts';
import { type Input, inputsOf } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { inputTypeOf } from '../platform/sdl.ts';
import { may } from '../platform/viewer.ts';

/** What `availableActions` says of one action for the viewer, on this record, now. */
interface Availability {
  action: string;
  allowed: boolean;
  code?: string | null;
  reason?: string | null;
  rule?: string | null;
}

/** One button of a record. */
export interface RecordAction {
  name: string;
  mutation: string;
  label: Text;
  danger: boolean;
  allowed: boolean;
  /** Why not, in the reader's language, from the API. */
  reason?: string;
  rule?: string;
  code?: string;
  inputs: Input[];
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The actions of a record: its life cycle's as the API allows them now, then the descriptor's other mutations. */
export function actionsOf(owner: ResourceDescriptor, record: DeskRecord): RecordAction[] {
  const available = (record.availableActions as Availability[] | null | undefined) ?? [];
  const ofLifecycle = available.flatMap((availability) => {
    const { action, allowed, code, reason, rule } = availability;
    const move = owner.lifecycle?.moves.find((candidate) => candidate.action === action);
    const own = owner.actions?.[action];
    const mutation = own?.mutation ?? `${owner.resource}${capital(action)}`;
    if (!inputTypeOf(mutation)) return [];
    const label = own?.label ?? move?.label ?? { zh: action, en: humanise(action) };
    return [
      {
        name: action,
        mutation,
        label,
        danger: Boolean(own?.danger ?? move?.danger),
        allowed,
        ...(reason && { reason }),
        ...(rule && { rule }),
        ...(code && { code }),
        inputs: required(inputsOf(owner, mutation), move?.needs ?? []),
      },
    ];
  });
  const named = new Set(available.map(({ action }) => action));
  const others = Object.entries(owner.actions ?? {})
    .filter(([name, { mutation }]) => !named.has(name) && inputTypeOf(mutation) && may(owner, name))
    .map(([name, { mutation, label, danger = false }]) => ({
      name,
      mutation,
      label,
      danger,
      allowed: true,
      inputs: inputsOf(owner, mutation),
    }));
  return [...ofLifecycle, ...others];
}

const required = (inputs: Input[], needs: readonly string[]): Input[] =>
  inputs.map((input) => (needs.includes(input.name) ? { ...input, required: true } : input));
