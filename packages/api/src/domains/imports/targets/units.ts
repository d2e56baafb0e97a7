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
      },
    ],
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
