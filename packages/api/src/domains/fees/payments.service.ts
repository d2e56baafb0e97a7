import { feeDescriptor, paymentDescriptor } from '@desk/schema/fees/descriptor';
import { type FeeKind, isDeposit, type PaymentMethod } from '@desk/schema/fees/enums';
import { paymentInput, withReason } from '@desk/schema/fees/limits';
import { showMoney } from '@desk/schema/fees/money';
import { refuse } from '../../platform/errors.ts';
import type { ChangeInput } from '../../platform/graphql/payload.ts';
import { decodeId } from '../../platform/ids.ts';
import { illegalMove, type Tx } from '../../platform/write/tx.ts';
import { Resident } from '../residents/index.ts';
import { Community, Unit } from '../units/index.ts';
import { debtsOf, feeBalances, smaller, unitBalances, usesOf } from './balances.ts';
import { Fee } from './fee.entity.ts';
import type { PaymentCreateInput, ReasonedInput } from './fees.inputs.ts';
import { type Account, inside, lockUnitOf, lockUnits, type Posting, post } from './ledger.ts';
import { nextNumbers, nextReceipt } from './numbers.ts';
import { Payment, Receipt } from './payment.entity.ts';
import { invalid } from './standards.service.ts';

export interface NewPayment {
  unit: Unit;
  method: PaymentMethod;
  /** Whole minor units, 1 to 10¹². */
  amount: bigint;
  payer?: Resident | null;
  receivedAt?: Date;
  note?: string | null | undefined;
  /** Fees by UUID; without it the oldest debt is paid first (handbook F-05). */
  allocations?: readonly { fee: string; amount: bigint }[] | undefined;
}

export async function createPayment(tx: Tx, input: PaymentCreateInput): Promise<Payment> {
  const unit = await tx.get(Unit, input.unit, 'unit');
  tx.authorise(Payment, 'create', { communityId: unit.community.id, buildingId: unit.building.id });
  const payer = input.payer ? await tx.get(Resident, input.payer, 'payer') : null;
  const { method, amount, receivedAt, note, allocations } = tx.check(paymentInput, input);
  const received = receivedAt ? new Date(receivedAt) : tx.now;
  if (received > tx.now)
    invalid(tx, 'receivedAt', { zh: '不能晚于当前时间', en: 'must not be in the future' });
  const wanted = allocations?.map(({ fee, amount: part }) => ({
    fee: decodeId(feeDescriptor.idPrefix, fee) ?? refuse('NOT_FOUND', { field: ['allocations', 'fee'] }),
    amount: BigInt(part),
  }));
  return collect(tx, {
    unit,
    method,
    amount: BigInt(amount),
    payer,
    receivedAt: received,
    note,
    allocations: wanted,
  });
}

/** Takes money for a unit: payment, receipt, entry, and the fees that it settles. The caller has checked the rights. */
export async function collect(tx: Tx, wanted: NewPayment): Promise<Payment> {
  const { unit, method, amount, payer = null, receivedAt = tx.now, note = null } = wanted;
  await lockUnits(tx, [unit.id]);
  await tx.em.flush(); // fees that the same command has charged are owed too
  const community = await tx.em.findOneOrFail(Community, { id: unit.community.id });
  const debts = await debtsOf(inside(tx), unit.id);
  const parts = wanted.allocations
    ? await asTold(tx, unit, debts, wanted.allocations, amount)
    : oldestFirst(debts, amount);
  const rest = parts.reduce((left, part) => left - part.amount, amount);
  if (method === 'PREPAYMENT') await mustBePrepaid(tx, unit.id, amount, rest);

  const [number = ''] = await nextNumbers(tx, community, 'payment');
  const receipt = await nextReceipt(tx, community);
  const place = { community, building: unit.building, unit };
  const payment = tx.create(Payment, {
    ...place,
    number,
    receiptNumber: receipt.number,
    payer,
    method,
    amount,
    status: 'POSTED',
    receivedAt,
    note,
  });
  tx.create(Receipt, { ...place, ...receipt, payment, amount, status: 'VALID' });
  const prepayment: Account = { type: 'PREPAYMENT', unit: unit.id };
  await post(tx, community, [
    {
      kind: 'PAYMENT',
      payment: payment.id,
      postings: [
        { account: method === 'PREPAYMENT' ? prepayment : { type: 'MONEY', method }, amount },
        ...parts.map(
          (part): Posting => ({
            account: { type: 'RECEIVABLE', unit: unit.id, kind: part.kind },
            fee: part.fee,
            amount: -part.amount,
          }),
        ),
        { account: prepayment, amount: -rest },
      ],
    },
  ]);
  await followLedger(
    tx,
    parts.map((part) => part.fee),
  );
  return payment;
}

interface Part {
  fee: string;
  kind: FeeKind;
  amount: bigint;
}
type Debts = Awaited<ReturnType<typeof debtsOf>>;

function oldestFirst(debts: Debts, amount: bigint): Part[] {
  let left = amount;
  return debts.flatMap(({ fee, kind, outstanding }) => {
    const part = smaller(outstanding, left);
    left -= part;
    return part > 0n ? [{ fee, kind, amount: part }] : [];
  });
}

/** Exactly as told; what is told about nothing becomes prepayment. */
async function asTold(
  tx: Tx,
  unit: Unit,
  debts: Debts,
  allocations: readonly { fee: string; amount: bigint }[],
  amount: bigint,
): Promise<Part[]> {
  const field = ['allocations'];
  if (new Set(allocations.map((one) => one.fee)).size < allocations.length)
    invalid(tx, 'allocations', { zh: '同一费用只能出现一次', en: 'each fee once' });
  const total = allocations.reduce((sum, one) => sum + one.amount, 0n);
  if (total > amount) refuse('AMOUNT_EXCEEDED', { field, values: { available: showMoney(amount) } });
  const parts: Part[] = [];
  for (const { fee, amount: part } of allocations) {
    const debt = debts.find((one) => one.fee === fee);
    if (!debt) {
      const found = await tx.em.findOne(Fee, { id: fee, unit: unit.id });
      throw found
        ? illegalMove(feeDescriptor, found.status, 'collect')
        : refuse('NOT_FOUND', { field: [...field, 'fee'] });
    }
    if (part > debt.outstanding)
      refuse('AMOUNT_EXCEEDED', { field, values: { available: showMoney(debt.outstanding) } });
    parts.push({ fee, kind: debt.kind, amount: part });
  }
  return parts;
}

/** From what was paid in advance only as much as there is, and only for debts. */
async function mustBePrepaid(tx: Tx, unit: string, amount: bigint, rest: bigint): Promise<void> {
  const prepaid = await prepaidOf(tx, unit);
  const available = smaller(prepaid, amount - rest);
  if (amount > available)
    refuse('AMOUNT_EXCEEDED', { field: ['amount'], values: { available: showMoney(available) } });
}

export async function prepaidOf(tx: Tx, unit: string): Promise<bigint> {
  const [balance] = await unitBalances(inside(tx), [unit], tx.now);
  return balance?.prepaid ?? 0n;
}

/** Moves fees to where the ledger says they stand: settled when nothing is owed any more, open again when something is. */
export async function followLedger(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.em.flush();
  const balances = await feeBalances(inside(tx), ids);
  const fees = new Map(
    (await tx.em.find(Fee, { id: { $in: [...ids] } }, { refresh: true })).map((fee) => [fee.id, fee]),
  );
  ids.forEach((id, index) => {
    const fee = fees.get(id);
    const owes = (balances[index]?.outstanding ?? 0n) > 0n;
    if (fee?.status === 'ISSUED' && !owes) tx.move(fee, 'settle');
    if ((fee?.status === 'SETTLED' || fee?.status === 'WAIVED') && owes) tx.move(fee, 'reopen');
  });
}

/** Locks first the unit, then the payment: in the order of every command that moves money. */
export async function changePayment(
  tx: Tx,
  input: ChangeInput,
  action: string,
): Promise<{ payment: Payment; community: Community }> {
  await lockUnitOf(tx, 'payment', decodeId(paymentDescriptor.idPrefix, input.id));
  const payment = await tx.change(Payment, input, action);
  return { payment, community: await tx.em.findOneOrFail(Community, { id: payment.community.id }) };
}

/** Takes a payment back with reversing entries; the receipt is void and keeps its number (handbook F-05). */
export async function voidPayment(tx: Tx, input: ReasonedInput): Promise<Payment> {
  const { payment, community } = await changePayment(tx, input, 'void');
  const { reason } = tx.check(withReason, input);
  tx.move(payment, 'void', reason);
  const unit = payment.unit.id;
  const uses = await usesOf(inside(tx), payment.id);
  const fees = uses.flatMap((use) => use.fee ?? []);
  const held = new Map(
    (await feeBalances(inside(tx), fees)).map((balance, index) => [fees[index], balance.held]),
  );
  const postings: Posting[] = [];
  for (const { fee, kind, available } of uses) {
    // What was spent from the prepayment or deducted from the deposit meanwhile cannot be taken back.
    const left =
      fee === null || kind === null
        ? await prepaidOf(tx, unit)
        : isDeposit(kind)
          ? (held.get(fee) ?? 0n)
          : available;
    if (left < available) refuse('AMOUNT_EXCEEDED', { values: { available: showMoney(left) } });
    if (fee !== null && kind !== null)
      postings.push({ account: { type: 'RECEIVABLE', unit, kind }, fee, amount: available });
    else postings.push({ account: { type: 'PREPAYMENT', unit }, amount: available });
  }
  postings.push({
    account:
      payment.method === 'PREPAYMENT'
        ? { type: 'PREPAYMENT', unit }
        : { type: 'MONEY', method: payment.method },
    amount: -payment.amount,
  });
  await post(tx, community, [{ kind: 'PAYMENT_REVERSAL', payment: payment.id, postings }]);
  await followLedger(tx, fees);
  tx.move(await tx.em.findOneOrFail(Receipt, { payment: payment.id }), 'void', reason);
  return payment;
}
