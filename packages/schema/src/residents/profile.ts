import { z } from 'zod';
import { resource } from '../descriptor.ts';
import { businessDate, longText } from '../limits.ts';

/** The optional profile of a resident (handbook U-4). */
export const residentProfileInput = z.object({
  birthday: businessDate.nullish(),
  anniversaries: longText.nullish(),
  habits: longText.nullish(),
  household: longText.nullish(),
  health: longText.nullish(),
  school: longText.nullish(),
  taboos: longText.nullish(),
  parking: longText.nullish(),
});
export const profileFields = Object.keys(
  residentProfileInput.shape,
) as (keyof typeof residentProfileInput.shape)[];

const words = { personal: true, multiline: true, group: 'profile' } as const;

/**
 * Confidential: the steward of that building and above (handbook U-4). No field of it can be searched, filtered or sorted
 * by, and none stands in the history.
 */
export const residentProfileDescriptor = resource({
  name: 'residentProfiles',
  type: 'ResidentProfile',
  resource: 'residentProfile',
  idPrefix: 'profile',
  scope: 'building',
  label: { zh: '客户画像', en: 'Profile' },
  plural: { zh: '客户画像', en: 'Profiles' },
  represent: 'id',
  defaultSort: { field: 'createdAt', direction: 'DESC' },
  create: 'residentProfileCreate',
  update: 'residentProfileUpdate',
  menu: false,
  groups: {
    main: { zh: '住户', en: 'Resident' },
    profile: { zh: '画像（保密，U-4）', en: 'Profile (confidential, U-4)' },
  },
  fields: {
    community: { label: { zh: '小区', en: 'Community' }, filter: true, reference: 'communities' },
    resident: { label: { zh: '住户', en: 'Resident' }, list: true, filter: true, reference: 'residents' },
    building: {
      label: { zh: '楼栋', en: 'Building' },
      help: {
        zh: '由该楼栋专员维护；住户只住一栋楼时可不填',
        en: 'Its steward keeps it; may be left out when the resident lives in one building',
      },
      list: true,
      filter: true,
      reference: 'buildings',
    },
    birthday: { label: { zh: '生日', en: 'Birthday' }, personal: true, group: 'profile', list: true },
    anniversaries: { label: { zh: '纪念日', en: 'Anniversaries' }, ...words },
    household: { label: { zh: '家庭成员', en: 'Household' }, ...words, list: true },
    habits: { label: { zh: '生活习惯', en: 'Habits' }, ...words },
    health: { label: { zh: '健康状况', en: 'Health' }, ...words },
    school: { label: { zh: '子女就学', en: "Children's school" }, ...words },
    taboos: { label: { zh: '禁忌', en: 'Taboos' }, ...words, list: true },
    parking: { label: { zh: '停车需求', en: 'Parking needs' }, ...words },
    reason: { label: { zh: '原因', en: 'Reason' }, multiline: true },
  },
  actions: {
    erase: {
      mutation: 'residentProfileErase',
      label: { zh: '清除画像', en: 'Erase the profile' },
      danger: true,
    },
  },
});
