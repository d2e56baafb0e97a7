import type { Text } from '@desk/schema';

/** Words of a ticket's promises and of who was told about them. */
export const promiseTexts = {
  title: { zh: '承诺', en: 'Promises' },
  none: { zh: '这张工单没有承诺时限。', en: 'Nothing is promised on this ticket.' },
  due: { zh: '应于 {at}', en: 'due {at}' },
  first: { zh: '原定 {at}', en: 'first due {at}' },
  met: { zh: '按时完成', en: 'Kept in time' },
  missed: { zh: '超时完成', en: 'Kept too late' },
  missedBy: { zh: '超时完成，晚 {span}', en: 'Kept too late, by {span}' },
  cancelled: { zh: '已取消', en: 'Fell away' },
  metAt: { zh: '完成于 {at}', en: 'kept {at}' },
  pausedAt: { zh: '自 {at} 暂停', en: 'paused since {at}' },
  pausedUntil: { zh: '暂停至 {at}', en: 'paused until {at}' },
  brokenAt: { zh: '曾于 {at} 超时', en: 'was broken {at}' },
  postponed: { zh: '已延期', en: 'Postponed' },
  provisional: { zh: '暂定：节假日安排未公布', en: 'Provisional: holidays not published yet' },
  round: { zh: '第 {round} 轮', en: 'Round {round}' },
  told: { zh: '何人何时获知', en: 'Who was told, and when' },
  nobodyTold: { zh: '还没有人被提醒。', en: 'Nobody had to be told yet.' },
  resident: { zh: '住户', en: 'Resident' },
  standing: { zh: '暂停中', en: 'standing still' },
  approved: { zh: '已批准', en: 'Approved' },
  said: { zh: '告知：{told}', en: 'Said: {told}' },
  by: { zh: '经手：{who}', en: 'By {who}' },
  seen: { zh: '已读 {at}', en: 'seen {at}' },
  unseen: { zh: '未读', en: 'not seen yet' },
} as const satisfies Record<string, Text>;
