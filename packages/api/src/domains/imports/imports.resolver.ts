import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { childrenField } from '../../platform/graphql/declare.ts';
import { payloadOf } from '../../platform/graphql/payload.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import type { Row } from '../../platform/read/plan.ts';
import { runnerOf } from './host.ts';
import { Import, ImportProblem } from './import.entity.ts';
import { ImportRunInput } from './imports.inputs.ts';
import { startRun } from './imports.service.ts';

const ImportPayload = payloadOf(Import);

@Resolver()
class ImportCommands {
  @Mutation(() => ImportPayload, {
    description:
      'Runs an uploaded file: in the background, all or nothing unless `skipBad`. Ask `import(id)` how far it is. Running the same file again changes nothing.',
  })
  async importRun(
    @Arg('input', () => ImportRunInput, { description: 'Everything that the command takes.' })
    input: ImportRunInput,
    @Ctx() { write, viewer, locale, services }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    const runner = runnerOf(services);
    let started: string | undefined;
    const payload = await write.run(Import, info, input, async (tx) => {
      const run = await startRun(tx, input, runner.pathOf);
      started = run.id;
      return run;
    });
    // Not when the answer is the kept one of an earlier call with the same key.
    if (started && viewer && payload.userErrors.length === 0) await runner.start(started, viewer, locale);
    return payload;
  }
}

@Resolver(() => ImportProblem)
class ProblemFields {
  @FieldResolver(() => String, { description: "What is wrong, in the caller's language." })
  message(
    @Root() { uuid }: Row,
    @Ctx() { read, locale }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<string> {
    const column = locale === 'en' ? 'message_en' : 'message_zh';
    const load = read.loader(info.fieldNodes[0], 'message', async (keys) => {
      const rows = await read.run(`select id, ${column} from import_problem where id = any($1::uuid[])`, [
        keys,
      ]);
      const found = new Map(rows as [string, string][]);
      return keys.map((id) => found.get(id) ?? '');
    });
    return load(uuid);
  }
}

export const importResolvers = [
  ...resourceResolvers(Import),
  ...resourceResolvers(ImportProblem),
  childrenField(
    Import,
    'problems',
    ImportProblem,
    'import',
    'What was found about the rows of the latest run; the first 10,000 are kept.',
  ),
  ImportCommands,
  ProblemFields,
];
