import type { Role } from '../roles.ts';
import type { Text } from '../text.ts';

/** Where a calendar takes its holidays from (handbook P-4). */
export const calendarBases = {
  CHINA: { zh: '中国法定节假日与调休', en: 'Statutory holidays and make-up days of mainland China' },
  NONE: { zh: '无法定节假日', en: 'No statutory holidays' },
} as const satisfies Record<string, Text>;
export type CalendarBase = keyof typeof calendarBases;

/** Where the statutory days of a year come from (handbook P-4). */
export const yearSources = {
  BUILT_IN: { zh: '内置法定数据', en: 'Published, brought along' },
  ENTERED: { zh: '人工录入', en: 'Entered by hand' },
  UNKNOWN: { zh: '尚未公布，暂定', en: 'Not published yet: provisional' },
  NONE: { zh: '不适用', en: 'The calendar knows no statutory days' },
} as const satisfies Record<string, Text>;
export type YearSource = keyof typeof yearSources;

/** What a community decides about one day, over weekday and statutory holiday. */
export const calendarDayKinds = {
  OFF: { zh: '休息', en: 'Day off' },
  WORKING: { zh: '上班', en: 'Working day' },
  HALF: { zh: '上半天班', en: 'Half a working day' },
  HOURS: { zh: '特定时段', en: 'Hours of its own' },
} as const satisfies Record<string, Text>;
export type CalendarDayKind = keyof typeof calendarDayKinds;

/** Why somebody is away (handbook S-5). */
export const absenceKinds = {
  LEAVE: { zh: '休假', en: 'Leave' },
  SICK: { zh: '病假', en: 'Sick' },
  TRAINING: { zh: '培训', en: 'Training' },
  OTHER: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Text>;
export type AbsenceKind = keyof typeof absenceKinds;

/** The chain along which broken promises climb, from the bottom up (handbook P-5). */
export const escalationChain = {
  FIRST_HANDLER: { zh: '首问责任人', en: 'First handler' },
  STEWARD: { zh: '楼栋专员', en: 'Building steward' },
  SUPERVISOR: { zh: '客服主管', en: 'Supervisor' },
  DEPARTMENT_HEAD: { zh: '部门负责人', en: 'Department head' },
  MANAGER: { zh: '客服经理', en: 'Manager' },
  GENERAL_MANAGER: { zh: '物业总经理', en: 'General manager' },
} as const satisfies Record<string, Text>;
export type ChainLink = keyof typeof escalationChain;
export const chainLinks = Object.keys(escalationChain) as ChainLink[];

/** Links of the chain that are simply a role held where the ticket is. */
export const roleLinks = ['STEWARD', 'SUPERVISOR', 'MANAGER', 'GENERAL_MANAGER'] as const satisfies Role[];
