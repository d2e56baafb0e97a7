import type { Text } from '../text.ts';

/** One number of the policy (handbook P-1): what it is, its default, and what it may be. */
export interface PolicyNumber {
  label: Text;
  /** Handbook rule whose number it is. */
  rule: string;
  value: number;
  min: number;
  max: number;
  group: PolicyGroup;
}

/** Parts of the policy, as its page shows them. */
export const policyGroups = {
  promises: { zh: '承诺时限', en: 'Promises' },
  complaints: { zh: '投诉', en: 'Complaints' },
  inquiries: { zh: '咨询与回访', en: 'Inquiries and revisits' },
  escalation: { zh: '预警与升级', en: 'Escalation' },
  calls: { zh: '来电与通知', en: 'Calls and notices' },
  dunning: { zh: '催缴', en: 'Dunning' },
  renovation: { zh: '装修', en: 'Renovation' },
  keys: { zh: '钥匙', en: 'Keys' },
  aims: { zh: '目标', en: 'Aims' },
} as const satisfies Record<string, Text>;
export type PolicyGroup = keyof typeof policyGroups;

/** Every number of the handbook's rules that is kept somewhere, with its default. The unit is part of the name. */
export const policyNumbers = {
  dispatchMinutes: {
    label: { zh: '派单时限（分钟）', en: 'Dispatch within (minutes)' },
    ...{ rule: 'T-04', value: 30, min: 1, max: 10_080, group: 'promises' },
  },
  arrivalMinutes: {
    label: { zh: '户内报修到场（分钟）', en: 'In-unit repair: on site within (minutes)' },
    ...{ rule: 'T-04', value: 15, min: 1, max: 10_080, group: 'promises' },
  },
  urgentArrivalMinutes: {
    label: { zh: '紧急维修到场（分钟）', en: 'Urgent repair: on site within (minutes)' },
    ...{ rule: 'T-05', value: 30, min: 1, max: 1_440, group: 'promises' },
  },
  usualWorkingDays: {
    label: { zh: '一般承诺（工作日）', en: 'Usual promise (working days)' },
    ...{ rule: 'T-08', value: 2, min: 1, max: 60, group: 'promises' },
  },
  longestDays: {
    label: { zh: '承诺最长（天），超出须审批', en: 'Longest promise without approval (days)' },
    ...{ rule: 'T-08', value: 7, min: 1, max: 365, group: 'promises' },
  },
  postponements: {
    label: { zh: '同一承诺可延期次数', en: 'Postponements of one promise' },
    ...{ rule: 'T-08', value: 1, min: 0, max: 5, group: 'promises' },
  },
  minorHours: {
    label: { zh: '轻微投诉答复并处理（小时）', en: 'Minor complaint: answered and settled within (hours)' },
    ...{ rule: 'T-06', value: 24, min: 1, max: 720, group: 'complaints' },
  },
  importantWorkingDays: {
    label: { zh: '重要投诉答复并处理（工作日）', en: 'Important complaint: settled within (working days)' },
    ...{ rule: 'T-06', value: 3, min: 1, max: 60, group: 'complaints' },
  },
  majorAnswerWorkingDays: {
    label: { zh: '重大投诉明确答复（工作日）', en: 'Major complaint: clear answer within (working days)' },
    ...{ rule: 'T-06', value: 3, min: 1, max: 60, group: 'complaints' },
  },
  majorSettleWorkingDays: {
    label: { zh: '重大投诉处理完毕（工作日）', en: 'Major complaint: settled within (working days)' },
    ...{ rule: 'T-06', value: 7, min: 1, max: 60, group: 'complaints' },
  },
  parkedHours: {
    label: { zh: '暂缓事项跟踪间隔（小时）', en: 'Parked matters tracked every (hours)' },
    ...{ rule: 'T-06', value: 24, min: 1, max: 720, group: 'complaints' },
  },
  inquiryHours: {
    label: { zh: '咨询答复（小时）', en: 'Inquiry answered within (hours)' },
    ...{ rule: 'T-07', value: 24, min: 1, max: 720, group: 'inquiries' },
  },
  callBackHours: {
    label: { zh: '咨询抽样回访（小时）', en: 'Sampled call-back of inquiries within (hours)' },
    ...{ rule: 'T-07', value: 48, min: 1, max: 720, group: 'inquiries' },
  },
  callBackPercent: {
    label: { zh: '咨询抽样回访比例（%）', en: 'Inquiries that are called back (%)' },
    ...{ rule: 'T-07', value: 10, min: 0, max: 100, group: 'inquiries' },
  },
  revisitHours: {
    label: { zh: '报修、投诉回访（小时）', en: 'Revisit of repairs and complaints within (hours)' },
    ...{ rule: 'T-12', value: 48, min: 1, max: 720, group: 'inquiries' },
  },
  warnPercent: {
    label: { zh: '预警：已用时间（%）', en: 'Warn when so much of the time is used (%)' },
    ...{ rule: 'T-16', value: 80, min: 1, max: 99, group: 'escalation' },
  },
  climbPercent: {
    label: {
      zh: '超时后每再过承诺时长的多少上报一级（%）',
      en: 'Broken promise: one link up after each further part of its time (%)',
    },
    ...{ rule: 'P-5', value: 50, min: 1, max: 1_000, group: 'escalation' },
  },
  answerRings: {
    label: { zh: '来电接听（声）', en: 'Calls answered within (rings)' },
    ...{ rule: 'U-6', value: 3, min: 1, max: 20, group: 'calls' },
  },
  callMinutes: {
    label: { zh: '来电当场解决（分钟）', en: 'Calls settled within (minutes)' },
    ...{ rule: 'U-6', value: 3, min: 1, max: 60, group: 'calls' },
  },
  noticeHours: {
    label: { zh: '计划停水停电提前通知（小时）', en: 'Planned outages told ahead (hours)' },
    ...{ rule: 'H-8', value: 24, min: 0, max: 720, group: 'calls' },
  },
  reminderDays: {
    label: { zh: '到期提醒：逾期天数', en: 'Reminder after (days overdue)' },
    ...{ rule: 'F-07', value: 1, min: 1, max: 3_650, group: 'dunning' },
  },
  dunningNoticeDays: {
    label: { zh: '催缴通知：逾期天数', en: 'Notice after (days overdue)' },
    ...{ rule: 'F-07', value: 15, min: 1, max: 3_650, group: 'dunning' },
  },
  dunningCallDays: {
    label: { zh: '电话催缴：逾期天数', en: 'Call after (days overdue)' },
    ...{ rule: 'F-07', value: 30, min: 1, max: 3_650, group: 'dunning' },
  },
  dunningVisitDays: {
    label: { zh: '上门催缴：逾期天数', en: 'Visit after (days overdue)' },
    ...{ rule: 'F-07', value: 60, min: 1, max: 3_650, group: 'dunning' },
  },
  dunningLetterDays: {
    label: { zh: '催缴函：逾期天数', en: 'Letter after (days overdue)' },
    ...{ rule: 'F-07', value: 90, min: 1, max: 3_650, group: 'dunning' },
  },
  worstGrade: {
    label: { zh: '施工资质最低等级（级）', en: 'Worst qualification of a contractor (grade)' },
    ...{ rule: 'R-01', value: 2, min: 1, max: 9, group: 'renovation' },
  },
  fireReceiptArea: {
    label: {
      zh: '超过此面积须消防受理凭证（m²）',
      en: "Fire authority's receipt for units larger than (m²)",
    },
    ...{ rule: 'R-02', value: 200, min: 0, max: 100_000, group: 'renovation' },
  },
  shiftEndHour: {
    label: { zh: '当班结束（时）', en: 'End of the shift (hour)' },
    ...{ rule: 'K-3', value: 17, min: 0, max: 23, group: 'keys' },
  },
  shiftEndMinute: {
    label: { zh: '当班结束（分）', en: 'End of the shift (minute)' },
    ...{ rule: 'K-3', value: 50, min: 0, max: 59, group: 'keys' },
  },
  keyReminderMinutes: {
    label: { zh: '钥匙逾期提醒借用人（分钟后）', en: 'Overdue key: borrower reminded after (minutes)' },
    ...{ rule: 'K-4', value: 0, min: 0, max: 10_080, group: 'keys' },
  },
  keyStewardMinutes: {
    label: { zh: '钥匙逾期报楼栋专员（分钟后）', en: 'Overdue key: steward told after (minutes)' },
    ...{ rule: 'K-4', value: 30, min: 0, max: 10_080, group: 'keys' },
  },
  keySupervisorMinutes: {
    label: { zh: '钥匙逾期报客服主管（分钟后）', en: 'Overdue key: supervisor told after (minutes)' },
    ...{ rule: 'K-4', value: 120, min: 0, max: 10_080, group: 'keys' },
  },
  satisfactionPercent: {
    label: { zh: '满意率目标（%）', en: 'Satisfied revisits to aim at (%)' },
    ...{ rule: 'T-12', value: 90, min: 0, max: 100, group: 'aims' },
  },
  reportDay: {
    label: { zh: '月度报表日', en: 'Day of the month of the figures' },
    ...{ rule: 'T-14', value: 28, min: 1, max: 28, group: 'aims' },
  },
} as const satisfies Record<string, PolicyNumber>;

export type PolicyNumberName = keyof typeof policyNumbers;
export const policyNumberNames = Object.keys(policyNumbers) as PolicyNumberName[];
export type PolicyNumbers = Record<PolicyNumberName, number>;

/** The handbook's own numbers. */
export const handbookNumbers = Object.fromEntries(
  policyNumberNames.map((name) => [name, policyNumbers[name].value]),
) as PolicyNumbers;

/** Numbers of which each is larger than the one before: a later step never comes before an earlier one. */
export const policySteps: readonly (readonly PolicyNumberName[])[] = [
  ['reminderDays', 'dunningNoticeDays', 'dunningCallDays', 'dunningVisitDays', 'dunningLetterDays'],
  ['keyReminderMinutes', 'keyStewardMinutes', 'keySupervisorMinutes'],
];

/** The first number that does not come after the step before it; undefined when all are in order. */
export function stepOutOfOrder(
  numbers: PolicyNumbers,
): [earlier: PolicyNumberName, later: PolicyNumberName] | undefined {
  for (const steps of policySteps)
    for (const [index, later] of steps.entries()) {
      const earlier = steps[index - 1];
      if (earlier && numbers[later] <= numbers[earlier]) return [earlier, later];
    }
  return undefined;
}
