import type { Text } from '../text.ts';

/** Why somebody is told. */
export const notificationKinds = {
  PROMISE_AT_RISK: { zh: '承诺即将超时', en: 'A promise is about to be broken' },
  PROMISE_BROKEN: { zh: '承诺已超时', en: 'A promise is broken' },
  MAJOR_COMPLAINT: { zh: '重大投诉', en: 'A major complaint' },
  OUTCOME: { zh: '首问事项已办结', en: 'The outcome of what you received first' },
} as const satisfies Record<string, Text>;
export type NotificationKind = keyof typeof notificationKinds;
