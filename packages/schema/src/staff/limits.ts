import { z } from 'zod';
import { shortText } from '../limits.ts';
import { machineRoles, roleNames, staffRoles } from '../roles.ts';

export const email = z
  .string()
  .trim()
  .max(254)
  .transform((text) => text.toLowerCase())
  .pipe(z.email());

/** Characters, not bytes. Long beats complicated. */
export const password = z.string().min(10).max(128);

export const roleAssignment = z.object({
  role: z.enum(staffRoles),
  community: z.string().nullish(),
  buildings: z.array(z.string()).min(1).max(500).nullish(),
});

const roleAssignments = z.array(roleAssignment).min(1).max(50);

export const staffInput = z.object({ name: shortText, email, assignments: roleAssignments });
export const staffChange = z.object({ ...staffInput.shape, active: z.boolean() }).partial();

/** What administrators hand out in the console. */
export const apiTokenInput = z.object({
  name: shortText,
  role: z.enum(machineRoles),
  community: z.string().nullish(),
});
/** What operators hand out on the server itself: any role. */
export const operatorTokenInput = apiTokenInput.extend({ role: z.enum(roleNames) });

/** Days that a token lives when nothing else is asked for, and at most. */
export const tokenDays = { usual: 365, most: 1100 } as const;
