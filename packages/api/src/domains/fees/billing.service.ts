import { chargeOf } from '@desk/schema/fees/charge';
import type { FeeKind } from '@desk/schema/fees/enums';
import { amount as amountLimits, feeRunInput } from '@desk/schema/fees/limits';
import { refuse } from '../../platform/errors.ts';
import type { MoveInput } from '../../platform/graphql/payload.ts';
import { newUuid } from '../../platform/ids.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Building, Community } from '../units/index.ts';
import { ChargeStandard } from './charge-standard.entity.ts';
import { FeeRun } from './fee-run.entity.ts';
import type { FeeRunInput } from './fees.inputs.ts';
import { chargePostings, lockUnits, post } from './ledger.ts';
import { nextNumbers } from './numbers.ts';
import { type FeeLine, record } from './record.ts';
import { invalid } from './standards.service.ts';

/** What a standard may bill of a period: the days on which it holds. */
export function billable(
  tx: Tx,
  standard: ChargeStandard,
  from: string,
  to: string,
): { periodFrom: string; periodTo: string } {
  if (standard.status !== 'APPROVED') refuse('STANDARD_NOT_APPROVED', { field: ['standard'] });
  if (to < from)
    invalid(tx, 'periodTo', { zh: '不能早于计费起始日', en: 'must not be before the first day' });
  if (Number(to.slice(0, 4)) - Number(from.slice(0, 4)) > 5)
    invalid(tx, 'periodTo', { zh: '计费期不能超过五年', en: 'at most five years at once' });
  const periodFrom = from > standard.effectiveFrom ? from : standard.effectiveFrom;
  const periodTo = standard.effectiveTo && standard.effectiveTo < to ? standard.effectiveTo : to;
  if (periodTo < periodFrom)
    invalid(tx, 'periodFrom', {
      zh: '该收费标准在此期间无效',
      en: 'the standard does not hold in this period',
    });
  return { periodFrom, periodTo };
}

/** Billing run (handbook F-03): one DRAFT fee for each unit that is not billed for the period; all of them or none. */
export async function runBilling(tx: Tx, input: FeeRunInput): Promise<FeeRun> {
  const community = await tx.get(Community, input.community, 'community');
  tx.authorise(FeeRun, 'create', { communityId: community.id });
  const asked = tx.check(feeRunInput, input);
  const standard = await tx.get(ChargeStandard, input.standard, 'standard');
  const building = input.building ? await tx.get(Building, input.building, 'building') : null;
  if (standard.community.id !== community.id) refuse('NOT_FOUND', { field: ['standard'] });
  if (building && building.community.id !== community.id) refuse('NOT_FOUND', { field: ['building'] });
  // Runs of one standard take turns, and it is neither retired nor ended meanwhile.
  await runInside(tx.em, 'select 1 from charge_standard where id = $1 for no key update', [standard.id]);
  await tx.em.refresh(standard);
  const { periodFrom, periodTo } = billable(tx, standard, asked.periodFrom, asked.periodTo);
  const [number = ''] = await nextNumbers(tx, community, 'feeRun');
  const run = tx.create(FeeRun, {
    number,
    community,
    building,
    standard,
    status: 'DRAFT',
    periodFrom,
    periodTo,
    dueOn: asked.dueOn ?? periodTo,
    created: 0,
    total: 0n,
    skippedBilled: 0,
    skippedNoArea: 0,
    skippedAmount: 0,
  });
  const fees = await computed(tx, run);
  const made = await insertFees(tx, community, run, fees);
  run.skippedBilled += fees.length - made.length;
  run.created = made.length;
  run.total = made.reduce((sum, fee) => sum + BigInt(fee.amount), 0n);
  record(tx, community, 'created', made);
  return made.length > 0 ? run : tx.move(run, 'finish');
}

interface ComputedFee extends FeeLine {
  amount: string;
  area: string | null;
  months: number;
  days: number;
  rounding: string;
}

/** One computed fee for each unit that can be billed; the others are counted in the run with the reason. */
async function computed(tx: Tx, run: FeeRun): Promise<ComputedFee[]> {
  const { standard, periodFrom, periodTo } = run;
  const units = await runInside(
    tx.em,
    `select u.id, u.building_id, u.area::text,
       exists (select from fee f where f.organisation_id = u.organisation_id and f.unit_id = u.id and f.series_id = $3 and f.status <> 'VOIDED'
               and daterange(f.period_from, f.period_to, '[]') && daterange($4::date, $5::date, '[]'))
     from unit u where u.community_id = $1 and ($2::uuid is null or u.building_id = $2) order by u.id`,
    [run.community.id, run.building?.id ?? null, standard.seriesId, periodFrom, periodTo],
  );
  return (units as [string, string, string | null, boolean][]).flatMap(([unit, building, area, billed]) => {
    if (billed) run.skippedBilled += 1;
    else if (standard.basis === 'AREA_MONTH' && area === null) run.skippedNoArea += 1;
    else {
      const charge = chargeOf({ basis: standard.basis, rate: standard.rate, area, periodFrom, periodTo });
      const days = charge.partial.reduce((sum, part) => sum + part.days, 0);
      if (amountLimits.safeParse(Number(charge.amount)).success)
        return [
          {
            id: newUuid(),
            unit,
            building,
            area: standard.basis === 'AREA_MONTH' ? area : null,
            amount: String(charge.amount),
            months: charge.months,
            days,
            rounding: charge.rounding,
            status: [null, 'DRAFT'] as const,
          },
        ];
      run.skippedAmount += 1;
    }
    return [];
  });
}

/** A unit that somebody billed by hand in this moment is left out by the database itself. */
async function insertFees(
  tx: Tx,
  community: Community,
  run: FeeRun,
  fees: ComputedFee[],
): Promise<ComputedFee[]> {
  if (fees.length === 0) return [];
  const { standard } = run;
  const numbers = await nextNumbers(tx, community, 'fee', fees.length);
  const rows = fees.map((fee, index) => ({ ...fee, number: numbers[index] }));
  const made = await runInside(
    tx.em,
    `insert into fee (organisation_id, id, version, created_at, updated_at, community_id, number, building_id, unit_id, standard_id, series_id, run_id,
                      kind, status, period_from, period_to, due_on, amount, basis, area, rate, months, days, rounding)
     select $1, r.id, 1, $2, $2, $3, r.number, r.building, r.unit, $4, $5, $6, $7, 'DRAFT', $8, $9, $10, r.amount, $11, r.area, $12, r.months, r.days, r.rounding
     from jsonb_to_recordset($13::jsonb) as r(id uuid, number text, building uuid, unit uuid, amount bigint, area numeric, months int, days int, rounding numeric)
     on conflict on constraint fee_billed_once do nothing
     returning id`,
    [
      tx.viewer.organisationId,
      tx.now,
      community.id,
      standard.id,
      standard.seriesId,
      run.id,
      standard.kind,
      run.periodFrom,
      run.periodTo,
      run.dueOn,
      standard.basis,
      standard.rate,
      JSON.stringify(rows),
    ],
  );
  const ids = new Set(made.map(([id]) => id));
  return fees.filter((fee) => ids.has(fee.id));
}

/** `issue` charges every fee of the run in the ledger, `discard` voids them and frees the period (handbook F-03). */
export async function moveRun(tx: Tx, action: string, input: MoveInput): Promise<FeeRun> {
  const run = tx.move(await tx.change(FeeRun, input, action), action, input.reason);
  const community = await tx.em.findOneOrFail(Community, { id: run.community.id });
  const units = await runInside(tx.em, `select unit_id from fee where run_id = $1 and status = 'DRAFT'`, [
    run.id,
  ]);
  await lockUnits(
    tx,
    units.map(([unit]) => unit as string),
  );
  const to = action === 'issue' ? 'ISSUED' : 'VOIDED';
  const rows = await runInside(
    tx.em,
    `update fee set status = $2, version = version + 1, updated_at = $3 where run_id = $1 and status = 'DRAFT'
     returning id, unit_id, building_id, kind, amount::text`,
    [run.id, to, tx.now],
  );
  const fees = (rows as [string, string, string, FeeKind, string][]).map(
    ([id, unit, building, kind, amount]) => ({ id, unit, building, kind, amount: BigInt(amount) }),
  );
  if (action === 'issue')
    await post(
      tx,
      community,
      fees.map((fee) => ({ kind: 'CHARGE', postings: chargePostings(fee, fee.amount) })),
    );
  record(
    tx,
    community,
    action === 'issue' ? 'issue' : 'void',
    fees.map((fee) => ({ ...fee, amount: undefined, status: ['DRAFT', to] as const })),
    input.reason ?? run.number,
  );
  return run;
}
