import { GraphQLError } from 'graphql';
import { decodeId, splitId } from '../ids.ts';
import { modelOfPrefix } from '../model.ts';
import type { EventRow } from './event.ts';
import type { EventFilter } from './types.ts';

const most = 100;
const badFilter = (message: string) =>
  new GraphQLError(`filter.${message}`, { extensions: { code: 'BAD_USER_INPUT' } });

/** Decides whether an event passes a filter. Prepared once per subscription; an id of nothing matches nothing. */
export function matcher(filter: EventFilter | null | undefined): (event: EventRow) => boolean {
  const { types, subjectTypes, subject, community } = filter ?? {};
  const conditions: ((event: EventRow) => boolean)[] = [];
  if (types) conditions.push(typeMatcher(types));
  if (subjectTypes) {
    if (subjectTypes.length > most) throw badFilter(`subjectTypes: at most ${most}`);
    const wanted = new Set(subjectTypes);
    conditions.push((event) => wanted.has(event.subjectType));
  }
  if (subject != null) {
    const id = splitId(subject);
    const resource = id && modelOfPrefix(id.prefix)?.descriptor.resource;
    conditions.push(
      (event) => resource !== undefined && event.subjectId === id?.uuid && event.subjectType === resource,
    );
  }
  if (community != null) {
    const uuid = decodeId('community', community);
    conditions.push((event) => uuid !== undefined && event.communityId === uuid);
  }
  return (event) => conditions.every((holds) => holds(event));
}

function typeMatcher(types: readonly string[]): (event: EventRow) => boolean {
  if (types.length > most) throw badFilter(`types: at most ${most}`);
  const wrong = types.find((type) => !/^[A-Za-z]+\.([A-Za-z]+|\*)$/.test(type));
  if (wrong !== undefined)
    throw badFilter(`types: "${wrong.slice(0, 50)}" is neither a type such as ticket.dispatch nor ticket.*`);
  const exact = new Set(types);
  return (event) => exact.has(event.type) || exact.has(`${event.subjectType}.*`);
}
