import type { MakeCommand } from './command.ts';
import { demoCommand } from './demo.ts';
import { importCommand } from './import.ts';
import { jobsCommand } from './jobs.ts';
import { organisationCommand } from './organisation.ts';
import { tokenCommand } from './token.ts';
import { userCommand } from './user.ts';

/** All commands of the command line, in the order of `--help`. */
export const commands: readonly MakeCommand[] = [
  tokenCommand,
  userCommand,
  importCommand,
  organisationCommand,
  demoCommand,
  jobsCommand,
];
