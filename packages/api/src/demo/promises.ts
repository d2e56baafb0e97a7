import { escalateTicket } from '../domains/tickets/index.ts';
import { runAs, systemViewer } from '../platform/auth/system.ts';
import type { DemoUnit } from './places.ts';
import type { Player } from './player.ts';

const day = 86_400_000;

/** A roster for this month, somebody on leave, a day of the community's own, and the broken promises of the last days told. */
export async function makePromises(player: Player, units: readonly DemoUnit[], today: Date): Promise<void> {
  player.at(new Date(today.getTime() - 20 * day));
  const community = units[0]?.community;
  const people = await peopleByRole(player);
  const period = (from: number, to: number) => ({
    startsAt: new Date(today.getTime() + from * day).toISOString(),
    endsAt: new Date(today.getTime() + to * day).toISOString(),
  });
  for (const [role, more] of [
    ['ENGINEERING', { department: 'ENGINEERING', lead: true }],
    ['SECURITY', { department: 'SECURITY', lead: true }],
    ['SUPERVISOR', {}],
    ['MANAGER', {}],
  ] as const)
    await player.do('SUPERVISOR', 'dutyCreate', {
      ...{ community, staff: people.get(role), role, ...period(-15, 30), ...more },
    });
  await player.do('SUPERVISOR', 'absenceCreate', {
    ...{ community, staff: people.get('STEWARD'), kind: 'LEAVE', note: '年假', ...period(3, 6) },
  });
  const { calendars } = (await player.query(
    'ADMINISTRATOR',
    'query($community: ID!) { calendars(filter: { community: { eq: $community } }) { nodes { id } } }',
    { community },
  )) as { calendars: { nodes: { id: string }[] } };
  await player.do('MANAGER', 'calendarDayCreate', {
    calendar: calendars.nodes[0]?.id,
    ...{ date: `${today.getUTCFullYear()}-12-31`, kind: 'HALF', note: '年终盘点，上半天班' },
  });
  await escalate(player, today);
}

async function peopleByRole(player: Player): Promise<Map<string, string>> {
  const found = (await player.query(
    'ADMINISTRATOR',
    '{ staffMembers(first: 100) { nodes { id roles } } }',
  )) as { staffMembers: { nodes: { id: string; roles: string[] }[] } };
  return new Map(found.staffMembers.nodes.flatMap(({ id, roles }) => roles.map((role) => [role, id])));
}

/** What the timer would have done meanwhile, for a few tickets: the rest it does once it runs. */
async function escalate(player: Player, today: Date): Promise<void> {
  const { db } = player.target.services;
  const { rows } = await db.owner.query<{ id: string }>(
    `select ticket_id as id from ticket_clock where organisation_id = $1 and next_check_at <= $2
     group by 1 order by min(next_check_at) limit 6`,
    [player.organisationId, today],
  );
  player.at(today);
  for (const { id } of rows)
    await runAs(db, systemViewer(player.organisationId, 'demo'), player.clock, (tx) =>
      escalateTicket(tx, id),
    );
}
