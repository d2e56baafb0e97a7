import { inScope, scopeOf } from '@desk/schema';
import { absenceInput, dutyInput, longestPeriodDays } from '@desk/schema/policies/limits';
import { Refusal, refuse } from '../../platform/errors.ts';
import type { Aggregate } from '../../platform/model.ts';
import { Reader } from '../../platform/read/reader.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { Outcome } from '../../platform/write/writer.ts';
import { assignmentsOf, Staff } from '../staff/index.ts';
import { Building, Community } from '../units/index.ts';
import type {
  AbsenceCreateInput,
  AbsenceRemoveInput,
  AbsenceUpdateInput,
  DutyCreateInput,
  DutyRemoveInput,
  DutyUpdateInput,
} from './policies.inputs.ts';
import { Absence, Duty } from './roster.entity.ts';

/** Puts somebody on the roster (handbook S-5): in a role that he holds there. */
export async function createDuty(tx: Tx, input: DutyCreateInput): Promise<Duty> {
  const community = await tx.get(Community, input.community, 'community');
  tx.authorise(Duty, 'create', { communityId: community.id });
  const staff = await tx.get(Staff, input.staff, 'staff');
  const building = input.building ? await tx.get(Building, input.building, 'building') : null;
  if (building && building.community.id !== community.id) refuse('PLACE_MISMATCH', { field: ['building'] });
  const { startsAt, endsAt, role, department, lead, note } = tx.check(dutyInput, input);
  if (lead && !department) refuse('REQUIRED', { field: ['department'], rule: 'P-5' });
  const fields = { role, department: department ?? null, lead: lead ?? false, note: note ?? null };
  const duty = tx.create(Duty, fields, { community, staff, building, ...period(startsAt, endsAt) });
  await holdsRole(tx, duty);
  return duty;
}

export async function updateDuty(tx: Tx, input: DutyUpdateInput): Promise<Duty> {
  const duty = await tx.change(Duty, input, 'update');
  const { startsAt, endsAt, note } = tx.check(
    dutyInput.pick({ startsAt: true, endsAt: true, note: true }).partial(),
    input,
  );
  if (input.staff) duty.staff = await tx.get(Staff, input.staff, 'staff');
  tx.assign(duty, { note, ...period(startsAt ?? duty.startsAt, endsAt ?? duty.endsAt) } as Partial<Duty>);
  await holdsRole(tx, duty);
  return duty;
}

/** Enters an absence (handbook S-5); the person is away in every community. */
export async function createAbsence(tx: Tx, input: AbsenceCreateInput): Promise<Absence> {
  const community = await tx.get(Community, input.community, 'community');
  tx.authorise(Absence, 'create', { communityId: community.id });
  const staff = await tx.get(Staff, input.staff, 'staff');
  const { startsAt, endsAt, kind, note } = tx.check(absenceInput, input);
  return tx.create(Absence, { kind, note: note ?? null, community, staff, ...period(startsAt, endsAt) });
}

export async function updateAbsence(tx: Tx, input: AbsenceUpdateInput): Promise<Absence> {
  const absence = await tx.change(Absence, input, 'update');
  const { startsAt, endsAt, ...changes } = tx.check(absenceInput.partial(), input);
  const times = period(startsAt ?? absence.startsAt, endsAt ?? absence.endsAt);
  return tx.assign(absence, { ...changes, ...times } as Partial<Absence>);
}

export const removeDuty = (tx: Tx, input: DutyRemoveInput): Promise<Outcome<Duty>> => remove(tx, Duty, input);
export const removeAbsence = (tx: Tx, input: AbsenceRemoveInput): Promise<Outcome<Absence>> =>
  remove(tx, Absence, input);

async function remove<T extends Aggregate>(
  tx: Tx,
  entity: new () => T,
  input: { id: string; version: number },
): Promise<Outcome<T>> {
  tx.em.remove(await tx.change(entity, input, 'remove'));
  return { record: null };
}

function period(startsAt: string | Date, endsAt: string | Date): { startsAt: Date; endsAt: Date } {
  const [from, to] = [new Date(startsAt), new Date(endsAt)];
  const days = longestPeriodDays;
  if (to <= from || to.getTime() - from.getTime() > days * 86_400_000)
    throw new Refusal('PERIOD_WRONG', { field: ['endsAt'], values: { days }, rule: 'S-5' });
  return { startsAt: from, endsAt: to };
}

/** Nobody is put on duty as what he is not (handbook P-3). */
async function holdsRole(tx: Tx, { staff: { id }, role, community, building }: Duty): Promise<void> {
  const staff = await tx.em.findOneOrFail(Staff, { id });
  const reader = new Reader(tx.viewer, tx.locale, (text, values) => runInside(tx.em, text, values));
  const [assignments = []] = await assignmentsOf(reader, [staff.id]);
  const place = { communityId: community.id, buildingId: building?.id ?? null };
  const level = building ? 'building' : 'community';
  if (!staff.active || !inScope(scopeOf(assignments, new Set([role]), level), place))
    refuse('ASSIGNEE_UNAVAILABLE', { field: ['staff'], rule: 'S-5' });
}
