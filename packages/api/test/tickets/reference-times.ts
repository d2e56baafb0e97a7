/** Times that are agreed with the resident, as the handbook tells it (T-04, T-05, T-08); see `reference-life.ts`. */
import type { Life, PromiseKind, Seen } from './reference-life.ts';

/** An appointment later than the one that stands (T-08). */
const isPutOff = (life: Life, seen: Seen, at: number): boolean =>
  life.open.has('ARRIVAL') && !life.urgent && seen.appointed && at > (seen.due.ARRIVAL ?? 0);
/** Once (T-08), and no time that has passed (T-05). */
export const mayAppoint = (life: Life, seen: Seen, at: number): boolean =>
  at > seen.now && (!isPutOff(life, seen, at) || (life.open.get('ARRIVAL')?.putOff ?? 0) < 1);
export function appointed(life: Life, seen: Seen, at: number): void {
  const arrival = life.open.get('ARRIVAL');
  if (arrival && isPutOff(life, seen, at)) arrival.putOff += 1;
  // A time agreed anew ends the waiting that the resident had agreed to.
  if (arrival && !life.urgent && at !== seen.appointmentAt) arrival.stands = null;
  life.appointment = true;
}
/** How long a resident agrees to wait. */
export const waitFor = 2 * 3_600_000;
export const appointmentIn = 3 * 3_600_000;
export const week = 7 * 86_400_000;
/** Where a promise is put off to. */
export const putOffTo = ({ now, due }: Seen, promise: PromiseKind): number =>
  Math.max(now, due[promise] ?? 0) + 3_600_000;
