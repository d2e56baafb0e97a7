import type { Text } from '../text.ts';

/** What a notice is about (handbook H-8). */
export const noticeKinds = {
  WATER: { zh: '停水', en: 'Water outage' },
  POWER: { zh: '停电', en: 'Power outage' },
  GAS: { zh: '停气', en: 'Gas outage' },
  LIFT: { zh: '电梯停运', en: 'Lift out of service' },
  GENERAL: { zh: '一般通知', en: 'General' },
} as const satisfies Record<string, Text>;
export type NoticeKind = keyof typeof noticeKinds;
export const noticeKindNames = Object.keys(noticeKinds) as NoticeKind[];

/** Something stops working: range and time must be told. */
export const isOutage = (kind: NoticeKind): boolean => kind !== 'GENERAL';
