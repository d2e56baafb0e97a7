import { resource } from '../descriptor.ts';
import { departments } from './enums.ts';

/** What hangs on a ticket: ended rounds, public comments, internal notes. */
export const ticketRoundDescriptor = resource({
  name: 'ticketRounds',
  type: 'TicketRound',
  resource: 'ticketRound',
  idPrefix: 'round',
  scope: 'building',
  label: { zh: '返工前一轮', en: 'Ended round' },
  plural: { zh: '历次处理', en: 'Ended rounds' },
  represent: 'number',
  defaultSort: { field: 'number', direction: 'ASC' },
  menu: false,
  fields: {
    community: { label: { zh: '小区', en: 'Community' }, reference: 'communities' },
    building: { label: { zh: '楼栋', en: 'Building' }, reference: 'buildings' },
    ticket: { label: { zh: '工单', en: 'Ticket' }, filter: true, reference: 'tickets' },
    number: { label: { zh: '轮次', en: 'Round' }, list: true, sort: true },
    department: {
      label: { zh: '责任部门', en: 'Department' },
      list: true,
      filter: true,
      values: departments,
    },
    assignee: {
      label: { zh: '处理人', en: 'Assignee' },
      list: true,
      filter: true,
      reference: 'staffMembers',
    },
    dispatchedAt: { label: { zh: '派单时间', en: 'Dispatched' } },
    acceptedAt: { label: { zh: '接单时间', en: 'Accepted' } },
    arrivedAt: { label: { zh: '到场时间', en: 'Arrived' } },
    doneAt: { label: { zh: '完成时间', en: 'Done' }, list: true },
    signedOffAt: { label: { zh: '签字时间', en: 'Signed off' } },
    endedAt: { label: { zh: '退回时间', en: 'Sent back' }, list: true, sort: true },
    findings: { label: { zh: '现场情况', en: 'Findings' }, multiline: true },
    resolution: { label: { zh: '处理结果', en: 'Resolution' }, list: true, multiline: true },
    unsignedReason: { label: { zh: '未签字原因', en: 'Why nobody signed' } },
    words: { label: { zh: '不满意原因', en: 'Why not satisfied' }, list: true, multiline: true },
    satisfaction: { label: { zh: '评分', en: 'Score' }, list: true },
  },
  hidden: { DASHBOARD: ['words', 'findings', 'unsignedReason'] },
});

const remarkFields = {
  community: { label: { zh: '小区', en: 'Community' }, reference: 'communities' },
  building: { label: { zh: '楼栋', en: 'Building' }, reference: 'buildings' },
  ticket: { label: { zh: '工单', en: 'Ticket' }, filter: true, reference: 'tickets' },
  text: { label: { zh: '内容', en: 'Text' }, list: true, multiline: true },
  authorName: { label: { zh: '作者', en: 'Author' }, list: true },
  attachments: { label: { zh: '附件', en: 'Attachments' } },
  mentions: {
    label: { zh: '提到的人', en: 'Mentioned' },
    help: { zh: '被提到的同事会关注此工单', en: 'Those mentioned watch the ticket from now on' },
    reference: 'staffMembers',
  },
  createdAt: { label: { zh: '时间', en: 'Time' }, list: true, sort: true },
} as const;

export const ticketCommentDescriptor = resource({
  name: 'ticketComments',
  type: 'TicketComment',
  resource: 'ticketComment',
  idPrefix: 'comment',
  scope: 'building',
  label: { zh: '公开留言', en: 'Public comment' },
  plural: { zh: '公开留言', en: 'Public comments' },
  represent: 'text',
  defaultSort: { field: 'createdAt', direction: 'ASC' },
  create: 'ticketCommentCreate',
  menu: false,
  fields: remarkFields,
});

export const ticketNoteDescriptor = resource({
  name: 'ticketNotes',
  type: 'TicketNote',
  resource: 'ticketNote',
  idPrefix: 'note',
  scope: 'building',
  label: { zh: '内部备注', en: 'Internal note' },
  plural: { zh: '内部备注', en: 'Internal notes' },
  represent: 'text',
  defaultSort: { field: 'createdAt', direction: 'ASC' },
  create: 'ticketNoteCreate',
  menu: false,
  fields: remarkFields,
});
