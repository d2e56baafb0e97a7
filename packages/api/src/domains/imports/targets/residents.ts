import { createHash } from 'node:crypto';
import { shortText, type Text } from '@desk/schema';
import type { ImportMapping } from '@desk/schema/imports/mapping';
import { residencyDescriptor } from '@desk/schema/residents/descriptor';
import { type IdentityKind, type ResidentKind, relations } from '@desk/schema/residents/enums';
import { isIdentityNumber, normalIdentity } from '@desk/schema/residents/identity';
import { residencyInput, residentInput } from '@desk/schema/residents/limits';
import { z } from 'zod';
import { pinyinOf, Resident } from '../../residents/index.ts';
import type { Value } from '../coerce/coerce.ts';
import { importFields } from './fields.ts';
import { namedBuilding, namedUnit, requireNamedUnits, unitSql } from './named-unit.ts';
import { writeResidencies } from './residencies.ts';
import type { Fault, Target } from './target.ts';

const limits = z
  .object({ ...residentInput.shape, ...residencyInput.shape, building: shortText, unit: shortText })
  .partial()
  .required({ name: true });

const texts = {
  paper: { zh: '请注明证件类型', en: 'say what kind of paper the number belongs to' },
  number: { zh: '证件号码与证件类型不符，请核对', en: 'is no number of that kind of paper; check it' },
  relation: {
    zh: '请注明住户与房屋的关系（业主、租户……）',
    en: 'say what the resident is in the unit: owner, tenant …',
  },
  share: { zh: '只有业主有产权份额', en: 'only owners have a share' },
  period: { zh: '结束日期不能早于开始日期', en: 'the last day is before the first' },
  papers: { zh: '受托人须有授权委托书', en: 'an agent needs a power of attorney' },
} as const satisfies Record<string, Text>;

const residencyLabels = residencyDescriptor.fields;
const residencyFields = (['share', 'startsOn', 'endsOn', 'powerOfAttorney'] as const).map((name) => ({
  name,
  kind: ({ share: 'decimal', startsOn: 'date', endsOn: 'date', powerOfAttorney: 'text' } as const)[name],
  label: residencyLabels[name].label,
  synonyms: residencyLabels[name].import,
}));

/** Persons are told apart without keeping what they are told apart by. */
const digest = (...parts: Value[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);

/** The person or company: by the source's key, the document, the phone; a bare name only together with the unit. */
function personOf({
  externalKey,
  name,
  idNumber,
  phone,
  building = null,
  unit = null,
}: Record<string, Value>): string {
  if (typeof externalKey === 'string') return `key:${externalKey}`;
  if (typeof idNumber === 'string') return digest('id', idNumber);
  return typeof phone === 'string'
    ? digest('phone', name ?? null, phone)
    : digest('unit', name ?? null, building, unit);
}

const companyName = /(?:公司|集团|事务所|研究院|合作社|\bCo\.?|\bLtd\.?|\bInc\.?|\bLLC)$/i;
const kindOf = ({ kind, name }: Record<string, Value>): ResidentKind =>
  (kind as ResidentKind | null | undefined) ?? (companyName.test(String(name)) ? 'COMPANY' : 'PERSON');

/** Residents and, where a row names a unit, what they are in it. Several rows may be about one resident. */
export const residentTarget: Target = {
  name: 'residents',
  entity: Resident,
  limits,
  fields: importFields(Resident, {
    limits,
    kinds: { phone: 'phone', secondPhone: 'phone', emergencyPhone: 'phone' },
    virtual: [
      namedBuilding,
      namedUnit,
      {
        name: 'relation',
        kind: 'enum',
        values: relations,
        label: residencyLabels.relation.label,
        synonyms: residencyLabels.relation.import,
      },
      ...residencyFields,
    ],
    words: {
      kind: { PERSON: ['个人客户', '自然人', 'individual'], COMPANY: ['企业', '公司', '法人', '单位客户'] },
      relation: {
        OWNER: ['房主', '户主', '产权人', 'landlord', 'proprietor'],
        TENANT: ['租客', '承租人', '承租', 'lessee', 'renter'],
        FAMILY: ['家属', '家人', '配偶', '子女', '父母', 'relative', 'spouse'],
        TEMPORARY: ['暂住人员', '临时', 'guest'],
        CONTACT: ['单位联系人', 'contact'],
        AGENT: ['代理人', '受托', '委托人', 'representative'],
      },
      idKind: {
        ID_CARD: ['身份证', '二代身份证', 'id card', 'identity card'],
        BUSINESS_LICENCE: ['统一社会信用代码', 'license'],
      },
    },
  }),

  complete(mapping: ImportMapping): ImportMapping {
    const { columns } = mapping;
    const header = typeof columns.name === 'string' ? columns.name : '';
    // A list of owners says so in its header rather than in each row.
    const relation = /业主|产权|owner/i.test(header)
      ? 'OWNER'
      : /租户|租客|承租|tenant/i.test(header)
        ? 'TENANT'
        : undefined;
    if (columns.relation !== undefined || !columns.unit || !relation) return mapping;
    return { ...mapping, columns: { ...columns, relation: { constant: relation } } };
  },

  check(values) {
    const faults: Fault[] = [];
    const fault = (field: string, reason: Text) => faults.push({ field, reason });
    if (typeof values.idNumber === 'string') {
      const number = normalIdentity(values.idNumber);
      values.idNumber = number;
      if (values.idKind == null && isIdentityNumber('ID_CARD', number)) values.idKind = 'ID_CARD';
      if (values.idKind == null) fault('idNumber', texts.paper);
      else if (!isIdentityNumber(values.idKind as IdentityKind, number)) fault('idNumber', texts.number);
    }
    if (values.specialCareKind != null) values.specialCare = true;
    const { unit, relation, share, startsOn, endsOn, powerOfAttorney } = values;
    if (unit == null) return faults;
    if (relation == null) fault('relation', texts.relation);
    if (share != null && relation !== 'OWNER') fault('share', texts.share);
    if (relation === 'AGENT' && powerOfAttorney == null) fault('powerOfAttorney', texts.papers);
    if (startsOn != null && endsOn != null && String(endsOn) < String(startsOn))
      fault('endsOn', texts.period);
    return faults;
  },

  keyOf: (values) =>
    values.unit == null
      ? personOf(values)
      : `${personOf(values)}@${digest(values.building ?? null, values.unit, values.relation ?? null)}`,
  recordOf: personOf,
  keyIsPersonal: true,
  computed: { pinyin: ['name', 'kind'] },

  matchSql: [
    ...unitSql,
    `update import_stage s set record_id = r.id from resident r
     where s.record_id is null and r.community_id = $1 and r.id_number = s.data ->> 'idNumber'
       and (r.external_key is null or s.data ->> 'externalKey' is null)`,
    `update import_stage s set record_id = r.id from resident r
     where s.record_id is null and r.community_id = $1 and r.name = s.data ->> 'name' and r.phone = s.data ->> 'phone'
       and (r.external_key is null or s.data ->> 'externalKey' is null)`,
    // A bare name is a known person only in the unit that it is known in.
    `update import_stage s set record_id = r.id from resident r join residency y on y.resident_id = r.id
     where s.record_id is null and r.community_id = $1 and r.name = s.data ->> 'name' and y.unit_id = s.unit_id
       and s.data ->> 'phone' is null and s.data ->> 'idNumber' is null and s.data ->> 'externalKey' is null`,
  ],

  async resolve(scope, drafts) {
    requireNamedUnits(drafts);
    for (const { record, values } of drafts) {
      record.community = scope.community.id;
      record.pinyin = pinyinOf(String(values.name), kindOf(values));
    }
  },

  async blank(_scope, drafts) {
    for (const { record } of drafts) {
      record.kind ??= kindOf(record);
      record.specialCare ??= false;
    }
  },

  after: writeResidencies,
};
