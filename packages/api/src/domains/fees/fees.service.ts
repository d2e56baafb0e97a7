import { say } from '@desk/schema';
import { chargeOf } from '@desk/schema/fees/charge';
import { feeDescriptor } from '@desk/schema/fees/descriptor';
import type { FeeKind } from '@desk/schema/fees/enums';
import {
  amount as amountLimits,
  feeChange,
  feeCollectInput,
  feeInput,
  withReason,
} from '@desk/schema/fees/limits';
import { showMoney } from '@desk/schema/fees/money';
import { refuse } from '../../platform/errors.ts';
import type { ChangeInput, MoveInput } from '../../platform/graphql/payload.ts';
import { decodeId } from '../../platform/ids.ts';
import { illegalMove, type Tx } from '../../platform/write/tx.ts';
import { Resident } from '../residents/index.ts';
import { Community, Unit } from '../units/index.ts';
import { type FeeBalance, feeBalances } from './balances.ts';
import { billable } from './billing.service.ts';
import { ChargeStandard } from './charge-standard.entity.ts';
import { Fee } from './fee.entity.ts';
import type { FeeCollectInput, FeeCreateInput, FeeUpdateInput, ReasonedInput } from './fees.inputs.ts';
import { chargePostings, inside, lockUnitOf, lockUnits, post } from './ledger.ts';
import { nextNumbers } from './numbers.ts';
import { collect } from './payments.service.ts';
import { invalid } from './standards.service.ts';

export interface NewFee {
  unit: Unit;
  kind: FeeKind;
  /** Whole minor units, 1 to 10¹². */
  amount: bigint;
  /** Business date. */
  dueOn: string;
  payer?: Resident | null;
  periodFrom?: string | undefined;
  periodTo?: string | undefined;
  note?: string | null | undefined;
}

/** A single DRAFT fee for a unit. The caller has checked who may ask for it. */
async function draftFee(tx: Tx, fee: NewFee, terms: Partial<Fee> = {}): Promise<Fee> {
  const { unit, kind, amount, dueOn, payer = null, periodFrom = null, periodTo = null, note = null } = fee;
  const community = await tx.em.findOneOrFail(Community, { id: unit.community.id });
  const [number = ''] = await nextNumbers(tx, community, 'fee');
  return tx.create(Fee, {
    number,
    community,
    building: unit.building,
    unit,
    payer,
    standard: null,
    run: null,
    kind,
    status: 'DRAFT',
    periodFrom,
    periodTo,
    dueOn,
    amount,
    basis: null,
    rate: null,
    area: null,
    months: null,
    days: null,
    rounding: null,
    note,
    dunningStep: 'NONE',
    seriesId: null,
    ...terms,
  });
}

/** Charges a unit at once, for other domains (permits, keys): an ISSUED fee with its entry. The caller keeps the rights. */
export async function chargeFee(tx: Tx, fee: NewFee): Promise<Fee> {
  await lockUnits(tx, [fee.unit.id]);
  return issued(tx, await draftFee(tx, fee));
}

/** A single charge, by an amount or by a standard over a period (handbook F-01). It is a DRAFT until issued. */
export async function createFee(tx: Tx, input: FeeCreateInput): Promise<Fee> {
  const unit = await tx.get(Unit, input.unit, 'unit');
  tx.authorise(Fee, 'create', { communityId: unit.community.id, buildingId: unit.building.id });
  const payer = input.payer ? await tx.get(Resident, input.payer, 'payer') : null;
  const { kind, amount, periodFrom, periodTo, dueOn, note } = tx.check(feeInput, input);
  if (
    (periodFrom === undefined) !== (periodTo === undefined) ||
    (periodFrom && periodTo && periodTo < periodFrom)
  )
    invalid(tx, 'periodTo', {
      zh: '起止日期须同时填写，且止不早于起',
      en: 'give both days, the last not before the first',
    });
  if (input.standard) {
    if (amount !== undefined)
      invalid(tx, 'amount', {
        zh: '按收费标准计算时不能填写金额',
        en: 'is computed when a standard is given',
      });
    if (!periodFrom || !periodTo)
      return invalid(tx, 'periodFrom', { zh: '按收费标准计算须填写计费期', en: 'a standard needs a period' });
    return computedFee(tx, input.standard, { unit, payer, dueOn, note, periodFrom, periodTo }, kind);
  }
  if (!kind) return invalid(tx, 'kind', { zh: '请选择费用类别', en: 'choose what is charged' });
  if (amount === undefined)
    return invalid(tx, 'amount', { zh: '请填写金额，或选择收费标准', en: 'give an amount or a standard' });
  return draftFee(tx, { unit, kind, amount: BigInt(amount), dueOn, payer, periodFrom, periodTo, note });
}

type Wanted = Omit<NewFee, 'kind' | 'amount' | 'periodFrom' | 'periodTo'> & {
  periodFrom: string;
  periodTo: string;
};

async function computedFee(
  tx: Tx,
  standardId: string,
  wanted: Wanted,
  kind: FeeKind | undefined,
): Promise<Fee> {
  const standard = await tx.get(ChargeStandard, standardId, 'standard');
  const { unit } = wanted;
  if (standard.community.id !== unit.community.id) refuse('NOT_FOUND', { field: ['standard'] });
  if (kind && kind !== standard.kind)
    invalid(tx, 'kind', { zh: '与收费标准的类别不一致', en: 'differs from the kind of the standard' });
  const period = billable(tx, standard, wanted.periodFrom, wanted.periodTo);
  const { basis, rate, seriesId } = standard;
  const area = basis === 'AREA_MONTH' ? unit.area : null;
  if (basis === 'AREA_MONTH' && !area)
    invalid(tx, 'unit', { zh: '该房屋没有建筑面积', en: 'the area of the unit is unknown' });
  const { amount, months, partial, rounding } = chargeOf({ basis, rate, area, ...period });
  if (!amountLimits.safeParse(Number(amount)).success)
    invalid(tx, 'standard', { zh: '计算结果为零或过大', en: 'the amount is nothing or too large' });
  const days = partial.reduce((sum, part) => sum + part.days, 0);
  return draftFee(
    tx,
    { ...wanted, ...period, kind: standard.kind, amount },
    { standard, seriesId, basis, rate, area, months, days, rounding },
  );
}

export async function updateFee(tx: Tx, input: FeeUpdateInput): Promise<Fee> {
  const fee = await tx.change(Fee, input, 'update');
  const { dueOn, note, amount } = tx.check(feeChange, input);
  if (fee.status !== 'DRAFT' && fee.status !== 'ISSUED')
    throw illegalMove(feeDescriptor, fee.status, 'update');
  if (amount !== undefined && (fee.status !== 'DRAFT' || fee.standard))
    refuse('STANDARD_IMMUTABLE', { field: ['amount'] });
  return tx.assign(fee, {
    ...(dueOn !== undefined && { dueOn }),
    ...(note !== undefined && { note }),
    ...(amount !== undefined && { amount: BigInt(amount) }),
  });
}

/** Locks first the unit, then the fee: in the order of every command that moves money. */
async function changeFee(
  tx: Tx,
  input: ChangeInput,
  action: string,
): Promise<{ fee: Fee; balance: FeeBalance; community: Community }> {
  await lockUnitOf(tx, 'fee', decodeId(feeDescriptor.idPrefix, input.id));
  const fee = await tx.change(Fee, input, action);
  const community = await tx.em.findOneOrFail(Community, { id: fee.community.id });
  const [balance = { paid: 0n, outstanding: 0n, held: 0n }] = await feeBalances(inside(tx), [fee.id]);
  return { fee, balance, community };
}

async function issued(tx: Tx, fee: Fee, reason?: string | null): Promise<Fee> {
  tx.move(fee, 'issue', reason);
  const community = await tx.em.findOneOrFail(Community, { id: fee.community.id });
  await post(tx, community, [
    {
      kind: 'CHARGE',
      postings: chargePostings({ id: fee.id, unit: fee.unit.id, kind: fee.kind }, fee.amount),
    },
  ]);
  return fee;
}

export async function issueFee(tx: Tx, _action: string, input: MoveInput): Promise<Fee> {
  const { fee } = await changeFee(tx, input, 'issue');
  return issued(tx, fee, input.reason);
}

/** Takes back what is owed: a reversing entry, never a change of the old one (handbook F-04). */
async function takeBack(
  tx: Tx,
  fee: Fee,
  community: Community,
  outstanding: bigint,
  kind: 'CHARGE_REVERSAL' | 'WAIVER',
): Promise<Fee> {
  if (outstanding > 0n)
    await post(tx, community, [
      { kind, postings: chargePostings({ id: fee.id, unit: fee.unit.id, kind: fee.kind }, -outstanding) },
    ]);
  return fee;
}

export async function voidFee(tx: Tx, input: ReasonedInput): Promise<Fee> {
  const { fee } = await changeFee(tx, input, 'void');
  const { reason } = tx.check(withReason, input);
  await withdrawFee(tx, fee, reason);
  return fee;
}

/** Takes back a charge that nothing was paid on, for other domains (a cancelled permit). The caller keeps the rights. */
export async function withdrawFee(tx: Tx, fee: Fee, reason: string): Promise<void> {
  await lockUnits(tx, [fee.unit.id]);
  await tx.lock(fee);
  const community = await tx.em.findOneOrFail(Community, { id: fee.community.id });
  const [{ paid, outstanding } = { paid: 0n, outstanding: 0n }] = await feeBalances(inside(tx), [fee.id]);
  tx.move(fee, 'void', reason);
  if (paid !== 0n) refuse('FEE_PAID', { values: { paid: showMoney(paid) } });
  await takeBack(tx, fee, community, outstanding, 'CHARGE_REVERSAL');
}

/** Gives up what is still owed, with approval (handbook F-07); what was paid stays paid. */
export async function waiveFee(tx: Tx, input: ReasonedInput): Promise<Fee> {
  const { fee, balance, community } = await changeFee(tx, input, 'waive');
  const { reason } = tx.check(withReason, input);
  tx.move(fee, 'waive', reason);
  return takeBack(tx, fee, community, balance.outstanding, 'WAIVER');
}

/** Takes a payment of exactly what this fee still owes. */
export async function collectFee(tx: Tx, input: FeeCollectInput): Promise<Fee> {
  const { fee, balance } = await changeFee(tx, input, 'collect');
  const { method } = tx.check(feeCollectInput, input);
  if (fee.status !== 'ISSUED') throw illegalMove(feeDescriptor, fee.status, 'collect');
  const unit = await tx.em.findOneOrFail(Unit, { id: fee.unit.id });
  const note = say({ zh: '结清 {number}', en: 'Settles {number}' }, tx.locale, { number: fee.number });
  const { outstanding } = balance;
  await collect(tx, {
    unit,
    method,
    amount: outstanding,
    payer: fee.payer,
    note,
    allocations: [{ fee: fee.id, amount: outstanding }],
  });
  return fee;
}

/** What fees still owe, by their UUIDs in the order asked; for rules of other domains (handbook R-04, F-09). */
export async function outstandingOf(tx: Tx, fees: readonly string[]): Promise<bigint[]> {
  return (await feeBalances(inside(tx), fees)).map((balance) => balance.outstanding);
}
