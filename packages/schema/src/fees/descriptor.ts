import { resource } from '../descriptor.ts';
import { chargeBases, dunningSteps, entryKinds, feeKinds, paymentMethods } from './enums.ts';
import {
  chargeStandardLifecycle,
  feeLifecycle,
  feeRunLifecycle,
  paymentLifecycle,
  receiptLifecycle,
} from './lifecycle.ts';

const community = { label: { zh: '小区', en: 'Community' }, filter: true, reference: 'communities' } as const;
const building = { label: { zh: '楼栋', en: 'Building' }, filter: true, reference: 'buildings' } as const;
const unit = { label: { zh: '房屋', en: 'Unit' }, list: true, filter: true, reference: 'units' } as const;
const payer = { label: { zh: '缴费人', en: 'Payer' }, filter: true, reference: 'residents' } as const;
const period = {
  periodFrom: { label: { zh: '计费起始日', en: 'Period from' }, list: true, filter: true, sort: true },
  periodTo: { label: { zh: '计费截止日', en: 'Period to' }, list: true, filter: true },
} as const;
const reason = { label: { zh: '原因', en: 'Reason' }, multiline: true } as const;
const fen = { zh: '单位：分', en: 'In fen (minor units)' } as const;
const groups = {
  main: { zh: '基本信息', en: 'Main' },
  origin: { zh: '计算依据', en: 'How it was computed' },
} as const;

export const feeDescriptor = resource({
  name: 'fees',
  type: 'Fee',
  resource: 'fee',
  idPrefix: 'fee',
  scope: 'building',
  label: { zh: '费用', en: 'Fee' },
  plural: { zh: '费用', en: 'Fees' },
  represent: 'number',
  defaultSort: { field: 'createdAt', direction: 'DESC' },
  create: 'feeCreate',
  update: 'feeUpdate',
  search: { zh: '费用编号、备注', en: 'Number, note' },
  lifecycle: feeLifecycle,
  groups,
  fields: {
    number: { label: { zh: '费用编号', en: 'Number' }, list: true, filter: true, sort: true },
    community,
    building,
    unit,
    ticket: { label: { zh: '工单', en: 'Ticket' }, filter: true, reference: 'tickets' },
    payer,
    kind: { label: { zh: '费用类别', en: 'Kind' }, list: true, filter: true, values: feeKinds },
    status: { label: { zh: '状态', en: 'Status' }, list: true, filter: true, values: feeLifecycle.states },
    ...period,
    dueOn: { label: { zh: '应缴日期', en: 'Due on' }, list: true, filter: true, sort: true },
    amount: { label: { zh: '应收金额', en: 'Amount' }, list: true, filter: true, sort: true },
    paid: { label: { zh: '已收金额', en: 'Paid' }, list: true },
    outstanding: { label: { zh: '未收金额', en: 'Outstanding' }, list: true },
    dunningStep: { label: { zh: '催缴进度', en: 'Dunning step' }, filter: true, values: dunningSteps },
    note: { label: { zh: '备注', en: 'Note' }, multiline: true },
    standard: {
      label: { zh: '收费标准', en: 'Charge standard' },
      filter: true,
      reference: 'chargeStandards',
      group: 'origin',
    },
    run: {
      label: { zh: '出账批次', en: 'Billing run' },
      filter: true,
      reference: 'feeRuns',
      group: 'origin',
    },
    basis: { label: { zh: '计费方式', en: 'Basis' }, values: chargeBases, group: 'origin' },
    rate: { label: { zh: '单价', en: 'Rate' }, help: fen, group: 'origin' },
    area: { label: { zh: '计费面积 (m²)', en: 'Area (m²)' }, group: 'origin' },
    months: { label: { zh: '整月数', en: 'Whole months' }, group: 'origin' },
    days: { label: { zh: '零星天数', en: 'Days of partial months' }, group: 'origin' },
    rounding: { label: { zh: '四舍五入差额', en: 'Rounding' }, help: fen, group: 'origin' },
    policy: {
      label: { zh: '服务标准', en: 'Policy' },
      help: { zh: '产生时的版本，一直适用（P-1）', en: 'The version it began under (P-1)' },
      group: 'origin',
      reference: 'policies',
    },
    explanation: { label: { zh: '计算过程', en: 'Explanation' }, group: 'origin' },
    method: { label: { zh: '收款方式', en: 'Method' }, values: paymentMethods },
    reason,
  },
  related: { allocations: 'paymentAllocations' },
});

export const chargeStandardDescriptor = resource({
  name: 'chargeStandards',
  type: 'ChargeStandard',
  resource: 'chargeStandard',
  idPrefix: 'charge_standard',
  scope: 'community',
  label: { zh: '收费标准', en: 'Charge standard' },
  plural: { zh: '收费标准', en: 'Charge standards' },
  represent: 'name',
  defaultSort: { field: 'createdAt', direction: 'DESC' },
  create: 'chargeStandardCreate',
  update: 'chargeStandardUpdate',
  search: { zh: '名称', en: 'Name' },
  lifecycle: chargeStandardLifecycle,
  fields: {
    community: { ...community, list: true },
    name: { label: { zh: '名称', en: 'Name' }, list: true, filter: true, sort: true },
    kind: { label: { zh: '费用类别', en: 'Kind' }, list: true, filter: true, values: feeKinds },
    status: {
      label: { zh: '状态', en: 'Status' },
      list: true,
      filter: true,
      values: chargeStandardLifecycle.states,
    },
    basis: { label: { zh: '计费方式', en: 'Basis' }, list: true, filter: true, values: chargeBases },
    rate: {
      label: { zh: '单价（分）', en: 'Rate (fen)' },
      help: {
        zh: '每平方米·月、每户·月或每户的分数，最多四位小数；2.5 元/m²·月 填 250',
        en: 'Fen per m²·month, unit·month or unit, at most four decimals; ¥2.50 per m²·month is 250',
      },
      list: true,
    },
    effectiveFrom: { label: { zh: '生效日', en: 'Effective from' }, list: true, filter: true, sort: true },
    effectiveTo: { label: { zh: '失效日', en: 'Effective to' }, list: true, filter: true },
    supersedes: {
      label: { zh: '替代', en: 'Supersedes' },
      help: {
        zh: '审批后，被替代的标准止于新标准生效前一日',
        en: 'When approved, the old one ends the day before the new one begins',
      },
      reference: 'chargeStandards',
    },
  },
});

export const feeRunDescriptor = resource({
  name: 'feeRuns',
  type: 'FeeRun',
  resource: 'feeRun',
  idPrefix: 'fee_run',
  scope: 'community',
  label: { zh: '出账批次', en: 'Billing run' },
  plural: { zh: '出账批次', en: 'Billing runs' },
  represent: 'number',
  defaultSort: { field: 'createdAt', direction: 'DESC' },
  create: 'feeRun',
  lifecycle: feeRunLifecycle,
  fields: {
    number: { label: { zh: '批次编号', en: 'Number' }, list: true, filter: true },
    community: { ...community, list: true },
    building: { label: { zh: '楼栋', en: 'Building' }, list: true, reference: 'buildings' },
    standard: {
      label: { zh: '收费标准', en: 'Charge standard' },
      list: true,
      filter: true,
      reference: 'chargeStandards',
    },
    status: { label: { zh: '状态', en: 'Status' }, list: true, filter: true, values: feeRunLifecycle.states },
    ...period,
    dueOn: {
      label: { zh: '应缴日期', en: 'Due on' },
      help: { zh: '不填则为计费截止日', en: 'The last day of the period when empty' },
    },
    created: { label: { zh: '生成笔数', en: 'Fees made' }, list: true },
    total: { label: { zh: '合计金额', en: 'Total' }, list: true },
    skippedBilled: { label: { zh: '跳过：已出账', en: 'Skipped: billed before' }, list: true },
    skippedNoArea: { label: { zh: '跳过：无面积', en: 'Skipped: no area' }, list: true },
    skippedAmount: { label: { zh: '跳过：金额为零或过大', en: 'Skipped: nothing or too much' } },
  },
  related: { fees: 'fees' },
});

export const paymentDescriptor = resource({
  name: 'payments',
  type: 'Payment',
  resource: 'payment',
  idPrefix: 'payment',
  scope: 'building',
  label: { zh: '收款', en: 'Payment' },
  plural: { zh: '收款', en: 'Payments' },
  represent: 'number',
  defaultSort: { field: 'createdAt', direction: 'DESC' },
  create: 'paymentCreate',
  search: { zh: '收款编号、收据号、备注', en: 'Number, receipt, note' },
  lifecycle: paymentLifecycle,
  fields: {
    number: { label: { zh: '收款编号', en: 'Number' }, list: true, filter: true, sort: true },
    receiptNumber: { label: { zh: '收据号', en: 'Receipt' }, list: true, filter: true },
    community,
    building,
    unit,
    payer,
    method: { label: { zh: '收款方式', en: 'Method' }, list: true, filter: true, values: paymentMethods },
    amount: { label: { zh: '金额', en: 'Amount' }, list: true, filter: true, sort: true },
    refunded: { label: { zh: '已退金额', en: 'Refunded' } },
    status: {
      label: { zh: '状态', en: 'Status' },
      list: true,
      filter: true,
      values: paymentLifecycle.states,
    },
    receivedAt: { label: { zh: '收款时间', en: 'Received at' }, list: true, filter: true, sort: true },
    note: { label: { zh: '备注', en: 'Note' }, multiline: true },
    fee: { label: { zh: '从该费用退', en: 'Refund from this fee' }, reference: 'fees' },
    reason,
  },
  related: { allocations: 'paymentAllocations' },
});

export const receiptDescriptor = resource({
  name: 'receipts',
  type: 'Receipt',
  resource: 'receipt',
  idPrefix: 'receipt',
  scope: 'building',
  label: { zh: '收据', en: 'Receipt' },
  plural: { zh: '收据', en: 'Receipts' },
  represent: 'number',
  defaultSort: { field: 'createdAt', direction: 'DESC' },
  lifecycle: receiptLifecycle,
  fields: {
    number: { label: { zh: '收据号', en: 'Number' }, list: true, filter: true, sort: true },
    book: { label: { zh: '收据本（年）', en: 'Book (year)' }, list: true, filter: true },
    serial: { label: { zh: '流水号', en: 'Serial' }, list: true },
    community,
    building,
    unit,
    payment: { label: { zh: '收款', en: 'Payment' }, list: true, filter: true, reference: 'payments' },
    amount: { label: { zh: '金额', en: 'Amount' }, list: true },
    status: {
      label: { zh: '状态', en: 'Status' },
      list: true,
      filter: true,
      values: receiptLifecycle.states,
    },
  },
});

/** Which money went to which fee: read from the ledger, never entered. */
export const paymentAllocationDescriptor = resource({
  name: 'paymentAllocations',
  type: 'PaymentAllocation',
  resource: 'paymentAllocation',
  idPrefix: 'allocation',
  scope: 'building',
  label: { zh: '核销明细', en: 'Allocation' },
  plural: { zh: '核销明细', en: 'Allocations' },
  represent: 'kind',
  defaultSort: { field: 'createdAt', direction: 'DESC' },
  menu: false,
  fields: {
    fee: { label: { zh: '费用', en: 'Fee' }, list: true, filter: true, reference: 'fees' },
    payment: { label: { zh: '收款', en: 'Payment' }, list: true, filter: true, reference: 'payments' },
    unit,
    kind: { label: { zh: '类型', en: 'Kind' }, list: true, filter: true, values: entryKinds },
    amount: { label: { zh: '核销金额', en: 'Amount' }, list: true },
  },
});
