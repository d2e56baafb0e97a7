import type { Text } from '@desk/schema';

/** Words of the key board. */
export const keyTexts = {
  overdue: { zh: '逾期未还', en: 'Overdue' },
  place: { zh: '柜位 {place}', en: 'Place {place}' },
  until: { zh: '{who} 借用，应还 {when}', en: '{who} has it until {when}' },
  lend: { zh: '借出', en: 'Lend' },
  lost: { zh: '已遗失，不可借出（K-4）。', en: 'Lost: cannot be lent (K-4).' },
  rule: {
    zh: '先核实身份；借用人不是业主时须有业主同意（K-2）',
    en: 'verify the identity first; others than the owner need the owner’s consent (K-2)',
  },
} as const satisfies Record<string, Text>;
