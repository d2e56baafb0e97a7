import type { DemoUnit } from './places.ts';
import type { Player } from './player.ts';

const hour = 3_600_000;

/** One planned outage ahead, one sudden one that is over, a general notice, and a draft; some residents have seen them. */
export async function makeNotices(player: Player, units: readonly DemoUnit[], today: Date): Promise<void> {
  const community = units[0]?.community;
  const at = (hours: number) => new Date(today.getTime() + hours * hour);
  const homes = units.filter((unit) => unit.community === community && unit.owner);
  const { buildings } = (await player.query(
    'SUPERVISOR',
    'query($id: ID!) { buildings(first: 2, filter: { community: { eq: $id } }) { nodes { id } } }',
    { id: community },
  )) as { buildings: { nodes: { id: string }[] } };
  const publish = async (hours: number, input: object) => {
    const draft = await player.at(at(hours)).do('FRONT_DESK', 'noticeCreate', { community, ...input });
    return player.do('FRONT_DESK', 'noticePublish', { id: draft.id, version: draft.version });
  };
  const burst = await publish(-30, {
    kind: 'WATER',
    sudden: true,
    title: '突发停水：水管爆裂抢修',
    content: '因供水主管爆裂，正在抢修，请您储备生活用水。',
    units: homes.slice(0, 3).map(({ id }) => id),
  });
  await player.at(at(-26)).do('FRONT_DESK', 'noticeEnd', { id: burst.id, version: burst.version });
  await publish(-28, {
    kind: 'GENERAL',
    title: '冬季用电安全提示',
    content: '请勿在楼道为电动车充电，离家请关闭电源。',
  });
  const outage = await publish(-20, {
    kind: 'POWER',
    title: '计划停电：配电房年度检修',
    content: '配电房年度检修，届时电梯停运，请提前安排出行。',
    startsAt: at(20).toISOString(),
    endsAt: at(24).toISOString(),
    buildings: buildings.nodes.map(({ id }) => id),
  });
  for (const { owner } of homes.slice(0, 4))
    await player.at(at(-10)).do('FRONT_DESK', 'noticeMarkSeen', { notice: outage.id, resident: owner?.id });
  await player.at(at(-2)).do('FRONT_DESK', 'noticeCreate', {
    community,
    kind: 'LIFT',
    title: '2栋电梯保养',
    content: '例行保养，每次约一小时。',
    startsAt: at(60).toISOString(),
    endsAt: at(62).toISOString(),
  });
}

/** The steward knows some households better; what she knows is confidential (handbook U-4). */
export async function makeProfiles(player: Player, units: readonly DemoUnit[], today: Date): Promise<void> {
  const homes = units.filter(({ owner, fullName }) => owner && !fullName.startsWith('A座')).slice(0, 3);
  for (const [index, { owner }] of homes.entries())
    await player.at(new Date(today.getTime() - 50 * hour)).do('STEWARD', 'residentProfileCreate', {
      resident: owner?.id,
      birthday: `19${58 + index}-05-1${index}`,
      household: '夫妻二人，女儿周末回家',
      taboos: '中午十二点到两点请勿敲门',
      parking: index === 0 ? '需要一个充电车位' : undefined,
    });
}
