/** What must hold whatever the machine does: queries are compiled, statements prepared and planned once, and few. */
import { domains } from '../packages/api/src/domains.ts';
import { systemViewer } from '../packages/api/src/platform/auth/system.ts';
import { systemClock } from '../packages/api/src/platform/clock.ts';
import type { Context } from '../packages/api/src/platform/context.ts';
import { openDatabase } from '../packages/api/src/platform/db/database.ts';
import { Engine } from '../packages/api/src/platform/graphql/engine.ts';
import { schemaOf } from '../packages/api/src/platform/graphql/schema.ts';
import { Reader } from '../packages/api/src/platform/read/reader.ts';
import type { Query, Sample } from './queries.ts';

export interface Checks {
  /** SQL statements that one request of each query takes. */
  statements: Record<string, number>;
  /** What does not hold, a line each. */
  faults: string[];
}

const mostOfTheList = 3;

export async function check(
  url: string,
  asked: readonly { query: Query; sample: Sample }[],
): Promise<Checks> {
  const engine = new Engine(schemaOf(domains), { error: () => undefined } as unknown as Engine['log']);
  const db = await openDatabase({
    url,
    pool: 1, // so that what is prepared stands in the session that is looked at
    readSeconds: 60,
    entities: domains.flatMap((domain) => domain.entities) as (new () => object)[],
  });
  const statements: Record<string, number> = {};
  const faults: string[] = [];
  const ranges = new Set<string>();
  const looked = 'select statement, generic_plans::int, custom_plans::int from pg_prepared_statements';
  try {
    for (const { query, sample } of asked) {
      const prepared = engine.prepare(query.ours);
      if ('errors' in prepared) throw new Error(`${query.name}: ${prepared.errors[0]?.message}`);
      if (!engine.executable(prepared.document, undefined)) faults.push(`${query.name} is not compiled`);
      const viewer = systemViewer(sample.tenant.id, 'bench');
      // Twice: what is not prepared would be so again.
      for (let turn = 0; turn < 2; turn += 1) {
        const before = db.statements();
        const read = new Reader(viewer, 'en', (text, ...rest) => {
          if (rest[1] === 'ranges') ranges.add(text);
          return db.read(sample.tenant.id, text, ...rest);
        });
        const context = { viewer, locale: 'en', clock: systemClock, read } as Context;
        const { errors } = await engine.run(
          prepared.document,
          null,
          query.variables?.(sample) ?? {},
          context,
        );
        if (errors) throw new Error(`${query.name}: ${JSON.stringify(errors)}`);
        statements[query.name] = db.statements() - before;
      }
      for (const [statement, generic, custom] of await db.read(sample.tenant.id, looked, [])) {
        const text = String(statement);
        if (text === looked || text.includes("set_config('app.org'") || ranges.has(text)) continue;
        if (Number(generic) + Number(custom) < 2)
          faults.push(`${query.name}: prepared again: ${text.slice(0, 80)}…`);
        if (Number(custom) > 0)
          faults.push(`${query.name}: planned at each execution: ${text.slice(0, 80)}…`);
      }
    }
  } finally {
    await db.close();
  }
  if ((statements.tickets ?? 0) > mostOfTheList)
    faults.push(`the list of 50 tickets takes ${statements.tickets} statements, more than ${mostOfTheList}`);
  return { statements, faults: [...new Set(faults)] };
}
