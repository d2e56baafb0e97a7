import { resource } from '../descriptor.ts';
import { escalationChain } from '../policies/enums.ts';
import { clockKinds } from '../tickets/promises.ts';
import { notificationKinds } from './enums.ts';

export const notificationDescriptor = resource({
  name: 'notifications',
  type: 'Notification',
  resource: 'notification',
  idPrefix: 'notification',
  scope: 'building',
  label: { zh: '提醒', en: 'Notification' },
  plural: { zh: '提醒', en: 'Notifications' },
  represent: 'title',
  defaultSort: { field: 'createdAt', direction: 'DESC' },
  fields: {
    kind: { label: { zh: '事由', en: 'Why' }, list: true, filter: true, values: notificationKinds },
    title: { label: { zh: '事项', en: 'Matter' }, list: true },
    about: { label: { zh: '承诺', en: 'Promise' }, list: true, filter: true, values: clockKinds },
    recipient: {
      label: { zh: '收件人', en: 'Told to' },
      list: true,
      filter: true,
      reference: 'staffMembers',
    },
    link: {
      label: { zh: '升级层级', en: 'Link of the chain' },
      help: { zh: '升级链中的位置（P-5）', en: 'Where in the chain (P-5)' },
      list: true,
      filter: true,
      values: escalationChain,
    },
    community: { label: { zh: '小区', en: 'Community' }, filter: true, reference: 'communities' },
    building: { label: { zh: '楼栋', en: 'Building' }, filter: true, reference: 'buildings' },
    dueAt: { label: { zh: '到期', en: 'Due' }, list: true },
    createdAt: { label: { zh: '通知时间', en: 'Told at' }, list: true, sort: true },
    seenAt: { label: { zh: '已读时间', en: 'Seen at' }, list: true, filter: true },
  },
  actions: { see: { mutation: 'notificationSee', label: { zh: '标为已读', en: 'Mark as seen' } } },
});
