import { GraphQLError } from 'graphql';
import { decodeId, splitId } from '../ids.ts';
import { modelOfPrefix } from '../model.ts';
import type { EventRow } from './event.ts';
import type { EventFilter } from './types.ts';

/** Which events a subscription asks for. */
export interface Wish {
  matches(event: EventRow): boolean;
  /** Nothing but events of this record (UUID) matches. */
  subject?: string;
  /** Nothing matches but events about these resources, or whose type begins with one of them. */
  kinds?: readonly string[];
}

const most = 100;
const badFilter = (message: string) =>
  new GraphQLError(`filter.${message}`, { extensions: { code: 'BAD_USER_INPUT' } });

/** What a filter asks for, of one resource when it is named. Prepared once per subscription; an id of nothing matches nothing. */
export function wishOf(filter: EventFilter | null | undefined, resource?: string): Wish {
  const { types, subjectTypes, subject, community } = filter ?? {};
  const conditions: ((event: EventRow) => boolean)[] = [];
  let kinds: readonly string[] | undefined;
  let record: string | undefined;
  if (types) {
    conditions.push(typeMatcher(types));
    kinds = types.map((type) => type.split('.', 1)[0] ?? '');
  }
  if (subjectTypes) {
    if (subjectTypes.length > most) throw badFilter(`subjectTypes: at most ${most}`);
    const wanted = new Set(subjectTypes);
    conditions.push((event) => wanted.has(event.subjectType));
    kinds = subjectTypes;
  }
  if (resource !== undefined) {
    conditions.push((event) => event.subjectType === resource);
    kinds = [resource];
  }
  if (subject != null) {
    const id = splitId(subject);
    const of = id && modelOfPrefix(id.prefix)?.descriptor.resource;
    record = id?.uuid ?? 'none';
    conditions.push((event) => of !== undefined && event.subjectId === id?.uuid && event.subjectType === of);
  }
  if (community != null) {
    const uuid = decodeId('community', community);
    conditions.push((event) => uuid !== undefined && event.communityId === uuid);
  }
  return {
    matches: (event) => conditions.every((holds) => holds(event)),
    ...(record !== undefined && { subject: record }),
    ...(kinds && { kinds }),
  };
}

function typeMatcher(types: readonly string[]): (event: EventRow) => boolean {
  if (types.length > most) throw badFilter(`types: at most ${most}`);
  const wrong = types.find((type) => !/^[A-Za-z]+\.([A-Za-z]+|\*)$/.test(type));
  if (wrong !== undefined)
    throw badFilter(`types: "${wrong.slice(0, 50)}" is neither a type such as ticket.dispatch nor ticket.*`);
  const exact = new Set(types);
  return (event) => exact.has(event.type) || exact.has(`${event.subjectType}.*`);
}
