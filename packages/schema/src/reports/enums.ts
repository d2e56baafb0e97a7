import type { Text } from '../text.ts';

/** What figures are divided by (handbook T-12, T-14, S-6). */
export const figureGroups = {
  DEPARTMENT: { zh: '责任部门', en: 'Department' },
  BUILDING: { zh: '楼栋', en: 'Building' },
  KIND: { zh: '类型', en: 'Kind' },
  CATEGORY: { zh: '类别', en: 'Category' },
  PERSON: { zh: '处理人', en: 'Person' },
  MONTH: { zh: '月份', en: 'Month' },
} as const satisfies Record<string, Text>;
export type FigureGroup = keyof typeof figureGroups;
export const figureGroupNames = Object.keys(figureGroups) as FigureGroup[];

/** What the daily clearing still lacks (handbook T-13). */
export const clearingGaps = {
  FOLLOW_UP: { zh: '今日未跟进', en: 'No follow-up today' },
  UPDATE: { zh: '今日未回复住户', en: 'Resident not told today' },
} as const satisfies Record<string, Text>;
export type ClearingGap = keyof typeof clearingGaps;

export const followUpStates = {
  DONE: { zh: '已跟进', en: 'Followed up' },
  MISSED: { zh: '未跟进', en: 'Missed' },
} as const satisfies Record<string, Text>;
export type FollowUpState = keyof typeof followUpStates;
