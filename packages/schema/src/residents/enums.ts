import type { Text } from '../text.ts';

/** A resident is a person or a company (handbook U-2). */
export const residentKinds = {
  PERSON: { zh: '个人', en: 'Person' },
  COMPANY: { zh: '单位', en: 'Company' },
} as const satisfies Record<string, Text>;
export type ResidentKind = keyof typeof residentKinds;
export const residentKindNames = Object.keys(residentKinds) as ResidentKind[];

/** Papers that identify a resident at move-in (handbook H-1). */
export const identityKinds = {
  ID_CARD: { zh: '居民身份证', en: 'Chinese identity card' },
  PASSPORT: { zh: '护照', en: 'Passport' },
  HK_MACAO_PERMIT: { zh: '港澳居民来往内地通行证', en: 'Hong Kong and Macao permit' },
  TAIWAN_PERMIT: { zh: '台湾居民来往大陆通行证', en: 'Taiwan permit' },
  FOREIGN_PERMIT: { zh: '外国人永久居留身份证', en: 'Foreign permanent resident card' },
  BUSINESS_LICENCE: { zh: '营业执照', en: 'Business licence' },
  OTHER: { zh: '其他证件', en: 'Other paper' },
} as const satisfies Record<string, Text>;
export type IdentityKind = keyof typeof identityKinds;
export const identityKindNames = Object.keys(identityKinds) as IdentityKind[];

/** Why a household is served at its door (handbook U-5). */
export const specialCareKinds = {
  ELDERLY: { zh: '老人', en: 'Elderly' },
  ILL: { zh: '病患', en: 'Ill' },
  DISABLED: { zh: '残障', en: 'Disabled' },
  OTHER: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, Text>;
export type SpecialCareKind = keyof typeof specialCareKinds;
export const specialCareKindNames = Object.keys(specialCareKinds) as SpecialCareKind[];

/** What a resident is in a unit (handbook U-2). */
export const relations = {
  OWNER: { zh: '业主', en: 'Owner' },
  TENANT: { zh: '租户', en: 'Tenant' },
  FAMILY: { zh: '家庭成员', en: 'Family member' },
  TEMPORARY: { zh: '暂住', en: 'Temporary' },
  CONTACT: { zh: '联系人', en: 'Company contact' },
  AGENT: { zh: '受托人', en: 'Agent' },
} as const satisfies Record<string, Text>;
export type Relation = keyof typeof relations;
export const relationNames = Object.keys(relations) as Relation[];

/** What is masked until somebody with the right says why it must be seen (handbook U-4). */
export const confidentialFields = {
  PHONE: { zh: '电话', en: 'Phone' },
  SECOND_PHONE: { zh: '第二电话', en: 'Second phone' },
  ID_NUMBER: { zh: '证件号码', en: 'Document number' },
  EMERGENCY_PHONE: { zh: '紧急联系人电话', en: 'Emergency phone' },
} as const satisfies Record<string, Text>;
export type ConfidentialField = keyof typeof confidentialFields;
export const confidentialFieldNames = Object.keys(confidentialFields) as ConfidentialField[];
