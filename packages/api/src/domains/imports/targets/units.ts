import type { Text } from '@desk/schema';
import { shortText } from '@desk/schema/limits';
import { unitInput } from '@desk/schema/units/limits';
import { z } from 'zod';
import { fullName, Unit } from '../../units/index.ts';
import type { Value } from '../coerce/coerce.ts';
import { both, type ApplyScope } from '../engine/scope.ts';
import { resolveBuildings } from './buildings.ts';
import { importFields } from './fields.ts';
import type { Draft, Target } from './target.ts';

const taken = {
  zh: '房号“{number}”在该楼栋中已属于外部编号为“{key}”的房屋',
  en: 'the number "{number}" of that building belongs to the unit with the external key "{key}"',
} satisfies Text;

const place = (values: Record<string, Value>): string => `${values.building}\u001f${values.number}`;

/** Units, found by external key, or else by building and number. Missing buildings are entered. */
export const unitTarget: Target = {
  name: 'units',
  entity: Unit,
  limits: z.object({ ...unitInput.shape, building: shortText }).partial().required({ building: true, number: true }),
  fields: importFields(Unit, {
    limits: unitInput,
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
      status: { OCCUPIED: ['已入住', '自住', '出租', '在住'], VACANT: ['空房', '闲置', '未入住', 'empty'], HANDOVER: ['已交房', '待交房'] },
    },
  }),
  keyOf: ({ externalKey, ...values }) => (typeof externalKey === 'string' ? `key:${externalKey}` : place(values)),
  alsoUnique: (values) => [place(values)],
  computed: { fullName: ['building', 'number'] },

  async resolve(scope, drafts) {
    await resolveBuildings(scope, drafts, { create: true });
    for (const { record, values } of drafts) {
      record.community = scope.community.id;
      record.fullName = fullName({ name: String(values.building) }, String(values.number));
    }
  },

  async match(scope: ApplyScope, drafts: readonly Draft[]) {
    const found = await scope.session.run<{ id: string; building_id: string; number: string; external_key: string | null }>(
      `select u.id, u.building_id, u.number, u.external_key
       from jsonb_to_recordset($1::jsonb) as r(building_id uuid, number text) join unit u on u.building_id = r.building_id and u.number = r.number`,
      [JSON.stringify(drafts.map(({ record }) => ({ building_id: record.building, number: record.number })))],
    );
    const units = new Map(found.map((unit) => [`${unit.building_id}/${unit.number}`, unit]));
    for (const draft of drafts) {
      const { building, number, externalKey } = draft.record;
      const unit = units.get(`${building}/${number}`);
      if (!unit) continue;
      if (unit.external_key !== null && typeof externalKey === 'string')
        draft.problem = { field: 'number', reason: both(taken, { number: String(number), key: unit.external_key }) };
      else draft.id = unit.id;
    }
  },

  async blank(_scope, drafts) {
    for (const { record } of drafts) {
      record.kind ??= 'RESIDENCE';
      record.status ??= 'VACANT';
      record.underRenovation ??= false;
    }
  },
};
