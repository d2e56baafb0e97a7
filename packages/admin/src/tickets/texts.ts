import type { Text } from '@desk/schema';

/** Words of the ticket desk. */
export const ticketTexts = {
  title: { zh: '登记工单', en: 'New ticket' },
  caller: { zh: '来电人或房屋', en: 'Caller or unit' },
  callerHelp: {
    zh: '姓名、拼音首字母、电话尾号、房号或车牌',
    en: 'Name, pinyin initials, last digits of the phone, unit or plate',
  },
  typeMore: { zh: '输入至少两个字符', en: 'Type at least two characters' },
  nobody: { zh: '没有找到；可在下方填写位置与报事人', en: 'Nobody found: enter place and reporter below' },
  arrears: { zh: '欠费 {amount}', en: '{amount} in arrears' },
  noArrears: { zh: '无欠费', en: 'No arrears' },
  open: { zh: '未完结工单（{count}）', en: 'Open tickets ({count})' },
  noOpen: { zh: '没有未完结的工单', en: 'No open tickets' },
  more: { zh: '其他信息', en: 'More' },
  save: { zh: '登记', en: 'File ticket' },
  matter: { zh: '报事内容', en: 'The matter' },
} as const satisfies Record<string, Text>;
