import { longText, moveFrom } from '@desk/schema';
import type { FeeKind } from '@desk/schema/fees/enums';
import { showMoney } from '@desk/schema/fees/money';
import type { ReviewOutcome, SigningStage } from '@desk/schema/permits/enums';
import { permitLifecycle } from '@desk/schema/permits/lifecycle';
import {
  extendInput,
  permitFeesInput,
  reasonInput,
  refundInput,
  reviewInput,
  signInput,
} from '@desk/schema/permits/limits';
import { z } from 'zod';
import { refuse } from '../../platform/errors.ts';
import type { ChangeInput, MoveInput } from '../../platform/graphql/payload.ts';
import { modelOf } from '../../platform/model.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import { illegalMove, type Tx } from '../../platform/write/tx.ts';
import { chargeFee, deductDeposit, depositBalance, Fee, refundDeposit, withdrawFee } from '../fees/index.ts';
import { Unit } from '../units/index.ts';
import { RenovationPermit } from './permit.entity.ts';
import { alreadySigned, type Facts, factsOf, feesToCharge, maySignFor, obstacleTo } from './permit-gates.ts';
import { PermitReview, PermitSignature } from './permit-record.entity.ts';
import type {
  BecauseInput,
  CommentedInput,
  DepartmentInput,
  RenovationPermitChargeFeesInput,
  RenovationPermitExtendInput,
  RenovationPermitRefundInput,
} from './permits.inputs.ts';
import { assertLonger, businessDay } from './permits.service.ts';

type Action = (typeof permitLifecycle.moves)[number]['action'];

/** The permit, locked, of the version that the caller saw, in a state that has the move, and past its gate. */
async function begin(
  tx: Tx,
  input: ChangeInput,
  action: Action,
): Promise<{ permit: RenovationPermit; facts: Facts }> {
  const permit = await tx.change(RenovationPermit, input, action);
  if (!moveFrom(permitLifecycle, permit.status, action))
    throw illegalMove(modelOf(RenovationPermit).descriptor, permit.status, action);
  const [facts] = await factsOf((text, values) => runInside(tx.em, text, values), [permit.id]);
  if (!facts) throw new Error('a locked permit has its facts');
  const obstacle = obstacleTo(action, permit.status, facts);
  if (obstacle) throw obstacle;
  return { permit, facts };
}

const optionalReason = z.object({ reason: longText.nullish() });

/** Moves that need no more than the record. */
export async function movePermit(tx: Tx, action: string, input: MoveInput): Promise<RenovationPermit> {
  const { permit } = await begin(tx, input, action as Action);
  tx.move(permit, action, tx.check(optionalReason, input).reason);
  if (action === 'resubmit') permit.round += 1;
  if (action === 'requestCompletion') permit.inspectionRound += 1;
  if (action === 'issue') {
    permit.issuedAt = tx.now;
    await renovate(tx, permit, true);
  }
  if (action === 'complete') await renovate(tx, permit, false);
  return permit;
}

/** The unit shows that works are going on under a permit (handbook U-1). */
async function renovate(tx: Tx, permit: RenovationPermit, underRenovation: boolean): Promise<void> {
  const unit = await tx.lock(await tx.em.findOneOrFail(Unit, { id: permit.unit.id }));
  unit.underRenovation = underRenovation;
  const action = underRenovation ? 'startRenovation' : 'endRenovation';
  tx.journal.label(unit, { action, reason: permit.number });
}

/** A move that ends a round of the review or of the inspection with comments; every round is kept (handbook ). */
async function endRound(tx: Tx, input: CommentedInput, action: Action, outcome: ReviewOutcome) {
  const { permit } = await begin(tx, input, action);
  const { comments } = tx.check(reviewInput, input);
  const { community, building, round, inspectionRound } = permit;
  tx.create(PermitReview, {
    ...{ community, building, permit, outcome, comments },
    round: outcome === 'RECTIFY' ? inspectionRound : round,
    reviewedBy: tx.viewer.actor.name,
  });
  return tx.move(permit, action, comments);
}

export const requestChanges = (tx: Tx, input: CommentedInput): Promise<RenovationPermit> =>
  endRound(tx, input, 'requestChanges', 'CHANGES_REQUESTED');
export const approvePermit = (tx: Tx, input: CommentedInput): Promise<RenovationPermit> =>
  endRound(tx, input, 'approve', 'APPROVED');
export const rectify = (tx: Tx, input: CommentedInput): Promise<RenovationPermit> =>
  endRound(tx, input, 'rectify', 'RECTIFY');

async function moveBecause(tx: Tx, input: BecauseInput, action: Action): Promise<RenovationPermit> {
  const { permit } = await begin(tx, input, action);
  return tx.move(permit, action, tx.check(reasonInput, input).reason);
}

export const suspendPermit = (tx: Tx, input: BecauseInput): Promise<RenovationPermit> =>
  moveBecause(tx, input, 'suspend');
export const revokePermit = (tx: Tx, input: BecauseInput): Promise<RenovationPermit> =>
  moveBecause(tx, input, 'revoke');

export async function extendPermit(tx: Tx, input: RenovationPermitExtendInput): Promise<RenovationPermit> {
  const { permit } = await begin(tx, input, 'extend');
  const { endsOn, reason } = tx.check(extendInput, input);
  assertLonger(tx, permit, endsOn);
  return tx.assign(tx.move(permit, 'extend', reason), { endsOn, expiredAt: null });
}

/** Deposit and rubbish clearance, owed from now on (handbook R-04); again only what was voided or handed back meanwhile. */
export async function chargeFees(tx: Tx, input: RenovationPermitChargeFeesInput): Promise<RenovationPermit> {
  const { permit, facts } = await begin(tx, input, 'chargeFees');
  const amounts = tx.check(permitFeesInput, input);
  const unit = await tx.em.findOneOrFail(Unit, { id: permit.unit.id });
  const dueOn = await businessDay(tx, permit.community.id);
  const charge = (kind: FeeKind, amount: number) =>
    chargeFee(tx, {
      unit,
      kind,
      amount: BigInt(amount),
      dueOn,
      payer: permit.applicant,
      note: permit.number,
    });
  const wanted = feesToCharge(facts);
  if (wanted.includes('depositFee')) permit.depositFee = await charge('DEPOSIT_RENOVATION', amounts.deposit);
  if (wanted.includes('rubbishFee')) permit.rubbishFee = await charge('RUBBISH_CLEARANCE', amounts.rubbish);
  return tx.move(permit, 'chargeFees');
}

/** One department signs once for each stage and round, by somebody of that department (handbook ). */
async function signFor(tx: Tx, input: DepartmentInput, action: Action, stage: SigningStage) {
  const { permit, facts } = await begin(tx, input, action);
  const { department } = tx.check(signInput, input);
  if (!maySignFor(tx.viewer, department, facts)) refuse('FORBIDDEN', { field: ['department'] });
  if (facts.signed[stage].includes(department)) throw alreadySigned(stage, [department]);
  const { community, building, round, inspectionRound } = permit;
  tx.create(PermitSignature, {
    ...{ community, building, permit, stage, department },
    round: stage === 'ISSUE' ? round : inspectionRound,
    signedBy: tx.viewer.actor.name,
  });
  permit.updatedAt = tx.now; // who signs has seen the permit as it is: its version moves on with each signature
  return tx.move(permit, action, department);
}

export const signPermit = (tx: Tx, input: DepartmentInput): Promise<RenovationPermit> =>
  signFor(tx, input, 'sign', 'ISSUE');
export const signCompletion = (tx: Tx, input: DepartmentInput): Promise<RenovationPermit> =>
  signFor(tx, input, 'signCompletion', 'COMPLETION');

/** The deposit goes back minus what is kept for damage, never more than is held (handbook R-12, F-08). */
export async function refundPermit(tx: Tx, input: RenovationPermitRefundInput): Promise<RenovationPermit> {
  const { permit } = await begin(tx, input, 'refund');
  const { reason, method, ...rest } = tx.check(refundInput, {
    ...input,
    reason: input.reason?.trim() || null,
  });
  const deduction = BigInt(rest.deduction);
  if (deduction > 0n && !reason) refuse('REASON_REQUIRED', { field: ['reason'], rule: 'F-08' });
  await tx.lock(await tx.em.findOneOrFail(Unit, { id: permit.unit.id })); // money of the unit stands still
  const deposit = permit.depositFee ? await tx.em.findOneOrFail(Fee, { id: permit.depositFee.id }) : null;
  const [held = 0n] = deposit ? await depositBalance(tx, [deposit.id]) : [];
  if (deduction > held)
    refuse('AMOUNT_EXCEEDED', { field: ['deduction'], values: { available: showMoney(held) }, rule: 'F-08' });
  if (deposit && deduction > 0n) {
    const dueOn = await businessDay(tx, permit.community.id);
    await deductDeposit(tx, { deposit, kind: 'DAMAGES', amount: deduction, dueOn, reason: reason ?? '' });
  }
  if (deposit && held > deduction)
    await refundDeposit(tx, {
      fee: deposit,
      amount: held - deduction,
      reason: reason ?? permit.number,
      method,
    });
  return tx.move(permit, 'refund', reason);
}

/** Gives the application up; what was charged and never paid is taken back (handbook P-6, F-04). */
export async function cancelPermit(tx: Tx, input: BecauseInput): Promise<RenovationPermit> {
  const { permit, facts } = await begin(tx, input, 'cancel');
  const { reason } = tx.check(reasonInput, input);
  for (const charged of [facts.deposit, facts.rubbish])
    if (charged?.status === 'ISSUED')
      await withdrawFee(tx, await tx.em.findOneOrFail(Fee, { id: charged.id }), reason);
  return tx.move(permit, 'cancel', reason);
}
