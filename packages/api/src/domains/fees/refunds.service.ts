import { feeDescriptor } from '@desk/schema/fees/descriptor';
import { isDeposit, type MoneyMethod } from '@desk/schema/fees/enums';
import { refundInput } from '@desk/schema/fees/limits';
import { showMoney } from '@desk/schema/fees/money';
import { refuse } from '../../platform/errors.ts';
import { decodeId } from '../../platform/ids.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Community, Unit } from '../units/index.ts';
import { feeBalances, smaller, usesOf } from './balances.ts';
import { Fee } from './fee.entity.ts';
import type { PaymentRefundInput } from './fees.inputs.ts';
import { chargeFee } from './fees.service.ts';
import { type Account, inside, lockUnits, type Posting, post } from './ledger.ts';
import { Payment } from './payment.entity.ts';
import { changePayment, followLedger, prepaidOf } from './payments.service.ts';
import { invalid } from './standards.service.ts';

interface Refund {
  amount: bigint;
  /** How the money is handed back; as it came when absent. */
  method?: MoneyMethod | undefined;
  /** UUID of the fee that it is taken from; without it first the prepayment, then the newest debts. */
  fee?: string | undefined;
}

/** Hands money back, only against a payment and never more than it brought (handbook F-05). */
export async function refundPayment(tx: Tx, input: PaymentRefundInput): Promise<Payment> {
  const { payment } = await changePayment(tx, input, 'refund');
  const { amount, method, fee, reason } = tx.check(refundInput, input);
  if (method && payment.method === 'PREPAYMENT')
    invalid(tx, 'method', {
      zh: '预存款抵扣的退款只能退回预存款',
      en: 'what came from the prepayment goes back to it',
    });
  const from = fee && (decodeId(feeDescriptor.idPrefix, fee) ?? refuse('NOT_FOUND', { field: ['fee'] }));
  tx.move(payment, 'refund', reason);
  const { refunded, available } = await takeOut(tx, payment, {
    amount: BigInt(amount),
    method,
    ...(from && { fee: from }),
  });
  if (refunded < BigInt(amount))
    refuse('AMOUNT_EXCEEDED', { field: ['amount'], values: { available: showMoney(available) } });
  return payment;
}

/** Refunds as much of `amount` as the payment still has; answers what was refunded and what was there. */
async function takeOut(
  tx: Tx,
  payment: Payment,
  { amount, method, fee: only }: Refund,
): Promise<{ refunded: bigint; available: bigint }> {
  const unit = payment.unit.id;
  const uses = (await usesOf(inside(tx), payment.id)).filter((use) => only === undefined || use.fee === only);
  const ids = uses.flatMap((use) => use.fee ?? []);
  const held = new Map(
    (await feeBalances(inside(tx), ids)).map((balance, index) => [ids[index], balance.held]),
  );
  const open = new Set((await tx.em.find(Fee, { id: { $in: ids }, status: 'ISSUED' })).map((fee) => fee.id));
  const postings: Posting[] = [];
  let left = amount;
  let available = 0n;
  for (const { fee, kind, available: used } of uses) {
    const limit =
      fee === null || kind === null
        ? await prepaidOf(tx, unit)
        : isDeposit(kind)
          ? (held.get(fee) ?? 0n)
          : used;
    const there = smaller(limit, used);
    available += there;
    const part = smaller(there, left);
    if (part <= 0n) continue;
    left -= part;
    if (fee === null || kind === null) postings.push({ account: { type: 'PREPAYMENT', unit }, amount: part });
    // A deposit paid in full is given back for good; any other fee is owed again.
    else if (isDeposit(kind) && !open.has(fee))
      postings.push({ account: { type: 'DEPOSIT', unit, kind }, fee, amount: part });
    else postings.push({ account: { type: 'RECEIVABLE', unit, kind }, fee, amount: part });
  }
  const refunded = amount - left;
  if (refunded > 0n) {
    const back: Account =
      payment.method === 'PREPAYMENT'
        ? { type: 'PREPAYMENT', unit }
        : { type: 'MONEY', method: method ?? payment.method };
    const community = await tx.em.findOneOrFail(Community, { id: payment.community.id });
    await post(tx, community, [
      { kind: 'REFUND', payment: payment.id, postings: [...postings, { account: back, amount: -refunded }] },
    ]);
    await followLedger(tx, ids);
  }
  return { refunded, available };
}

/** What of deposits is still held, by the UUIDs of their fees in the order asked (handbook F-08). */
export async function depositBalance(tx: Tx, fees: readonly string[]): Promise<bigint[]> {
  return (await feeBalances(inside(tx), fees)).map((balance) => balance.held);
}

export interface DepositRefund {
  /** The deposit; refused while a part of it is unpaid. */
  fee: Fee;
  /** Whole minor units; all that is held when absent. */
  amount?: bigint;
  reason: string;
  method?: MoneyMethod;
}

/** Gives a deposit back against the payments that brought it, newest first; answers what was refunded. The caller keeps the rights. */
export async function refundDeposit(tx: Tx, { fee, amount, reason, method }: DepositRefund): Promise<bigint> {
  await lockUnits(tx, [fee.unit.id]);
  await tx.em.flush();
  await tx.em.refresh(fee);
  if (fee.status === 'ISSUED') refuse('FEES_UNPAID', { values: { what: fee.number } });
  const [held = 0n] = await depositBalance(tx, [fee.id]);
  const wanted = amount ?? held;
  if (wanted > held) refuse('AMOUNT_EXCEEDED', { field: ['amount'], values: { available: showMoney(held) } });
  const rows = await inside(tx)(
    'select payment_id from payment_allocation where fee_id = $1 and payment_id is not null group by payment_id order by max(created_at) desc, payment_id desc',
    [fee.id],
  );
  let left = wanted;
  for (const [id] of rows) {
    if (left === 0n) break;
    const payment = await tx.em.findOneOrFail(Payment, { id: id as string });
    if (payment.status === 'VOIDED') continue;
    const { refunded } = await takeOut(tx, payment, {
      amount: left,
      fee: fee.id,
      method: payment.method === 'PREPAYMENT' ? undefined : method,
    });
    if (refunded > 0n) tx.move(payment, 'refund', reason);
    left -= refunded;
  }
  if (left > 0n)
    refuse('AMOUNT_EXCEEDED', { field: ['amount'], values: { available: showMoney(wanted - left) } });
  return wanted;
}

export interface Deduction {
  deposit: Fee;
  kind: 'PENALTY' | 'DAMAGES';
  /** Whole minor units. What the deposit does not cover stays owed. */
  amount: bigint;
  /** Business date on which the rest is due. */
  dueOn: string;
  reason: string;
}

/** Charges a penalty or damages and pays it from the deposit as far as that goes (handbook F-08, R-09). The caller keeps the rights. */
export async function deductDeposit(
  tx: Tx,
  { deposit, kind, amount, dueOn, reason }: Deduction,
): Promise<{ fee: Fee; deducted: bigint }> {
  const unit = await tx.em.findOneOrFail(Unit, { id: deposit.unit.id });
  if (!isDeposit(deposit.kind)) throw new Error(`fee ${deposit.number} is no deposit`);
  const fee = await chargeFee(tx, { unit, kind, amount, dueOn, payer: deposit.payer, note: reason });
  const [held = 0n] = await depositBalance(tx, [deposit.id]);
  const deducted = smaller(held, amount);
  if (deducted === 0n) return { fee, deducted };
  const community = await tx.em.findOneOrFail(Community, { id: unit.community.id });
  await post(tx, community, [
    {
      kind: 'DEDUCTION',
      postings: [
        {
          account: { type: 'DEPOSIT', unit: unit.id, kind: deposit.kind },
          fee: deposit.id,
          amount: deducted,
        },
        { account: { type: 'RECEIVABLE', unit: unit.id, kind }, fee: fee.id, amount: -deducted },
      ],
    },
  ]);
  await tx.em.flush();
  await followLedger(tx, [fee.id]);
  return { fee, deducted };
}
