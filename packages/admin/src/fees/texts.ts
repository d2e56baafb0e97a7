import type { Text } from '@desk/schema';

/** Words of the payment panel. */
export const feeTexts = {
  owed: { zh: '应收未收', en: 'Owed' },
  prepaid: { zh: '另有预存款 {amount}', en: '{amount} prepaid' },
  overdue: { zh: '{day} 到期，已逾期', en: 'due {day}, overdue' },
  collect: { zh: '收款', en: 'Collect' },
  collectHelp: {
    zh: '未收合计 {amount}。可只收一部分：先冲最早的欠费；多收的转为预存款（F-05）。',
    en: '{amount} is owed. A part may be paid: the oldest debt is settled first; what is over is kept as prepayment (F-05).',
  },
  receipt: { zh: '已收 {amount}，收据号 {receipt}', en: '{amount} received, receipt {receipt}' },
  openPayment: { zh: '查看收款', en: 'Open the payment' },
  notCashier: {
    zh: '收款由收费员、财务或经理办理（P-3）。',
    en: 'Money is taken by a cashier, finance or a manager (P-3).',
  },
} as const satisfies Record<string, Text>;
