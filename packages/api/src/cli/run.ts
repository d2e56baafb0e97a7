import { Command, CommanderError } from 'commander';
import type { OpenDesk } from './command.ts';
import { commands } from './commands.ts';
import { type Desk, openDesk } from './desk.ts';
import { Usage, wordsOf } from './failure.ts';

/** Runs one command line. Answers the exit code: 0 done, 1 failed, 2 the command line itself is wrong. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  let opened: Desk | undefined;
  const open: OpenDesk = async () => {
    opened ??= await openDesk(env);
    return opened;
  };
  const program = new Command('npm run cli --').description(
    'Commands for operators of the property-service desk.',
  );
  for (const command of commands) program.addCommand(command(open));
  for (const command of everyCommand(program))
    command.exitOverride().showHelpAfterError('(--help shows what there is)');
  try {
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`${wordsOf(error, env)}\n`);
    return error instanceof Usage ? 2 : 1;
  } finally {
    await opened?.close();
  }
}

function* everyCommand(command: Command): Generator<Command> {
  yield command;
  for (const below of command.commands) yield* everyCommand(below);
}
