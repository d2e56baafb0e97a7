import { DateTime } from 'luxon';
import type { DemoUnit } from './places.ts';
import type { Player } from './player.ts';
import type { Random } from './random.ts';

interface DemoFee {
  id: string;
  version: number;
}

/** Management fees of last month and this one: computed, checked, issued, and mostly paid. */
export async function makeFees(
  player: Player,
  random: Random,
  units: readonly DemoUnit[],
  today: Date,
): Promise<void> {
  const communities = [...new Set(units.map((unit) => unit.community))];
  const month = DateTime.fromJSDate(today, { zone: 'Asia/Shanghai' }).startOf('month');
  for (const [index, community] of communities.entries()) {
    player.at(month.minus({ months: 1 }).plus({ hours: 9 }).toJSDate());
    const input = {
      community,
      kind: 'MANAGEMENT',
      name: index === 0 ? '住宅物业费 2.85元/㎡·月' : '写字楼物业费 12.50元/㎡·月',
      basis: 'AREA_MONTH',
      rate: index === 0 ? '285' : '1250',
      effectiveFrom: '2024-06-01',
    };
    const standard = await player.do('CASHIER', 'chargeStandardCreate', input);
    await player.do('FINANCE', 'chargeStandardApprove', { id: standard.id, version: standard.version });
    for (const start of [month.minus({ months: 1 }), month]) {
      const opened = start.plus({ days: 1, hours: 10 });
      if (opened.toJSDate() > today) continue;
      player.at(opened.toJSDate());
      const run = await player.do('CASHIER', 'feeRun', {
        community,
        standard: standard.id,
        periodFrom: start.toISODate(),
        periodTo: start.endOf('month').toISODate(),
        dueOn: start.plus({ days: 14 }).toISODate(),
      });
      await player.do('FINANCE', 'feeRunIssue', { id: run.id, version: run.version });
      await collect(player, random, community, start === month ? 0.45 : 0.85, today);
    }
  }
}

async function collect(
  player: Player,
  random: Random,
  community: string,
  share: number,
  today: Date,
): Promise<void> {
  const source =
    'query($community: ID!) { fees(first: 100, filter: { community: { eq: $community }, status: { eq: ISSUED } }) { nodes { id version } } }';
  const { fees } = (await player.query('CASHIER', source, { community })) as { fees: { nodes: DemoFee[] } };
  const start = player.now.getTime();
  for (const { id, version } of fees.nodes) {
    if (!random.chance(share)) continue;
    const paid = new Date(Math.min(start + random.below(20 * 24 * 60) * 60_000, today.getTime()));
    await player.at(paid).do('CASHIER', 'feeCollect', {
      id,
      version,
      method: random.pick(['WECHAT', 'ALIPAY', 'CARD', 'CASH', 'TRANSFER']),
    });
  }
}
