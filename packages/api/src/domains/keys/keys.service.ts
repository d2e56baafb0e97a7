import { longText, say, type Text } from '@desk/schema';
import type { BorrowerKind } from '@desk/schema/keys/enums';
import { copiesInput, keyInput, keyLoanInput, longestLoanDays } from '@desk/schema/keys/limits';
import { LockMode } from '@mikro-orm/core';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { Refusal, refuse } from '../../platform/errors.ts';
import type { MoveInput } from '../../platform/graphql/payload.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { policyIn } from '../policies/index.ts';
import { ownersOf, Resident } from '../residents/index.ts';
import { Building, Community, Unit } from '../units/index.ts';
import { Key, KeyCopy } from './key.entity.ts';
import { KeyLoan } from './key-loan.entity.ts';
import type {
  KeyAddCopiesInput,
  KeyCreateInput,
  KeyLoanCreateInput,
  KeyLoanExtendInput,
  KeyLoanReportLostInput,
  KeyUpdateInput,
} from './keys.inputs.ts';

const reasonGiven = z.object({ reason: longText });
const reasonOptional = z.object({ reason: longText.nullish() });

/** A key and its copies on the board (handbook K-1). */
export async function createKey(tx: Tx, input: KeyCreateInput): Promise<Key> {
  const { number, opens, boardPlace } = tx.check(keyInput, input);
  const count = tx.check(copiesInput, input.copies ?? 1);
  const place = await placeOf(tx, input);
  tx.authorise(Key, 'create', { communityId: place.community.id, buildingId: place.building?.id ?? null });
  const key = tx.create(Key, { ...place, number, opens, boardPlace: boardPlace ?? null, status: 'ACTIVE' });
  addCopiesTo(tx, key, 0, count);
  return key;
}

export async function updateKey(tx: Tx, input: KeyUpdateInput): Promise<Key> {
  const key = await tx.change(Key, input, 'update');
  return tx.assign(key, tx.check(keyInput.omit({ number: true }).partial(), input));
}

export async function addCopies(tx: Tx, input: KeyAddCopiesInput): Promise<Key> {
  const key = await tx.change(Key, input, 'update');
  if (key.status !== 'ACTIVE') refuse('KEY_RETIRED');
  const copies = await tx.em.find(KeyCopy, { key }, { orderBy: { copyNumber: 'desc' }, limit: 1 });
  addCopiesTo(tx, key, copies[0]?.copyNumber ?? 0, tx.check(copiesInput, input.copies));
  key.updatedAt = tx.now; // the key itself changes too: its version protects the next number
  tx.journal.label(key, { action: 'addCopies' });
  return key;
}

/** Takes a key out of use (handbook K-4); not while a copy is out. */
export async function moveKey(tx: Tx, action: string, input: MoveInput): Promise<Key> {
  const key = tx.move(await tx.change(Key, input, action), action, tx.check(reasonOptional, input).reason);
  if ((await tx.em.count(KeyCopy, { key, state: 'OUT' })) > 0) refuse('KEY_OUT', { rule: 'K-3' });
  return key;
}

/** Lends one copy: identity verified, the owner's consent recorded, never twice at once (handbook K-2, K-3). */
export async function lendKey(tx: Tx, input: KeyLoanCreateInput): Promise<KeyLoan> {
  const { verification, borrowerKind, borrowerPhone, consentBy, consentWay, purpose, note } = tx.check(
    keyLoanInput,
    input,
  );
  const copy = await tx.get(KeyCopy, input.copy, 'copy');
  tx.authorise(KeyLoan, 'create', { communityId: copy.community.id, buildingId: copy.building?.id ?? null });
  // The key first: it must not be retired meanwhile. Then the copy as it is once all others are done with it.
  const key = await tx.em.findOneOrFail(Key, { id: copy.key.id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  await tx.lock(copy);
  if (!verification) return refuse('IDENTITY_UNVERIFIED', { field: ['verification'] });
  if (key.status !== 'ACTIVE') refuse('KEY_RETIRED', { field: ['copy'] });
  if (copy.state !== 'ON_BOARD') refuse(copy.state === 'LOST' ? 'KEY_LOST' : 'KEY_OUT', { field: ['copy'] });
  if (consentBy && !consentWay) refuse('REQUIRED', { field: ['consentWay'] });
  if (consentWay && !consentBy) refuse('REQUIRED', { field: ['consentBy'] });

  const { resident, borrowerName } = await borrowerOf(tx, copy, input);
  if (!consentBy) await needNoConsent(tx, key, borrowerKind, resident);

  copy.state = 'OUT';
  tx.journal.label(copy, { action: 'lend' });
  return tx.create(KeyLoan, {
    community: copy.community,
    building: copy.building,
    key,
    copy,
    unit: key.unit,
    resident,
    label: `${copy.label} ${borrowerName}`,
    borrowerKind,
    borrowerName,
    borrowerPhone: borrowerPhone ?? resident?.phone ?? null,
    verification,
    verifiedBy: tx.viewer.actor.name,
    consentBy: consentBy ?? null,
    consentWay: consentWay ?? null,
    purpose,
    note: note ?? null,
    status: 'OUT',
    overdueStep: 'NONE',
    dueAt: input.dueAt ? dueIn(tx, new Date(input.dueAt)) : await endOfShift(tx, copy.community.id),
    returnedAt: null,
  });
}

/** Back to its place on the board (handbook K-3). */
export async function moveLoan(tx: Tx, action: string, input: MoveInput): Promise<KeyLoan> {
  const loan = tx.move(
    await tx.change(KeyLoan, input, action),
    action,
    tx.check(reasonOptional, input).reason,
  );
  loan.returnedAt = tx.now;
  const copy = await tx.em.findOneOrFail(KeyCopy, { id: loan.copy.id });
  copy.state = 'ON_BOARD';
  tx.journal.label(copy, { action: 'return' });
  return loan;
}

export async function extendLoan(tx: Tx, input: KeyLoanExtendInput): Promise<KeyLoan> {
  const loan = await tx.change(KeyLoan, input, 'extend');
  tx.move(loan, 'extend', tx.check(reasonGiven, input).reason);
  loan.dueAt = dueIn(tx, new Date(input.dueAt));
  loan.overdueStep = 'NONE';
  return loan;
}

/** A lost copy never comes back to the board; its key is to be retired and the lock changed (handbook K-4). */
export async function reportLost(tx: Tx, input: KeyLoanReportLostInput): Promise<KeyLoan> {
  const loan = await tx.change(KeyLoan, input, 'reportLost');
  tx.move(loan, 'reportLost', tx.check(reasonGiven, input).reason);
  const copy = await tx.em.findOneOrFail(KeyCopy, { id: loan.copy.id });
  copy.state = 'LOST';
  tx.journal.label(copy, { action: 'reportLost' });
  return loan;
}

/** Who borrows: a registered resident under its own name, or somebody who is named. */
async function borrowerOf(
  tx: Tx,
  copy: KeyCopy,
  input: KeyLoanCreateInput,
): Promise<{ resident: Resident | null; borrowerName: string }> {
  const { borrowerKind, borrowerName } = tx.check(keyLoanInput, input);
  const fault = (field: string, text: Text): never => {
    throw new Refusal('VALIDATION', {
      issues: [{ field: [field], detail: say(text, tx.locale) }],
      rule: 'K-2',
    });
  };
  if (borrowerKind !== 'RESIDENT') {
    if (input.resident) fault('resident', texts.resident);
    return { resident: null, borrowerName: borrowerName ?? refuse('REQUIRED', { field: ['borrowerName'] }) };
  }
  if (!input.resident) return refuse('REQUIRED', { field: ['resident'] });
  const resident = await tx.get(Resident, input.resident, 'resident');
  if (resident.community.id !== copy.community.id) refuse('PLACE_MISMATCH', { field: ['resident'] });
  // For a company somebody comes; a person comes in person, or is not the borrower.
  if (resident.kind === 'PERSON' && borrowerName && borrowerName !== resident.name)
    fault('borrowerName', texts.name);
  return { resident, borrowerName: borrowerName ?? resident.name };
}

const texts = {
  resident: { zh: '借用人类别须为“住户”', en: 'only when the borrower is a resident' },
  name: { zh: '与所选住户姓名不一致', en: 'is not the name of the resident' },
} satisfies Record<string, Text>;

/**
 * Without an owner's recorded consent only an owner borrows the key of a unit (handbook K-2). Staff may also fetch the
 * key of a unit that has no owner on file: vacant units are inspected (H-2), and nobody could be asked.
 */
async function needNoConsent(
  tx: Tx,
  key: Key,
  borrowerKind: BorrowerKind,
  resident: Resident | null,
): Promise<void> {
  if (!key.unit) return;
  const owners = await ownersOf(tx, await tx.em.findOneOrFail(Unit, { id: key.unit.id }));
  if (owners.some((owner) => owner.id === resident?.id)) return;
  if (borrowerKind === 'STAFF' && owners.length === 0) return;
  refuse('CONSENT_REQUIRED', { field: ['consentBy'] });
}

function dueIn(tx: Tx, dueAt: Date): Date {
  const latest = DateTime.fromJSDate(tx.now).plus({ days: longestLoanDays }).toJSDate();
  if (dueAt <= tx.now || dueAt > latest)
    refuse('DUE_OUT_OF_RANGE', { field: ['dueAt'], values: { days: longestLoanDays } });
  return dueAt;
}

/** The next end of a shift by the community's policy and in its zone (handbook K-3). */
async function endOfShift(tx: Tx, communityId: string): Promise<Date> {
  const { timeZone } = await tx.em.findOneOrFail(Community, { id: communityId });
  const now = DateTime.fromJSDate(tx.now, { zone: timeZone });
  const { numbers } = await policyIn(tx, communityId);
  const today = now.startOf('day').set({ hour: numbers.shiftEndHour, minute: numbers.shiftEndMinute });
  return (today > now ? today : today.plus({ days: 1 })).toJSDate();
}

async function placeOf(
  tx: Tx,
  input: KeyCreateInput,
): Promise<{ community: Community; building: Building | null; unit: Unit | null }> {
  const unit = input.unit ? await tx.get(Unit, input.unit, 'unit') : null;
  const named = input.building ? await tx.get(Building, input.building, 'building') : null;
  const around = input.community ? await tx.get(Community, input.community, 'community') : null;
  const building = unit?.building ?? named;
  const community =
    unit?.community ?? named?.community ?? around ?? refuse('REQUIRED', { field: ['community'] });
  if (named && named.id !== building?.id) refuse('PLACE_MISMATCH', { field: ['building'] });
  if (around && around.id !== community.id) refuse('PLACE_MISMATCH', { field: ['community'] });
  return { community, building, unit };
}

function addCopiesTo(tx: Tx, key: Key, from: number, count: number): void {
  for (let copyNumber = from + 1; copyNumber <= from + count; copyNumber += 1) {
    tx.create(KeyCopy, {
      community: key.community,
      building: key.building,
      key,
      copyNumber,
      label: `${key.number}/${copyNumber}`,
      state: 'ON_BOARD',
    });
  }
}
