import type { DemoUnit } from './places.ts';
import type { Player } from './player.ts';

/** Choices of tickets that the supervisor shares with those whose work they are. */
export async function makeViews(player: Player, units: readonly DemoUnit[]): Promise<void> {
  const community = units[0]?.community;
  const common = { community, resource: 'tickets' };
  await player.do('SUPERVISOR', 'savedViewCreate', {
    ...common,
    name: '工程在办',
    filter: JSON.stringify({
      department: { eq: 'ENGINEERING' },
      status: { in: ['DISPATCHED', 'ACCEPTED', 'ON_SITE'] },
    }),
    sort: 'receivedAt',
    sharedWith: ['FRONT_DESK', 'ENGINEERING', 'SUPERVISOR', 'MANAGER'],
  });
  await player.do('SUPERVISOR', 'savedViewCreate', {
    ...common,
    name: '投诉未结',
    filter: JSON.stringify({
      kind: { eq: 'COMPLAINT' },
      status: { notIn: ['CLOSED', 'OUT_OF_SCOPE', 'CANCELLED'] },
    }),
    sort: 'receivedAt',
    sharedWith: ['FRONT_DESK', 'STEWARD', 'SUPERVISOR', 'MANAGER'],
  });
}
