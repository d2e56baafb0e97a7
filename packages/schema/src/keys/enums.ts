import type { Text } from '../text.ts';

/** Where a copy of a key is. */
export const copyStates = {
  ON_BOARD: { zh: '在柜', en: 'On the board' },
  OUT: { zh: '借出', en: 'Out' },
  LOST: { zh: '遗失', en: 'Lost' },
} as const satisfies Record<string, Text>;
export type CopyState = keyof typeof copyStates;

export const borrowerKinds = {
  RESIDENT: { zh: '住户', en: 'Resident' },
  STAFF: { zh: '员工', en: 'Staff' },
  CONTRACTOR: { zh: '施工单位', en: 'Contractor' },
  OTHER: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Text>;
export type BorrowerKind = keyof typeof borrowerKinds;

/** How the borrower's identity was verified (handbook K-2). */
export const verifications = {
  ID_CARD: { zh: '身份证件', en: 'Identity document' },
  STAFF_BADGE: { zh: '工牌', en: 'Staff badge' },
  CALL_BACK: { zh: '回拨登记电话', en: 'Call back to the registered phone' },
  KNOWN: { zh: '当面相识', en: 'Known in person' },
} as const satisfies Record<string, Text>;
export type Verification = keyof typeof verifications;

/** How far an overdue loan has escalated (handbook K-4). */
export const overdueSteps = {
  NONE: { zh: '未提醒', en: 'None' },
  REMINDED: { zh: '已提醒借用人', en: 'Borrower reminded' },
  STEWARD: { zh: '已报楼栋专员', en: 'Steward told' },
  SUPERVISOR: { zh: '已报客服主管', en: 'Supervisor told' },
} as const satisfies Record<string, Text>;
export type OverdueStep = keyof typeof overdueSteps;

/** How the owner consented to somebody else borrowing the key (handbook K-2). */
export const consentWays = {
  PHONE: { zh: '电话', en: 'By phone' },
  IN_PERSON: { zh: '当面', en: 'In person' },
  WRITTEN: { zh: '书面', en: 'In writing' },
} as const satisfies Record<string, Text>;
export type ConsentWay = keyof typeof consentWays;
