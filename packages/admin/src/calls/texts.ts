import type { Text } from '@desk/schema';

/** Words of the pop-up of a ringing telephone (handbook U-6). */
export const callTexts = {
  ringing: { zh: '来电', en: 'Incoming call' },
  answered: { zh: '通话中', en: 'On the phone' },
  unknown: { zh: '未登记号码', en: 'Unknown number' },
  withheld: { zh: '号码未显示', en: 'Number withheld' },
  several: { zh: '可能是以下住户', en: 'May be one of these' },
  open: { zh: '未完结工单 {count}', en: '{count} open tickets' },
  noOpen: { zh: '无未完结工单', en: 'No open tickets' },
  arrears: { zh: '欠费 {amount}', en: '{amount} in arrears' },
  care: { zh: '特殊用户', en: 'Special care' },
  renovation: { zh: '装修中', en: 'Under renovation' },
  take: { zh: '接听并登记（F2）', en: 'Answer and file (F2)' },
  file: { zh: '登记工单（F2）', en: 'New ticket (F2)' },
  dismiss: { zh: '关闭来电提示', en: 'Close' },
  secret: {
    zh: '对外来电人员只可告知房号，其他信息一律保密（U-4）。',
    en: 'An outside caller may be told a room number and nothing else (U-4).',
  },
  outside: { zh: '外来人员，只问房号', en: 'From outside, asks for a room' },
  rang: { zh: '{name} 来电', en: 'Call from {name}' },
} as const satisfies Record<string, Text>;
