import { lifecycle, within } from '../lifecycle.ts';
import type { Role } from '../roles.ts';
import { ticketHeads } from './enums.ts';

const desk: Role[] = ['FRONT_DESK', 'STEWARD', ...ticketHeads];
const workers: Role[] = ['ENGINEERING', 'SECURITY', 'CASHIER', 'FINANCE', ...desk];

/** Everything before the end. */
const open = [
  'RECEIVED',
  'CONFIRMED',
  'DISPATCHED',
  'ACCEPTED',
  'ON_SITE',
  'DONE',
  'SIGNED_OFF',
  'REVISITED',
  'REWORK',
] as const;

/**
 * Life of a ticket (handbook T-09). An unsatisfied answer to `signOff` or `revisit` makes the move `rework` instead: the
 * round that ended is kept and the next one begins.
 */
export const ticketLifecycle = lifecycle({
  states: {
    RECEIVED: { zh: '已受理', en: 'Received' },
    CONFIRMED: { zh: '已确认', en: 'Confirmed' },
    DISPATCHED: { zh: '已派单', en: 'Dispatched' },
    ACCEPTED: { zh: '已接单', en: 'Accepted' },
    ON_SITE: { zh: '已到场', en: 'On site' },
    DONE: { zh: '已完成', en: 'Done' },
    SIGNED_OFF: { zh: '已签字确认', en: 'Signed off' },
    REVISITED: { zh: '已回访', en: 'Revisited' },
    CLOSED: { zh: '已关闭', en: 'Closed' },
    REWORK: { zh: '返工', en: 'Rework' },
    OUT_OF_SCOPE: { zh: '超出范围', en: 'Out of scope' },
    CANCELLED: { zh: '已取消', en: 'Cancelled' },
  },
  initial: 'RECEIVED',
  final: ['CLOSED', 'OUT_OF_SCOPE', 'CANCELLED'],
  moves: [
    {
      action: 'confirm',
      label: { zh: '复述确认', en: 'Confirm after reading back' },
      from: ['RECEIVED'],
      to: 'CONFIRMED',
      who: desk,
      rule: 'T-02',
    },
    {
      action: 'dispatch',
      label: { zh: '派单', en: 'Dispatch' },
      from: ['CONFIRMED', 'DISPATCHED', 'ACCEPTED', 'REWORK'],
      to: 'DISPATCHED',
      who: desk,
      needs: ['department'],
      rule: 'T-04',
    },
    {
      action: 'accept',
      label: { zh: '接单', en: 'Accept' },
      from: ['DISPATCHED', 'REWORK'],
      to: 'ACCEPTED',
      who: workers,
      rule: 'T-09',
    },
    {
      action: 'arrive',
      label: { zh: '到场', en: 'Arrive on site' },
      from: ['ACCEPTED'],
      to: 'ON_SITE',
      who: workers,
      rule: 'T-10',
    },
    {
      action: 'finish',
      label: { zh: '完成', en: 'Finish' },
      from: ['ACCEPTED', 'ON_SITE'],
      to: 'DONE',
      who: workers,
      needs: ['resolution'],
      rule: 'T-10',
    },
    {
      action: 'signOff',
      label: { zh: '签字确认', en: 'Sign off' },
      from: ['DONE'],
      to: 'SIGNED_OFF',
      who: workers,
      needs: ['satisfied'],
      rule: 'T-09',
    },
    {
      action: 'revisit',
      label: { zh: '回访', en: 'Revisit' },
      from: ['SIGNED_OFF'],
      to: 'REVISITED',
      who: desk,
      needs: ['satisfied', 'score'],
      rule: 'T-12',
    },
    {
      action: 'rework',
      label: { zh: '返工', en: 'Send back to rework' },
      from: ['DONE', 'SIGNED_OFF', 'REVISITED'],
      to: 'REWORK',
      who: desk,
      needs: ['reason'],
      rule: 'T-09',
    },
    {
      action: 'close',
      label: { zh: '关闭', en: 'Close' },
      from: ['SIGNED_OFF', 'REVISITED'],
      to: 'CLOSED',
      who: desk,
      rule: 'T-09',
    },
    {
      action: 'judgeOutOfScope',
      label: { zh: '判定超出范围', en: 'Judge out of scope' },
      from: ['RECEIVED', 'CONFIRMED', 'DISPATCHED', 'ACCEPTED', 'ON_SITE', 'REWORK'],
      to: 'OUT_OF_SCOPE',
      who: ['ENGINEERING', ...ticketHeads],
      needs: ['answer'],
      rule: 'T-09',
      danger: true,
    },
    {
      action: 'cancel',
      label: { zh: '取消工单', en: 'Cancel the ticket' },
      from: ['RECEIVED', 'CONFIRMED', 'DISPATCHED', 'ACCEPTED', 'ON_SITE', 'REWORK'],
      to: 'CANCELLED',
      who: desk,
      needs: ['reason'],
      rule: 'T-09',
      danger: true,
    },
    ...within(open, {
      action: 'attach',
      label: { zh: '添加附件', en: 'Attach files' },
      who: workers,
      needs: ['attachments'],
      rule: 'T-02',
    }),
  ],
});

export type TicketStatus = keyof typeof ticketLifecycle.states;
export type TicketAction = (typeof ticketLifecycle.moves)[number]['action'];
export const ticketStatusNames = Object.keys(ticketLifecycle.states) as TicketStatus[];
