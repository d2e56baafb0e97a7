import type { Text } from '@desk/schema';
import { both } from '../engine/scope.ts';
import type { Draft } from './target.ts';

/** The field of rows that name a unit; with a building beside it, it is the number in that building. */
export const namedUnit = {
  name: 'unit',
  label: { zh: '房屋', en: 'Unit' },
  synonyms: [
    '房号',
    '房间号',
    '房间',
    '门牌',
    '门牌号',
    '房屋名称',
    '房产',
    'room',
    'unit number',
    'apartment',
    'flat',
  ],
} as const;

export const namedBuilding = {
  name: 'building',
  label: { zh: '楼栋', en: 'Building' },
  synonyms: ['楼号', '栋', '栋号', '楼宇', '幢', 'building name', 'block', 'tower'],
} as const;

const missing = {
  zh: '找不到房屋“{name}”，或者不止一套：请写全称（楼栋和房号）',
  en: 'there is no unit "{name}", or more than one: write building and number',
} satisfies Text;

/** Finds the units that rows name: by full name, by building and number, or by a number that only one unit of the community has. */
export const unitSql: readonly string[] = [
  `update import_stage s set unit_id = u.id, unit_building_id = u.building_id from unit u
   where u.community_id = $1 and u.full_name = s.data ->> 'unit'`,
  `update import_stage s set unit_id = u.id, unit_building_id = u.building_id from unit u join building b on b.id = u.building_id
   where s.unit_id is null and u.community_id = $1 and b.name = s.data ->> 'building' and u.number = s.data ->> 'unit'`,
  `update import_stage s set unit_id = u.id, unit_building_id = u.building_id
   from (select number, (array_agg(id))[1] as id, (array_agg(building_id))[1] as building_id from unit
         where community_id = $1 group by number having count(*) = 1) u
   where s.unit_id is null and s.data ->> 'building' is null and u.number = s.data ->> 'unit'`,
];

/** Marks rows whose unit was not found. */
export function requireNamedUnits(drafts: readonly Draft[]): void {
  for (const draft of drafts) {
    const { unit, building } = draft.values;
    if (draft.problem || draft.unit || typeof unit !== 'string') continue;
    draft.problem = {
      field: 'unit',
      reason: both(missing, { name: typeof building === 'string' ? `${building}-${unit}` : unit }),
    };
  }
}
