import type { DemoUnit } from './places.ts';
import type { Made, Player } from './player.ts';
import type { Random } from './random.ts';

const hour = 3_600_000;

/** A key board with facility keys and keys of some units; some are out, and two are overdue. */
export async function makeKeys(
  player: Player,
  random: Random,
  units: readonly DemoUnit[],
  today: Date,
): Promise<void> {
  player.at(new Date(today.getTime() - 60 * hour));
  const community = units[0]?.community;
  const rooms = ['配电室', '消防泵房', '电梯机房', '屋顶检修口', '垃圾房', '弱电间'];
  const copies: { copy: Made; unit?: DemoUnit }[] = [];
  for (const [index, opens] of rooms.entries())
    copies.push({
      copy: await makeKey(player, {
        community,
        number: `S-${String(index + 1).padStart(3, '0')}`,
        opens,
        boardPlace: `A-${index + 1}`,
        copies: 2,
      }),
    });
  for (const [index, unit] of units
    .filter((unit) => unit.owner)
    .slice(0, 8)
    .entries()) {
    const key = {
      unit: unit.id,
      number: `F-${String(index + 1).padStart(3, '0')}`,
      opens: `${unit.fullName} 入户门`,
      boardPlace: `B-${index + 1}`,
    };
    copies.push({ copy: await makeKey(player, key), unit });
  }
  for (const [index, { copy, unit }] of copies.filter((_, at) => at % 2 === 0).entries()) {
    const lent = new Date(today.getTime() - (index < 2 ? 50 : 3) * hour);
    const loan = await player.at(lent).do('FRONT_DESK', 'keyLoanCreate', {
      copy: copy.id,
      borrowerKind: unit ? 'CONTRACTOR' : 'STAFF',
      borrowerName: unit ? '宏图装饰 王师傅' : random.pick(['高工程', '安保国']),
      borrowerPhone: unit ? '19900001234' : undefined,
      verification: unit ? 'ID_CARD' : 'STAFF_BADGE',
      ...(unit?.owner && { consentBy: unit.owner.name, consentWay: 'PHONE' }),
      purpose: unit ? '量房' : '例行巡检',
      dueAt: new Date(lent.getTime() + (index < 2 ? 20 : 8) * hour).toISOString(),
    });
    if (index > 4)
      await player
        .at(new Date(today.getTime() - hour))
        .do('FRONT_DESK', 'keyLoanReturn', { id: loan.id, version: loan.version });
  }
}

/** Answers the key's first copy. */
async function makeKey(player: Player, input: object): Promise<Made> {
  const key = await player.do('SECURITY', 'keyCreate', input, 'copyList(first: 1) { nodes { id version } }');
  const [copy] = (key.copyList as { nodes: Made[] }).nodes;
  if (!copy) throw new Error('demo: a key without a copy');
  return copy;
}
