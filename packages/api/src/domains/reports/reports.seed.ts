import type { Client, TestOrganisation, World } from '../../../test/harness/world.ts';

export interface Filed {
  id: string;
  version: number;
}

/** A ticket of a unit, received now. */
export async function file(by: Client, unit: string, input: object = {}): Promise<Filed> {
  const payload = await by.mutate(
    'ticketCreate',
    { unit, kind: 'HELP', title: '开锁', ...input },
    'ticket { id version }',
  );
  if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
  return payload.ticket;
}

/** Moves a ticket through steps, each so many minutes after the one before. */
export async function advance(
  world: World,
  by: Client,
  ticket: Filed,
  steps: readonly [minutes: number, move: string, input?: object][],
): Promise<Filed> {
  let { version } = ticket;
  for (const [minutes, move, input = {}] of steps) {
    world.clock.advance({ minutes });
    const payload = await by.mutate(
      `ticket${move}`,
      { id: ticket.id, version, ...input },
      'ticket { version }',
    );
    if (payload.userErrors.length > 0) throw new Error(`${move}: ${JSON.stringify(payload.userErrors)}`);
    version = payload.ticket.version;
  }
  return { id: ticket.id, version };
}

/** A community with a unit in each of two buildings. */
export async function twoBuildings(org: TestOrganisation) {
  const { id: community } = await org.community();
  const [one, two] = [await org.building({ community }), await org.building({ community })];
  const units = [await org.unit({ building: one.id }), await org.unit({ building: two.id })] as const;
  return { community, one: one.id, two: two.id, units: units.map(({ id }) => id) as [string, string] };
}
