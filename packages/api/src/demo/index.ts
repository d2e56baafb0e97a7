import { roles, say } from '@desk/schema';
import { createOrganisation } from '../domains/staff/index.ts';
import { hashPassword } from '../platform/auth/passwords.ts';
import { demoAccounts, demoMailDomain, demoOrganisation, demoPassword } from './accounts.ts';
import { makeCalls } from './calls.ts';
import { makeFees } from './fees.ts';
import { makeKeys } from './keys.ts';
import { makeNotices, makeProfiles } from './notices.ts';
import { makePermits } from './permits.ts';
import { makePlaces } from './places.ts';
import { type DemoTarget, Player } from './player.ts';
import { makePromises } from './promises.ts';
import { Random } from './random.ts';
import { makeCatalogue, makeLives } from './ticket-lives.ts';
import { makeTickets } from './tickets.ts';
import { makeViews } from './views.ts';
import { addVolume, volumes } from './volume.ts';

export const demoSizes = ['small', 'medium', 'large'] as const;
export type DemoSize = (typeof demoSizes)[number];

/** Whether any organisation exists; the demo is loaded by itself into an empty database only. */
export async function isEmpty({ services }: DemoTarget): Promise<boolean> {
  const { rows } = await services.db.owner.query('select 1 from organisation limit 1');
  return rows.length === 0;
}

/** Whether the demo organisation is here, so that its sign-ins are worth printing. */
export async function hasDemo({ services }: DemoTarget): Promise<boolean> {
  const { rows } = await services.db.owner.query('select 1 from auth_user where email = $1', [
    demoAccounts[0]?.email,
  ]);
  return rows.length > 0;
}

/** The sign-ins, a line each. */
export function demoSignIns(): string[] {
  const width = Math.max(...demoAccounts.map(({ email }) => email.length));
  return [
    `Demo sign-ins, password ${demoPassword}:`,
    ...demoAccounts.map(
      ({ email, role }) => `  ${email.padEnd(width)}  ${say(roles[role], 'zh-CN')} ${say(roles[role], 'en')}`,
    ),
  ];
}

export interface DemoOptions {
  /** Name of the organisation to make. */
  name?: string;
  /** Domain of the sign-ins; they are unique in an installation. */
  mailDomain?: string;
  size?: DemoSize;
}

/** Loads the demo organisation: two communities, residents, and the work of the last days in every state. Answers its UUID. */
export async function loadDemo(
  target: DemoTarget,
  tell: (line: string) => void,
  options: DemoOptions = {},
): Promise<string> {
  const { name = demoOrganisation, mailDomain = demoMailDomain, size = 'small' } = options;
  const { db, clock } = target.services;
  const today = clock.now();
  const { id } = await createOrganisation(db, clock, { name, actor: 'demo' });
  const player = new Player(target, id, new Date(today.getTime() - 30 * 24 * 3_600_000));
  const random = new Random(20_261_122);
  const hash = await hashPassword(demoPassword);
  for (const account of demoAccounts)
    await player.staff(account.role, account.name, account.email.replace(demoMailDomain, mailDomain), hash);
  tell('Demo: places and residents…');
  const units = await makePlaces(player, random);
  tell('Demo: tickets…');
  const catalogue = await makeCatalogue(player);
  await makeTickets(player, random, units, today, 48);
  await makeLives(player, units, catalogue, today);
  await makePromises(player, units, today);
  tell('Demo: fees…');
  await makeFees(player, random, units, today);
  tell('Demo: renovation permits and keys…');
  await makePermits(player, units, today);
  await makeKeys(player, random, units, today);
  await makeCalls(player, units, today);
  await makeNotices(player, units, today);
  await makeProfiles(player, units, today);
  await makeViews(player, units);
  if (size !== 'small') await addVolume(db.owner, id, volumes[size], tell);
  return id;
}
