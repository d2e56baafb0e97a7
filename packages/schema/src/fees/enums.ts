import type { Text } from '../text.ts';

/** What is charged (handbook F-01). */
export const feeKinds = {
  MANAGEMENT: { zh: '物业费', en: 'Management fee' },
  WATER: { zh: '水费', en: 'Water' },
  ELECTRICITY: { zh: '电费', en: 'Electricity' },
  GAS: { zh: '燃气费', en: 'Gas' },
  PARKING: { zh: '停车费', en: 'Parking' },
  RENOVATION_MANAGEMENT: { zh: '装修管理费', en: 'Renovation management' },
  RUBBISH_CLEARANCE: { zh: '垃圾清运费', en: 'Rubbish clearance' },
  WORKER_PASS: { zh: '出入证工本费', en: 'Worker passes' },
  RENTAL: { zh: '灭火器、推车租金', en: 'Extinguisher and cart rental' },
  PAID_SERVICE: { zh: '特约服务费', en: 'Paid service' },
  OVERTIME_AIR_CONDITIONING: { zh: '加时空调费', en: 'Overtime air-conditioning' },
  DEPOSIT_RENOVATION: { zh: '装修押金', en: 'Renovation deposit' },
  DEPOSIT_PASS: { zh: '出入证押金', en: 'Pass deposit' },
  DEPOSIT_KEY: { zh: '钥匙押金', en: 'Key deposit' },
  PENALTY: { zh: '违约扣款', en: 'Penalty' },
  DAMAGES: { zh: '损坏赔偿', en: 'Damages' },
  OTHER: { zh: '其他费用', en: 'Other' },
} as const satisfies Record<string, Text>;
export type FeeKind = keyof typeof feeKinds;
export const feeKindNames = Object.keys(feeKinds) as FeeKind[];

/** How far the chasing of an unpaid fee has come (handbook F-07). */
export const dunningSteps = {
  NONE: { zh: '未催缴', en: 'None' },
  REMINDER: { zh: '到期提醒', en: 'Reminder' },
  NOTICE: { zh: '催缴通知', en: 'Notice' },
  CALL: { zh: '电话催缴', en: 'Call' },
  VISIT: { zh: '上门催缴', en: 'Visit' },
  LETTER: { zh: '催缴函', en: 'Letter' },
} as const satisfies Record<string, Text>;
export type DunningStep = keyof typeof dunningSteps;

/** Deposits are liabilities, never revenue (handbook F-08). */
export const depositKinds = [
  'DEPOSIT_RENOVATION',
  'DEPOSIT_PASS',
  'DEPOSIT_KEY',
] as const satisfies FeeKind[];
export type DepositKind = (typeof depositKinds)[number];
export const isDeposit = (kind: FeeKind): kind is DepositKind =>
  (depositKinds as readonly FeeKind[]).includes(kind);

/** What a rate multiplies (handbook F-01). */
export const chargeBases = {
  AREA_MONTH: { zh: '按建筑面积·月', en: 'Area × months' },
  UNIT_MONTH: { zh: '按户·月', en: 'Unit × months' },
  ONCE: { zh: '按户一次性', en: 'Once per unit' },
} as const satisfies Record<string, Text>;
export type ChargeBasis = keyof typeof chargeBases;
export const chargeBasisNames = Object.keys(chargeBases) as ChargeBasis[];

/** Ways to pay that bring money in (handbook F-05). */
export const moneyMethods = {
  CASH: { zh: '现金', en: 'Cash' },
  TRANSFER: { zh: '银行转账', en: 'Bank transfer' },
  CARD: { zh: '刷卡', en: 'Card' },
  WECHAT: { zh: '微信', en: 'WeChat' },
  ALIPAY: { zh: '支付宝', en: 'Alipay' },
} as const satisfies Record<string, Text>;
export type MoneyMethod = keyof typeof moneyMethods;
export const moneyMethodNames = Object.keys(moneyMethods) as MoneyMethod[];

/** All ways to pay: also from what was paid in advance. */
export const paymentMethods = {
  ...moneyMethods,
  PREPAYMENT: { zh: '预存款抵扣', en: 'Prepayment' },
} as const satisfies Record<string, Text>;
export type PaymentMethod = keyof typeof paymentMethods;
export const paymentMethodNames = Object.keys(paymentMethods) as PaymentMethod[];

/** Why an entry stands in the ledger (handbook F-04). */
export const entryKinds = {
  CHARGE: { zh: '应收', en: 'Charge' },
  CHARGE_REVERSAL: { zh: '应收冲销', en: 'Charge reversed' },
  WAIVER: { zh: '减免', en: 'Waiver' },
  PAYMENT: { zh: '收款', en: 'Payment' },
  PAYMENT_REVERSAL: { zh: '收款作废', en: 'Payment reversed' },
  REFUND: { zh: '退款', en: 'Refund' },
  DEDUCTION: { zh: '押金抵扣', en: 'Deduction from a deposit' },
} as const satisfies Record<string, Text>;
export type EntryKind = keyof typeof entryKinds;
