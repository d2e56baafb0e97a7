import type { Text } from '@desk/schema';

/** Words of the inbox in the console's bar. */
export const inboxTexts = {
  unread: { zh: '{count} 条未读提醒', en: '{count} unread notifications' },
  one: { zh: '1 条未读提醒', en: '1 unread notification' },
  none: { zh: '没有未读提醒', en: 'No unread notifications' },
  due: { zh: '应于 {when}', en: 'due {when}' },
  all: { zh: '查看全部提醒', en: 'All notifications' },
  seeAll: { zh: '将以上标为已读', en: 'Mark these as seen' },
} as const satisfies Record<string, Text>;
