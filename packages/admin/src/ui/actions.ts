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
  /** Where it brings the record, when it is a move of the life cycle. */
  to?: string;
  inputs: Input[];
  /** What is said beside an answer that is shown once. */
  told?: Text;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The actions of a record: its life cycle's as the API allows them now, then the descriptor's other mutations. */
export function actionsOf(owner: ResourceDescriptor, record: DeskRecord): RecordAction[] {
  const available = (record.availableActions as Availability[] | null | undefined) ?? [];
  const ofLifecycle = available.flatMap((availability) => {
    const { action, allowed, code, reason, rule } = availability;
    const moves = owner.lifecycle?.moves.filter((candidate) => candidate.action === action) ?? [];
    const move = moves.find(({ from }) => from.includes(String(record.status))) ?? moves[0];
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
        ...(move && { to: move.to }),
        inputs: required(inputsOf(owner, mutation), move?.needs ?? []),
      },
    ];
  });
  const named = new Set(available.map(({ action }) => action));
  const others = Object.entries(owner.actions ?? {})
    .filter(([name, { mutation }]) => !named.has(name) && inputTypeOf(mutation) && may(owner, name))
    .map(([name, { mutation, label, danger = false, told }]) => ({
      name,
      mutation,
      label,
      danger,
      allowed: true,
      inputs: required(inputsOf(owner, mutation), []),
      ...(told && { told }),
    }));
  return byUse(owner, String(record.status), [...ofLifecycle, ...others]);
}

/**
 * What brings the record on by the shortest way comes first, then what leads back or aside, then what leaves it where it
 * is; what cannot be undone stands last. The line that a record goes along ends with the first final state.
 */
export function byUse(owner: ResourceDescriptor, state: string, actions: RecordAction[]): RecordAction[] {
  const states = Object.keys(owner.lifecycle?.states ?? {});
  const end = states.findIndex((one) => owner.lifecycle?.final.includes(one));
  const line = end < 0 ? states : states.slice(0, end + 1);
  const here = line.indexOf(state);
  const rank = ({ to, danger }: RecordAction): number => {
    if (danger) return 5_000;
    if (to === undefined || to === state) return to === undefined ? 4_000 : 3_000;
    const there = line.indexOf(to);
    if (there < 0) return 2_000;
    // From aside, the way back that skips the most is the next one.
    if (here < 0) return states.length - there;
    return there > here ? there - here : 1_000 + here - there;
  };
  return [...actions].sort((one, other) => rank(one) - rank(other));
}

/** As the move demands them; the reason comes last, after what it is about. */
const required = (inputs: Input[], needs: readonly string[]): Input[] =>
  inputs
    .map((input) => (needs.includes(input.name) ? { ...input, required: true } : input))
    .sort((one, other) => Number(one.name === 'reason') - Number(other.name === 'reason'));
