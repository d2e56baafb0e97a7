import { lifecycle } from '../lifecycle.ts';
import type { Role } from '../roles.ts';

const cashiers = [
  'CASHIER',
  'FINANCE',
  'MANAGER',
  'GENERAL_MANAGER',
  'ADMINISTRATOR',
] as const satisfies Role[];
/** Approve standards, issue and discard runs, waive: never the person at the till. */
const approvers = ['FINANCE', 'MANAGER', 'GENERAL_MANAGER', 'ADMINISTRATOR'] as const satisfies Role[];

/** A charge standard is approved before use and never changed afterwards (handbook F-02). */
export const chargeStandardLifecycle = lifecycle({
  states: {
    DRAFT: { zh: '草稿', en: 'Draft' },
    APPROVED: { zh: '已审批', en: 'Approved' },
    RETIRED: { zh: '已停用', en: 'Retired' },
  },
  initial: 'DRAFT',
  final: ['RETIRED'],
  moves: [
    {
      action: 'approve',
      label: { zh: '审批', en: 'Approve' },
      from: ['DRAFT'],
      to: 'APPROVED',
      who: approvers,
      rule: 'F-02',
    },
    {
      action: 'retire',
      label: { zh: '停用', en: 'Retire' },
      from: ['DRAFT', 'APPROVED'],
      to: 'RETIRED',
      who: approvers,
      rule: 'F-02',
      danger: true,
    },
  ],
});
export type ChargeStandardStatus = keyof typeof chargeStandardLifecycle.states;

/** A billing run: compute → check → issue (handbook F-03). A run that found nothing to bill ends EMPTY. */
export const feeRunLifecycle = lifecycle({
  states: {
    DRAFT: { zh: '待核对', en: 'To be checked' },
    ISSUED: { zh: '已出账', en: 'Issued' },
    DISCARDED: { zh: '已弃用', en: 'Discarded' },
    EMPTY: { zh: '无新账单', en: 'Nothing to bill' },
  },
  initial: 'DRAFT',
  final: ['ISSUED', 'DISCARDED', 'EMPTY'],
  moves: [
    {
      action: 'issue',
      label: { zh: '核对无误，出账', en: 'Issue' },
      from: ['DRAFT'],
      to: 'ISSUED',
      who: approvers,
      rule: 'F-03',
    },
    {
      action: 'discard',
      label: { zh: '弃用本次计算', en: 'Discard' },
      from: ['DRAFT'],
      to: 'DISCARDED',
      who: approvers,
      rule: 'F-03',
      danger: true,
    },
    {
      action: 'finish',
      label: { zh: '无新账单', en: 'Nothing to bill' },
      from: ['DRAFT'],
      to: 'EMPTY',
      who: [],
      automatic: true,
      rule: 'F-03',
    },
  ],
});
export type FeeRunStatus = keyof typeof feeRunLifecycle.states;

/**
 * A fee (handbook F-03, F-05, F-07). Only money settles it: `settle` and `reopen` follow from payments, refunds and voided
 * payments, `collect` is a payment of all that is owed.
 */
export const feeLifecycle = lifecycle({
  states: {
    DRAFT: { zh: '待出账', en: 'Draft' },
    ISSUED: { zh: '未结清', en: 'Issued' },
    SETTLED: { zh: '已结清', en: 'Settled' },
    WAIVED: { zh: '已减免', en: 'Waived' },
    VOIDED: { zh: '已作废', en: 'Voided' },
  },
  initial: 'DRAFT',
  final: ['SETTLED', 'WAIVED', 'VOIDED'],
  moves: [
    {
      action: 'issue',
      label: { zh: '出账', en: 'Issue' },
      from: ['DRAFT'],
      to: 'ISSUED',
      who: cashiers,
      rule: 'F-03',
    },
    {
      action: 'collect',
      label: { zh: '收款结清', en: 'Collect in full' },
      from: ['ISSUED'],
      to: 'SETTLED',
      who: cashiers,
      needs: ['method'],
      rule: 'F-05',
    },
    {
      action: 'waive',
      label: { zh: '减免', en: 'Waive' },
      from: ['ISSUED'],
      to: 'WAIVED',
      who: approvers,
      needs: ['reason'],
      rule: 'F-07',
      danger: true,
    },
    {
      action: 'void',
      label: { zh: '作废', en: 'Void' },
      from: ['DRAFT', 'ISSUED'],
      to: 'VOIDED',
      who: approvers,
      needs: ['reason'],
      rule: 'F-04',
      danger: true,
    },
    {
      action: 'settle',
      label: { zh: '结清', en: 'Settle' },
      from: ['ISSUED'],
      to: 'SETTLED',
      who: [],
      automatic: true,
      rule: 'F-05',
    },
    {
      action: 'reopen',
      label: { zh: '恢复欠费', en: 'Reopen' },
      from: ['SETTLED', 'WAIVED'],
      to: 'ISSUED',
      who: [],
      automatic: true,
      rule: 'F-05',
    },
  ],
});
export type FeeStatus = keyof typeof feeLifecycle.states;

/** A payment is posted at once; after a refund it can no longer be voided (handbook F-05). */
export const paymentLifecycle = lifecycle({
  states: {
    POSTED: { zh: '已入账', en: 'Posted' },
    REFUNDED: { zh: '已退款（全部或部分）', en: 'Refunded, in full or in part' },
    VOIDED: { zh: '已作废', en: 'Voided' },
  },
  initial: 'POSTED',
  final: ['REFUNDED', 'VOIDED'],
  moves: [
    {
      action: 'refund',
      label: { zh: '退款', en: 'Refund' },
      from: ['POSTED', 'REFUNDED'],
      to: 'REFUNDED',
      who: cashiers,
      needs: ['amount', 'reason'],
      rule: 'F-05',
      danger: true,
    },
    {
      action: 'void',
      label: { zh: '作废', en: 'Void' },
      from: ['POSTED'],
      to: 'VOIDED',
      who: approvers,
      needs: ['reason'],
      rule: 'F-05',
      danger: true,
    },
  ],
});
export type PaymentStatus = keyof typeof paymentLifecycle.states;

/** A receipt keeps its number for ever, also voided (handbook F-05); it follows its payment. */
export const receiptLifecycle = lifecycle({
  states: { VALID: { zh: '有效', en: 'Valid' }, VOIDED: { zh: '已作废', en: 'Voided' } },
  initial: 'VALID',
  final: ['VOIDED'],
  moves: [
    {
      action: 'void',
      label: { zh: '作废', en: 'Void' },
      from: ['VALID'],
      to: 'VOIDED',
      who: [],
      automatic: true,
      rule: 'F-05',
    },
  ],
});
export type ReceiptStatus = keyof typeof receiptLifecycle.states;
