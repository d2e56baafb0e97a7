import { within } from '../lifecycle.ts';
import type { Role } from '../roles.ts';
import { ticketHeads } from './enums.ts';

export const desk: Role[] = ['FRONT_DESK', 'STEWARD', ...ticketHeads];
export const workers: Role[] = ['ENGINEERING', 'SECURITY', 'CASHIER', 'FINANCE', ...desk];

/** Nothing was done yet. */
export const undone = [
  'RECEIVED',
  'CONFIRMED',
  'DISPATCHED',
  'ACCEPTED',
  'ON_SITE',
  'REWORK',
  'PARKED',
] as const;
const over = ['DONE', 'SIGNED_OFF', 'REVISITED'] as const;
/** Everything before the end. */
export const open = [...undone, ...over] as const;

/** What is done to a ticket without moving it on: offered, guarded and recorded like its moves. */
export const ticketActs = [
  ...within(open, {
    action: 'attach',
    label: { zh: '添加附件', en: 'Attach files' },
    who: workers,
    needs: ['attachments'],
    rule: 'T-02',
  }),
  ...within(undone, {
    action: 'classify',
    label: { zh: '归类', en: 'Classify' },
    who: workers,
    needs: ['problem'],
    rule: 'T-09',
  }),
  ...within(undone, {
    action: 'setUrgent',
    label: { zh: '设定紧急程度', en: 'Set the urgency' },
    who: desk,
    needs: ['urgent'],
    rule: 'T-05',
  }),
  ...within(['CONFIRMED', 'DISPATCHED', 'ACCEPTED', 'REWORK'], {
    action: 'appoint',
    label: { zh: '预约上门', en: 'Agree on a time' },
    who: workers,
    needs: ['appointmentAt'],
    rule: 'T-05',
  }),
  ...within([...undone, 'DONE', 'SIGNED_OFF'], {
    action: 'assess',
    label: { zh: '投诉定级', en: 'Judge the severity' },
    who: desk,
    needs: ['severity'],
    rule: 'T-06',
  }),
  ...within(undone, {
    action: 'answer',
    label: { zh: '答复住户', en: 'Answer the resident' },
    who: workers,
    needs: ['answer'],
    rule: 'T-06',
  }),
  ...within(open, {
    action: 'track',
    label: { zh: '跟踪', en: 'Track' },
    who: workers,
    needs: ['words'],
    rule: 'T-06',
  }),
  ...within(undone, {
    action: 'split',
    label: { zh: '拆分', en: 'Split' },
    who: desk,
    needs: ['parts'],
    rule: 'T-09',
  }),
  ...within(open, {
    action: 'linkIncident',
    label: { zh: '关联事件', en: 'Link to an incident' },
    who: desk,
    needs: ['incident'],
    rule: 'T-09',
  }),
  ...within(open, {
    action: 'unlinkIncident',
    label: { zh: '取消关联', en: 'Unlink from the incident' },
    who: desk,
    needs: ['reason'],
    rule: 'T-09',
  }),
  ...within(['DONE', 'SIGNED_OFF', 'REVISITED', 'CLOSED'], {
    action: 'answerCovered',
    label: { zh: '答复所覆盖的工单', en: 'Answer the covered tickets' },
    who: [...desk, 'ENGINEERING'],
    needs: ['resolution'],
    rule: 'T-09',
  }),
] as const;
