import { refuse } from '../../platform/errors.ts';

/** How far ahead a visit may be agreed. */
const farthestDays = 60;

/** The time of a visit, which lies ahead, and not too far (handbook T-05). */
export function aheadOf(now: Date, visit: Date, field: string): Date {
  const ahead = visit.getTime() - now.getTime();
  if (ahead <= 0 || ahead > farthestDays * 86_400_000)
    refuse('APPOINTMENT_PAST', { field: [field], values: { days: farthestDays } });
  return visit;
}
