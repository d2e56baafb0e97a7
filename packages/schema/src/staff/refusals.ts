import type { Text } from '../text.ts';

/** What is wrong with roles and tokens, in words; the code is VALIDATION. */
export const staffRefusals = {
  administratorEverywhere: {
    zh: '管理员岗位只能授予整个公司，不能限定小区。',
    en: 'Administrators are so for the whole organisation, not for one community.',
  },
  buildingsForStewards: {
    zh: '只有楼栋专员可以限定楼栋，且须同时选择小区。',
    en: 'Only stewards are limited to buildings, and only together with their community.',
  },
  sameTwice: { zh: '同一岗位在同一范围内重复。', en: 'The same role is given twice for the same place.' },
  lastAdministrator: {
    zh: '公司至少需要一名在职管理员。请先任命另一名管理员。',
    en: 'The organisation needs an active administrator: appoint another one first.',
  },
  expiry: {
    zh: '有效期须在将来，且不超过 {days} 天。',
    en: 'The expiry must lie in the future, at most {days} days ahead.',
  },
} as const satisfies Record<string, Text>;
