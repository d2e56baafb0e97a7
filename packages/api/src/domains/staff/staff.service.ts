import { password as passwordLimits, staffChange, staffInput } from '@desk/schema/staff/limits';
import { staffRefusals } from '@desk/schema/staff/refusals';
import { z } from 'zod';
import { hashPassword } from '../../platform/auth/passwords.ts';
import { newUuid } from '../../platform/ids.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { accessOf, invalid, placesOf, writeAssignments } from './assignments.ts';
import { Staff } from './staff.entity.ts';
import type { StaffCreateInput, StaffSetPasswordInput, StaffUpdateInput } from './staff.inputs.ts';

const withPassword = z.object({ password: passwordLimits });

/** Enters somebody with account and roles, all or nothing. `passwordHash` spares the hashing where many share a password. */
export async function createStaff(
  tx: Tx,
  input: Omit<StaffCreateInput, 'idempotencyKey'>,
  passwordHash?: string,
): Promise<Staff> {
  tx.authoriseOrganisation(Staff, 'create');
  const { name, email, password, assignments } = tx.check(staffInput.extend(withPassword.shape), input);
  const places = await placesOf(tx, assignments);
  const userId = newUuid();
  await runInside(tx.em, 'select staff_user_create($1, $2, $3, $4)', [
    userId,
    email,
    name,
    passwordHash ?? (await hashPassword(password)),
  ]);
  const staff = tx.create(Staff, {
    userId,
    name,
    email,
    active: true,
    access: accessOf(places),
    passwordSetAt: null,
  });
  await tx.em.flush();
  await writeAssignments(tx, staff.id, places);
  return staff;
}

/** Changes data, roles and whether the account may sign in. An organisation keeps an active administrator. */
export async function updateStaff(tx: Tx, input: StaffUpdateInput): Promise<Staff> {
  const staff = await tx.change(Staff, input, 'update');
  const { assignments, ...changes } = tx.check(staffChange, input);
  const { name, email, active } = changes;
  const places = assignments && (await placesOf(tx, assignments));
  const steps = places?.every((place) => place.role !== 'ADMINISTRATOR')
    ? 'assignments'
    : active === false
      ? 'active'
      : undefined;
  if (steps) await keepAnAdministrator(tx, staff, steps);
  tx.assign(staff, { ...changes, ...(places && { access: accessOf(places) }) });
  if (places) await writeAssignments(tx, staff.id, places);
  if (name !== undefined || email !== undefined)
    await runInside(tx.em, 'select staff_user_rename($1, $2, $3)', [staff.userId, staff.email, staff.name]);
  if (active === false) await endSessions(tx, staff);
  return staff;
}

/** A new password, known to the administrator: all sessions of the account end. */
export async function setPassword(tx: Tx, input: StaffSetPasswordInput): Promise<Staff> {
  const staff = await tx.change(Staff, input, 'update');
  const { password } = tx.check(withPassword, input);
  await runInside(tx.em, 'select staff_password_set($1, $2)', [staff.userId, await hashPassword(password)]);
  await endSessions(tx, staff);
  tx.journal.label(staff, { action: 'setPassword' });
  return tx.assign(staff, { passwordSetAt: tx.now });
}

const endSessions = (tx: Tx, staff: Staff) =>
  runInside(tx.em, 'select staff_sessions_end($1)', [staff.userId]);

async function keepAnAdministrator(tx: Tx, staff: Staff, field: string): Promise<void> {
  // One at a time: two administrators who dismiss each other must not both succeed.
  await runInside(tx.em, 'select from organisation for update', []);
  const [row] = await runInside(
    tx.em,
    `select bool_or(s.id = $1) as this, bool_or(s.id <> $1) as another from role_assignment a join staff s on s.id = a.staff_id
     where a.role = 'ADMINISTRATOR' and s.active`,
    [staff.id],
  );
  if (row?.[0] && !row[1]) invalid([field], staffRefusals.lastAdministrator);
}
