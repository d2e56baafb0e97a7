import type { Role } from '@desk/schema';
import { tokenDays } from '@desk/schema/staff/limits';
import { Command } from 'commander';
import { DateTime, type DurationLikeObject } from 'luxon';
import { createOperatorToken } from '../domains/staff/index.ts';
import type { MakeCommand } from './command.ts';
import { duration, organisationOption, roleOption } from './options.ts';

interface Options {
  role: Role;
  community?: string;
  expires?: DurationLikeObject;
  name?: string;
  organisation?: string;
}

export const tokenCommand: MakeCommand = (open) =>
  new Command('token').description('Access tokens of machines.').addCommand(
    new Command('create')
      .description('Makes a bearer token and prints it, and only it. It cannot be shown again.')
      .addOption(roleOption())
      .option('--community <code>', 'limits it to one community; else it holds for the whole organisation')
      .option(
        '--expires <duration>',
        `90m, 12h, 1d, 2w …; at most ${tokenDays.most}d, and ${tokenDays.usual}d when absent`,
        duration,
      )
      .option('--name <name>', 'what it is for, as the history names it')
      .addOption(organisationOption())
      .action(async ({ role, community, expires, name, organisation }: Options) => {
        const desk = await open();
        const where = await desk.organisation(organisation);
        const input = {
          name: name ?? `${role.toLowerCase().replaceAll('_', '-')} (command line)`,
          role,
          community: community === undefined ? null : await desk.community(where, community),
          expiresAt: expires ? DateTime.fromJSDate(desk.clock.now()).plus(expires).toISO() : null,
        };
        const { extra } = await desk.write(where, (tx) => createOperatorToken(tx, input));
        process.stdout.write(`${extra.secret}\n`);
      }),
  );
