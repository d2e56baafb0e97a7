import type { Input } from '../platform/model.ts';
import type { DeskRecord, Values } from '../platform/mutations.ts';
import { at } from './represent.ts';

/** What the form shows of a record, by input name: references as ids, value objects part by part. */
export function toForm(inputs: readonly Input[], record: DeskRecord): Values & { id: string } {
  return { ...shown(inputs, record), id: record.id };
}

function shown(inputs: readonly Input[], from: object): Values {
  return Object.fromEntries(
    inputs.map((input) => {
      // Files are added and signatures are drawn anew: what is there already is not sent again.
      if (input.kind === 'files') return [input.name, []];
      if (input.kind === 'signature') return [input.name, ''];
      const value = at(from, input.source) ?? (input.many ? [] : '');
      const one = (item: unknown) =>
        typeof item !== 'object' || item === null
          ? item
          : input.parts
            ? shown(input.parts, item)
            : (item as { id: string }).id;
      return [input.name, Array.isArray(value) ? value.map(one) : one(value)];
    }),
  );
}

/** An input as the API takes it: nothing entered is null, and lists lose their empty lines. */
function sent(input: Input, value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => one !== '').map((one) => sentPart(input, one));
  // A box left empty is a no; what was not asked is no answer.
  if (input.kind === 'boolean') return value === undefined ? null : Boolean(value);
  return value === '' || value === undefined ? null : sentPart(input, value);
}

const sentPart = (input: Input, value: unknown) =>
  input.parts && typeof value === 'object' && value !== null ? filledIn(input.parts, value as Values) : value;

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** The input of a create or an action: what was filled in. */
export function filledIn(inputs: readonly Input[], values: Values): Values {
  const filled = inputs.map((input) => [input.name, sent(input, values[input.name])] as const);
  return Object.fromEntries(
    filled.filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  );
}

/**
 * The input of an update: only what was changed, so that two clerks in different fields do not undo each other, and a
 * masked value is never written back over the real one. Inputs that the API demands always travel.
 */
export function changedIn(inputs: readonly Input[], values: Values, before: Values): Values {
  const changed = inputs.filter(
    (input) => input.required || !same(sent(input, values[input.name]), sent(input, before[input.name])),
  );
  return Object.fromEntries(changed.map((input) => [input.name, sent(input, values[input.name])]));
}
