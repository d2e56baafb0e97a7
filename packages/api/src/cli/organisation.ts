import { Command } from 'commander';
import { createOrganisation } from '../domains/staff/index.ts';
import type { MakeCommand } from './command.ts';
import { Failure } from './failure.ts';

export const organisationCommand: MakeCommand = (open) =>
  new Command('organisation')
    .description('Organisations: property companies whose data never mixes.')
    .addCommand(
      new Command('create')
        .description(
          'Makes an organisation and prints its id. Its first administrator comes with "user create".',
        )
        .requiredOption('--name <name>', 'name of the company; no other organisation here may have it')
        .action(async ({ name }: { name: string }) => {
          const { db, clock } = await open();
          const { rowCount } = await db.owner.query('select from organisation where name = $1', [
            name.trim(),
          ]);
          if (rowCount) throw new Failure(`There is an organisation "${name.trim()}" already.`);
          const { publicId } = await createOrganisation(db, clock, { name, actor: 'cli' });
          process.stdout.write(`${publicId}\n`);
        }),
    );
