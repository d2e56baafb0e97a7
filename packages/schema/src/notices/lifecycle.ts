import { lifecycle } from '../lifecycle.ts';
import type { Role } from '../roles.ts';

const publishers: Role[] = [
  'FRONT_DESK',
  'STEWARD',
  'SUPERVISOR',
  'MANAGER',
  'GENERAL_MANAGER',
  'ADMINISTRATOR',
];

/** Life of a notice (handbook H-8). An outage whose end has come ends by itself. */
export const noticeLifecycle = lifecycle({
  states: {
    DRAFT: { zh: '草稿', en: 'Draft' },
    PUBLISHED: { zh: '已发布', en: 'Published' },
    ENDED: { zh: '已结束', en: 'Ended' },
    WITHDRAWN: { zh: '已撤回', en: 'Withdrawn' },
  },
  initial: 'DRAFT',
  final: ['ENDED', 'WITHDRAWN'],
  moves: [
    {
      action: 'publish',
      label: { zh: '发布', en: 'Publish' },
      from: ['DRAFT'],
      to: 'PUBLISHED',
      who: publishers,
      rule: 'H-8',
    },
    {
      action: 'end',
      label: { zh: '结束', en: 'End' },
      from: ['PUBLISHED'],
      to: 'ENDED',
      who: publishers,
      rule: 'H-8',
    },
    {
      action: 'withdraw',
      label: { zh: '撤回', en: 'Withdraw' },
      from: ['DRAFT', 'PUBLISHED'],
      to: 'WITHDRAWN',
      who: publishers,
      needs: ['reason'],
      rule: 'H-8',
      danger: true,
    },
  ],
});

export type NoticeStatus = keyof typeof noticeLifecycle.states;
