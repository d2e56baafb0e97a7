import type { DemoUnit } from './places.ts';
import type { Player } from './player.ts';

const minute = 60_000;

/** Yesterday's calls: most answered at once, some late, one in five missed. */
export async function makeCalls(player: Player, units: readonly DemoUnit[], today: Date): Promise<void> {
  const community = units[0]?.community;
  const homes = units.filter((unit) => unit.community === community && unit.owner).slice(0, 10);
  for (const [index, unit] of homes.entries()) {
    const rang = new Date(today.getTime() - (26 * 60 - index * 37) * minute);
    const call = { community, exchangeId: `demo-${index + 1}` };
    const later = (seconds: number) => player.at(new Date(rang.getTime() + seconds * 1000));
    const { id } = await later(0).do('FRONT_DESK', 'callRecordRing', {
      ...call,
      phone: `1380000${String(1000 + index)}`,
      line: '客服热线',
    });
    const missed = index % 5 === 4;
    if (!missed) await later(6 + index * 2).do('FRONT_DESK', 'callRecordAnswer', call);
    const ended = await later(missed ? 30 : 60 + index * 30).do('FRONT_DESK', 'callRecordEnd', call);
    if (!missed)
      await later(400).do('FRONT_DESK', 'callRecordUpdate', {
        id,
        version: ended.version,
        unit: unit.id,
        resident: unit.owner?.id,
        outcome: index % 3 === 0 ? 'CALL_BACK' : 'SETTLED',
      });
  }
}
