import type { Text } from '@desk/schema';
import { shortText } from '@desk/schema/limits';
import { unitInput } from '@desk/schema/units/limits';
import { z } from 'zod';
import { fullName, Unit } from '../../units/index.ts';
import type { Value } from '../coerce/coerce.ts';
import { resolveBuildings } from './buildings.ts';
import { importFields } from './fields.ts';
import type { Target } from './target.ts';

const taken = {
  zh: '该楼栋的这个房号已属于外部编号为“{key}”的房屋',
  en: 'this number of the building belongs to the unit with the external key "{key}"',
} satisfies Text;

const unclear = {
  zh: '看不出楼栋和房号，请分成两列，或写成“3栋-1502”',
  en: 'building and number cannot be told apart: use two columns, or write "3栋-1502"',
} satisfies Text;

/** Building and number in one text: `3栋-1502`, `3栋2单元1502`, `A-1502`; with the building known, the rest is the number. */
function splitName(
  text: string,
  building: Value | undefined,
): { building: string; number: string } | undefined {
  if (typeof building === 'string') {
    const rest = text.startsWith(building) ? text.slice(building.length).replace(/^[-－—/\s]+/, '') : text;
    return { building, number: rest };
  }
  const [, first, rest] =
    /^(.+?(?:栋|幢|座|楼))[-－—/\s]*(.+)$/u.exec(text) ?? /^(.+)[-－—/](.+)$/u.exec(text) ?? [];
  return first && rest ? { building: first.trim(), number: rest.trim() } : undefined;
}

const place = (values: Record<string, Value>): string => `${values.building}\u001f${values.number}`;

const limits = z
  .object({ ...unitInput.shape, building: shortText })
  .partial()
  .required({ building: true, number: true });

/** Units, found by external key, or else by building and number. Missing buildings are entered. */
export const unitTarget: Target = {
  name: 'units',
  entity: Unit,
  limits,
  fields: importFields(Unit, {
    limits,
    virtual: [
      {
        name: 'building',
        label: { zh: '楼栋', en: 'Building' },
        synonyms: ['楼号', '栋', '栋号', '楼宇', '幢', 'xiaoqu', 'building name', 'block', 'tower'],
        required: true,
        madeFrom: 'fullName',
      },
      {
        name: 'fullName',
        label: { zh: '房屋', en: 'Unit' },
        synonyms: ['房屋名称', '房屋全称', '房间全称', '房产', 'full name', 'unit name'],
      },
    ],
    madeFrom: { number: 'fullName' },
    words: {
      kind: {
        RESIDENCE: ['公寓', '住房', '民宅', 'apartment', 'flat', 'residential', 'house'],
        SHOP: ['商店', '门面', '店铺', 'retail', 'store', 'commercial'],
        OFFICE: ['写字楼', '办公室', '办公楼'],
        PARKING: ['停车位', '车库', 'parking', 'garage', 'parking lot'],
        STORAGE: ['仓库', '储物间', '地下室', 'storage room', 'warehouse'],
      },
      status: {
        OCCUPIED: ['已入住', '自住', '出租', '在住'],
        VACANT: ['空房', '闲置', '未入住', 'empty'],
        HANDOVER: ['已交房', '待交房'],
      },
    },
  }),

  check(values) {
    const { fullName: name, building, number } = values;
    if (typeof name !== 'string' || (building != null && number != null)) return [];
    const parts = splitName(name, building);
    if (!parts?.number) return [{ field: 'fullName', reason: unclear }];
    values.building ??= parts.building;
    values.number ??= parts.number;
    return [];
  },

  keyOf: ({ externalKey, ...values }) =>
    typeof externalKey === 'string' ? `key:${externalKey}` : place(values),
  alsoUnique: (values) => [place(values)],
  computed: { fullName: ['building', 'number'] },

  async resolve(scope, drafts) {
    await resolveBuildings(scope, drafts, { create: true });
    for (const { record, values } of drafts) {
      record.community = scope.community.id;
      record.fullName = fullName({ name: String(values.building) }, String(values.number));
    }
  },

  matchSql: [
    `update import_stage s set
      record_id = case when u.external_key is null or s.data ->> 'externalKey' is null then u.id end,
      clash = case when s.data ->> 'externalKey' is not null then u.external_key end
    from unit u join building b on b.id = u.building_id
    where s.record_id is null and u.community_id = $1 and b.name = s.data ->> 'building' and u.number = s.data ->> 'number'`,
  ],
  clash: { field: 'number', reason: taken },

  async blank(_scope, drafts) {
    for (const { record } of drafts) {
      record.kind ??= 'RESIDENCE';
      record.status ??= 'VACANT';
      record.underRenovation ??= false;
    }
  },
};
