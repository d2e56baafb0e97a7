import type { Text } from '../text.ts';

/** What a unit is used for (handbook P-2). */
export const unitKinds = {
  RESIDENCE: { zh: '住宅', en: 'Residence' },
  SHOP: { zh: '商铺', en: 'Shop' },
  OFFICE: { zh: '办公', en: 'Office' },
  PARKING: { zh: '车位', en: 'Parking space' },
  STORAGE: { zh: '储藏室', en: 'Storage' },
} as const satisfies Record<string, Text>;
export type UnitKind = keyof typeof unitKinds;
export const unitKindNames = Object.keys(unitKinds) as UnitKind[];
