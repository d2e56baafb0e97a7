import type { Role } from '@desk/schema';
import { permitPaperNames } from '@desk/schema/permits/enums';
import { DateTime } from 'luxon';
import type { DemoUnit } from './places.ts';
import type { Made, Player } from './player.ts';

const day = 86_400_000;
type Step = [role: Role, move: string, input: object];

const signatures: Step[] = [
  ['FRONT_DESK', 'Sign', { department: 'CUSTOMER_SERVICE' }],
  ['ENGINEERING', 'Sign', { department: 'ENGINEERING' }],
  ['SECURITY', 'Sign', { department: 'SECURITY' }],
];
const toReview: Step[] = [['FRONT_DESK', 'StartReview', {}]];
const changes: Step[] = [
  ...toReview,
  ['ENGINEERING', 'RequestChanges', { comments: '卫生间改动超出原湿区，请修改平面图（R-13）。' }],
];
const approved: Step[] = [
  ...changes,
  ['FRONT_DESK', 'Resubmit', {}],
  ['ENGINEERING', 'Approve', { comments: '图纸符合要求。' }],
];
const charged: Step[] = [...approved, ['CASHIER', 'ChargeFees', { deposit: 200_000, rubbish: 36_000 }]];

/** Applications and permits at every stage up to works under way. */
export async function makePermits(player: Player, units: readonly DemoUnit[], today: Date): Promise<void> {
  const owned = units.filter((unit) => unit.owner && Number(unit.area) <= 200);
  const stages: { steps: Step[]; pay?: boolean }[] = [
    { steps: [] },
    { steps: toReview },
    { steps: changes },
    { steps: approved },
    { steps: charged },
    { steps: charged, pay: true },
  ];
  for (const [index, { steps, pay }] of stages.entries()) {
    const unit = owned[index * 3];
    if (!unit?.owner) continue;
    player.at(new Date(today.getTime() - (index + 2) * 2 * day));
    const start = DateTime.fromJSDate(today).plus({ days: 3 });
    let permit = await player.do('FRONT_DESK', 'renovationPermitCreate', {
      unit: unit.id,
      applicant: unit.owner.id,
      contractorName: '宏图装饰工程有限公司',
      contractorLicence: '91110000DEMO000001',
      contractorGrade: 2,
      scope: '厨卫翻新、客厅地面找平铺砖、全屋水电改造；不拆改承重结构。',
      startsOn: start.toISODate(),
      endsOn: start.plus({ days: 60 }).toISODate(),
      papers: permitPaperNames,
    });
    for (const step of steps) permit = await move(player, permit, step);
    if (pay) await works(player, permit);
  }
}

async function move(player: Player, { id, version }: Made, [role, name, input]: Step): Promise<Made> {
  return player.do(
    role,
    `renovationPermit${name}`,
    { id, version, ...input },
    'depositFee { id version } rubbishFee { id version }',
  );
}

/** Fees paid, signed by three departments, issued. */
async function works(player: Player, permit: Made): Promise<void> {
  for (const fee of [permit.depositFee, permit.rubbishFee] as Made[])
    await player.do('CASHIER', 'feeCollect', { id: fee.id, version: fee.version, method: 'TRANSFER' });
  let current = permit;
  for (const step of [...signatures, ['FRONT_DESK', 'Issue', {}] as Step])
    current = await move(player, current, step);
}
