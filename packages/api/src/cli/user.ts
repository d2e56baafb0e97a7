import { randomBytes } from 'node:crypto';
import { type Role, staffRoles } from '@desk/schema';
import { Command } from 'commander';
import { createStaff } from '../domains/staff/index.ts';
import { encodeId } from '../platform/ids.ts';
import type { MakeCommand } from './command.ts';
import type { Desk, Organisation } from './desk.ts';
import { Failure, Usage } from './failure.ts';
import { organisationOption, roleOption } from './options.ts';

interface Options {
  email: string;
  name: string;
  role: Role;
  community?: string;
  building?: string[];
  password?: string;
  organisation?: string;
}

export const userCommand: MakeCommand = (open) =>
  new Command('user').description('Accounts of the staff.').addCommand(
    new Command('create')
      .description(
        'Enters a member of the staff with an account to sign in. Prints the password when it makes one.',
      )
      .requiredOption('--email <address>', 'signs in with it')
      .requiredOption('--name <name>', 'as colleagues know the person')
      .addOption(roleOption(staffRoles))
      .option('--community <code>', 'where the role holds; else in the whole organisation')
      .option('--building <name...>', 'for stewards: the buildings of the community that they look after')
      .option('--password <password>', 'at least 10 characters; made and printed when absent')
      .addOption(organisationOption())
      .action(async ({ email, name, role, community, building, password, organisation }: Options) => {
        if (building && community === undefined) throw new Usage('--building needs --community.');
        const desk = await open();
        const where = await desk.organisation(organisation);
        const place = community === undefined ? null : await desk.community(where, community);
        const buildings =
          building && community !== undefined ? await buildingsOf(desk, where, community, building) : null;
        const made = randomBytes(15).toString('base64url');
        const input = {
          email,
          name,
          password: password ?? made,
          assignments: [{ role, community: place, buildings }],
        };
        await desk.write(where, (tx) => createStaff(tx, input));
        process.stderr.write(`${name} can sign in with ${email}.\n`);
        if (password === undefined) process.stdout.write(`${made}\n`);
      }),
  );

async function buildingsOf(
  desk: Desk,
  { id, name }: Organisation,
  community: string,
  names: readonly string[],
): Promise<string[]> {
  const { rows } = await desk.db.owner.query<{ id: string; name: string }>(
    `select b.id, b.name from building b join community c on c.id = b.community_id
     where b.organisation_id = $1 and c.code = $2 order by b.name`,
    [id, community],
  );
  return names.map((wanted) => {
    const found = rows.find((row) => row.name === wanted);
    if (!found)
      throw new Failure(
        `The community "${community}" of "${name}" has no building "${wanted}". It has: ${rows.map((row) => row.name).join(', ') || 'none'}`,
      );
    return encodeId('building', found.id);
  });
}
