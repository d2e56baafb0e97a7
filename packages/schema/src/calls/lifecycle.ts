import { lifecycle } from '../lifecycle.ts';

/** A call as the exchange reports it (handbook U-6): nobody moves it by hand. */
export const callLifecycle = lifecycle({
  states: {
    RINGING: { zh: '振铃', en: 'Ringing' },
    ANSWERED: { zh: '通话中', en: 'Answered' },
    ENDED: { zh: '已结束', en: 'Ended' },
    MISSED: { zh: '未接', en: 'Missed' },
  },
  initial: 'RINGING',
  final: ['ENDED', 'MISSED'],
  moves: [
    {
      action: 'answer',
      label: { zh: '接听', en: 'Answer' },
      from: ['RINGING'],
      to: 'ANSWERED',
      who: [],
      automatic: true,
      rule: 'U-6',
    },
    {
      action: 'end',
      label: { zh: '挂断', en: 'End' },
      from: ['ANSWERED'],
      to: 'ENDED',
      who: [],
      automatic: true,
      rule: 'U-6',
    },
    {
      action: 'end',
      label: { zh: '未接挂断', en: 'End unanswered' },
      from: ['RINGING'],
      to: 'MISSED',
      who: [],
      automatic: true,
      rule: 'U-6',
    },
  ],
});

export type CallStatus = keyof typeof callLifecycle.states;
