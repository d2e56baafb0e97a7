import { longText, rolesFor, say, scopeOf, type Text } from '@desk/schema';
import { residentDescriptor } from '@desk/schema/residents/descriptor';
import type { IdentityKind } from '@desk/schema/residents/enums';
import { isIdentityNumber, normalIdentity } from '@desk/schema/residents/identity';
import { residentInput, shortestUnmaskReason } from '@desk/schema/residents/limits';
import { isPhone, normalPhone } from '@desk/schema/residents/phone';
import { z } from 'zod';
import { Refusal, refuse } from '../../platform/errors.ts';
import { maskIdentity, maskPhone } from '../../platform/mask.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { Outcome } from '../../platform/write/writer.ts';
import { Community } from '../units/index.ts';
import { assertPrivate } from './disclosure.ts';
import { currentResidencies } from './residency.service.ts';
import { confidentialColumns, Resident } from './resident.entity.ts';
import type { ResidentCreateInput, ResidentUnmaskInput, ResidentUpdateInput } from './residents.inputs.ts';
import { pinyinOf } from './search.ts';

const details = residentInput.partial();
type Details = z.output<typeof details>;

export async function createResident(tx: Tx, input: ResidentCreateInput): Promise<Resident> {
  const community = await tx.get(Community, input.community, 'community');
  tx.authorise(Resident, 'create', { communityId: community.id });
  const { name, kind = 'PERSON' } = tx.check(residentInput, input);
  const given = normalised(tx, tx.check(details, input));
  return tx.create(Resident, {
    community,
    name,
    kind,
    pinyin: pinyinOf(name, kind),
    phone: given.phone ?? null,
    secondPhone: given.secondPhone ?? null,
    idKind: given.idKind ?? null,
    idNumber: given.idNumber ?? null,
    plates: given.plates ?? null,
    specialCare: given.specialCare ?? given.specialCareKind != null,
    specialCareKind: given.specialCare === false ? null : (given.specialCareKind ?? null),
    emergencyName: given.emergencyName ?? null,
    emergencyPhone: given.emergencyPhone ?? null,
    note: given.note ?? null,
    externalKey: given.externalKey ?? null,
  });
}

export async function updateResident(tx: Tx, input: ResidentUpdateInput): Promise<Resident> {
  const resident = await tx.change(Resident, input, 'update');
  const given = normalised(tx, withoutMasks(tx.check(details, input), resident), resident);
  tx.assign(resident, given);
  if (given.specialCareKind != null && given.specialCare === undefined) resident.specialCare = true;
  if (!resident.specialCare) resident.specialCareKind = null;
  if (given.name !== undefined || given.kind !== undefined)
    resident.pinyin = pinyinOf(resident.name, resident.kind);
  return resident;
}

/** Answers masked values in clear, for a reason that stays in the history (handbook U-4). */
export async function unmaskResident(tx: Tx, input: ResidentUnmaskInput): Promise<Outcome<Resident>> {
  const resident = await tx.get(Resident, input.id, 'id');
  await authoriseUnmask(tx, resident);
  await assertPrivate(tx);
  const { fields } = tx.check(
    z.object({ fields: z.array(z.string()).min(1).max(20) }),
    input,
  ) as ResidentUnmaskInput;
  if (input.reason.trim().length < shortestUnmaskReason)
    refuse('REASON_REQUIRED', { field: ['reason'], rule: 'U-4' });
  const { reason } = tx.check(z.object({ reason: longText }), input);
  const columns = [...new Set(fields)].map((field) => confidentialColumns[field]);
  tx.journal.record(resident, { action: 'unmask', fields: columns, reason });
  return {
    record: resident,
    extra: { unmasked: Object.fromEntries(columns.map((column) => [column, resident[column]])) },
  };
}

/** A steward of certain buildings sees in clear only who lives there now; all others by their community (handbook U-4). */
async function authoriseUnmask(tx: Tx, resident: Resident): Promise<void> {
  const communityId = resident.community.id;
  tx.authorise(Resident, 'unmask', { communityId });
  const { all, communityIds, buildingIds } = scopeOf(
    tx.viewer.assignments,
    rolesFor(residentDescriptor, 'unmask'),
    'building',
  );
  if (all || communityIds.includes(communityId)) return;
  const homes = await currentResidencies(tx, resident);
  if (!homes.some((home) => buildingIds.includes(home.building.id)))
    refuse('FORBIDDEN', { field: ['id'], rule: 'U-4' });
}

/** A form sends masked values back as it got them: that is no change, and must never overwrite what is behind the mask. */
function withoutMasks(given: Details, resident: Resident): Details {
  const rest = { ...given };
  for (const column of Object.values(confidentialColumns)) {
    const stored = resident[column];
    const mask = column === 'idNumber' ? maskIdentity : maskPhone;
    if (stored !== null && rest[column] === mask(stored)) delete rest[column];
  }
  return rest;
}

const texts = {
  phone: { zh: '电话应为 7 至 15 位数字', en: 'a phone has 7 to 15 digits' },
  kind: { zh: '请选择证件类型', en: 'say what kind of paper the number belongs to' },
  number: { zh: '证件号码与证件类型不符，请核对', en: 'is no number of that kind of paper; check it' },
} satisfies Record<string, Text>;

/** Phones and document numbers in the form that they are kept in, or the refusal of those that cannot be right. */
function normalised(tx: Tx, given: Details, before?: Resident): Details {
  const issues: { field: string[]; detail: string }[] = [];
  const fault = (field: string, text: Text) => issues.push({ field: [field], detail: say(text, tx.locale) });
  const result = { ...given };
  for (const column of ['phone', 'secondPhone', 'emergencyPhone'] as const) {
    const typed = given[column];
    if (typed == null) continue;
    result[column] = normalPhone(typed);
    if (!isPhone(normalPhone(typed))) fault(column, texts.phone);
  }
  if (given.idNumber != null) result.idNumber = normalIdentity(given.idNumber);
  const kind: IdentityKind | null = given.idKind === undefined ? (before?.idKind ?? null) : given.idKind;
  const number = result.idNumber === undefined ? (before?.idNumber ?? null) : result.idNumber;
  const touched = given.idKind !== undefined || given.idNumber !== undefined;
  if (touched && number !== null && kind === null) fault('idKind', texts.kind);
  if (touched && number !== null && kind !== null && !isIdentityNumber(kind, number))
    fault('idNumber', texts.number);
  if (issues.length > 0) throw new Refusal('VALIDATION', { issues });
  return result;
}
