import { Command, Option } from 'commander';
import { demoOrganisation } from '../demo/accounts.ts';
import { type DemoSize, demoSignIns, demoSizes, loadDemo } from '../demo/index.ts';
import type { MakeCommand } from './command.ts';
import { Failure } from './failure.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

export const demoCommand: MakeCommand = (open) =>
  new Command('demo').description('Data to try the product with.').addCommand(
    new Command('load')
      .description('Loads the demo organisation with its staff, places and work, and prints the sign-ins.')
      .addOption(
        new Option(
          '--size <size>',
          'small: two communities; medium: 2,000 units more; large: 20,000 more with 200,000 tickets',
        )
          .choices(demoSizes)
          .default('small'),
      )
      .action(async ({ size }: { size: DemoSize }) => {
        const desk = await open();
        const { rowCount } = await desk.db.owner.query('select from organisation where name = $1', [
          demoOrganisation,
        ]);
        if (rowCount) throw new Failure(`The demo organisation "${demoOrganisation}" is here already.`);
        await loadDemo(desk.target(), say, { size });
        process.stdout.write(`${demoSignIns().join('\n')}\n`);
      }),
  );
