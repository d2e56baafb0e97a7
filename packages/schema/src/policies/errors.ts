import type { ErrorDescription } from '../errors.ts';

/** Refusals of policies, calendars, rosters and promises. */
export const promiseErrors = {
  EFFECTIVE_IN_PAST: {
    text: {
      zh: '生效时间不能早于现在：已受理的工单保持原标准。',
      en: 'A policy cannot take effect in the past: what was promised stays promised.',
    },
    rule: 'P-1',
  },
  POLICY_FIXED: {
    text: {
      zh: '该版本已经生效，不能再改；请新建一个版本。',
      en: 'This version is in effect and stays as it is; enter a new version.',
    },
    rule: 'P-1',
  },
  POLICY_STEPS: {
    text: {
      zh: '“{later}”须大于“{earlier}”。',
      en: '"{later}" must be larger than "{earlier}".',
    },
    rule: 'P-1',
  },
  CALENDAR_NEVER_WORKS: {
    text: {
      zh: '日历每周至少要有一段工作时间，否则承诺永远不会到期。',
      en: 'A calendar needs working time in its week, or no promise would ever be due.',
    },
    rule: 'P-4',
  },
  WRONG_YEAR: {
    text: { zh: '日期 {date} 不在 {year} 年。', en: 'The date {date} is not in {year}.' },
    rule: 'P-4',
  },
  DAY_TWICE: {
    text: {
      zh: '{date} 不能既休息又上班。',
      en: '{date} cannot be both a day off and a working day.',
    },
    rule: 'P-4',
  },
  PERIOD_WRONG: {
    text: {
      zh: '结束须晚于开始，且时间段不超过 {days} 天。',
      en: 'The end must be later than the start, and the period at most {days} days.',
    },
  },
  DUTY_OVERLAP: {
    text: {
      zh: '该员工在这段时间已排同一岗位。',
      en: 'This person already has that duty in part of the time.',
    },
    rule: 'S-5',
  },
  ABSENCE_OVERLAP: {
    text: { zh: '该员工在这段时间已登记缺勤。', en: 'This person is already absent in part of the time.' },
    rule: 'S-5',
  },
  ASSIGNEE_ABSENT: {
    text: {
      zh: '{name}现在缺勤，请另派他人。',
      en: '{name} is absent now: dispatch to somebody else.',
    },
    rule: 'S-5',
  },
  PROMISE_NOT_OPEN: {
    text: {
      zh: '此工单没有进行中的“{promise}”承诺。',
      en: 'The ticket has no open promise of the kind "{promise}".',
    },
    rule: 'T-08',
  },
  PROMISE_POSTPONED: {
    text: {
      zh: '同一承诺只能延期 {times} 次，已用完；请上报主管，不能再次延期。',
      en: 'A promise may be postponed {times} time(s) for the same matter, and was: escalate it, it cannot be put off again.',
    },
    rule: 'T-08',
  },
  PROMISE_TOO_LONG: {
    text: {
      zh: '承诺超过 {days} 天须由经理批准，请由经理操作。',
      en: 'A promise of more than {days} days needs approval: a manager must give it.',
    },
    rule: 'T-08',
  },
  PROMISE_NOT_LATER: {
    text: {
      zh: '新的时间须晚于现在和原承诺时间（{due}）。',
      en: 'The new time must be later than now and than what was promised ({due}).',
    },
    rule: 'T-08',
  },
  RESIDENT_NOT_TOLD: {
    text: {
      zh: '须先告知住户并记录其同意：谁、以何种方式、告知了什么。',
      en: 'The resident is told first, and agrees: record who, how, and what was said.',
    },
    rule: 'T-04',
  },
  CLOCK_STANDS: {
    text: { zh: '“{promise}”计时已经暂停。', en: 'The clock of "{promise}" stands already.' },
    rule: 'T-04',
  },
  CLOCK_RUNS: {
    text: { zh: '“{promise}”计时并未暂停。', en: 'The clock of "{promise}" is not paused.' },
    rule: 'T-04',
  },
  NOT_FOR_YOU: {
    text: { zh: '这条提醒是发给别人的。', en: 'This notification is for somebody else.' },
    rule: 'P-3',
  },
} as const satisfies Record<string, ErrorDescription>;
