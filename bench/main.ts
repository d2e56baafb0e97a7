/** The benchmark: data, peers, the same rows from all, interleaved rounds, plans, a table and JSON. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import pg from 'pg';
import { check } from './checks.ts';
import { databaseOf } from './data.ts';
import { fillPage, resultFile } from './document.ts';
import { lookups } from './lookups.ts';
import { alone, type Contender, type Course, course, race, sameRows } from './measure.ts';
import { type Options, optionsOf, usage } from './options.ts';
import { peers } from './peers.ts';
import { indexFaults } from './plans.ts';
import { type Query, queries, samplesOf } from './queries.ts';
import { type Result, soakLine, table } from './report.ts';
import { type Tenant, tenantsOf } from './seed.ts';
import { memoryOf, pinToLoad, startPeer } from './servers.ts';
import { soak } from './soak.ts';
import { reached, targetsOf, told } from './targets.ts';

const tell = (line: string): void => console.error(line);

/** Resolves with the exit code: 1 when something does not hold that must, however slow the machine. */
export async function main(args: string[]): Promise<number> {
  let options: Options | undefined;
  try {
    options = optionsOf(args);
  } catch (error) {
    tell(`${error instanceof Error ? error.message : error}\n`);
  }
  if (!options) {
    console.log(usage);
    return args.includes('--help') ? 0 : 1;
  }
  if (options.document) {
    fillPage();
    return 0;
  }
  const server = await databaseOf(options.scale, tell);
  const running: Contender[] = [];
  const owner = new pg.Pool({ connectionString: server.url, max: 2, options: '-c timezone=UTC' });
  try {
    if (options.seed) return 0;
    const tenants = await tenantsOf(server.url);
    if (server.postmaster) pinToLoad(server.postmaster);
    pinToLoad(process.pid);
    for (const kind of peers) {
      if (kind.name !== 'ours' && (options.soak || !options.peers(kind.name))) continue;
      tell(`Starting ${kind.name}…`);
      const env = {
        ...kind.env,
        DATABASE_URL: server.url,
        APP_DATABASE_URL: server.appUrl ?? '',
        DATABASE_POOL: '20',
      };
      const flags =
        kind.name === 'ours' && options.profile ? ['--cpu-prof', `--cpu-prof-dir=${options.profile}`] : [];
      running.push({ kind, peer: await startPeer(kind.name, kind.script, env, flags) });
    }
    const [ours] = running;
    if (!ours) throw new Error('ours does not run');
    const coursesOf = async (
      asked: readonly Query[],
      whose: readonly Tenant[],
      who: readonly Contender[],
    ) => {
      const courses: Course[] = [];
      for (const query of asked) courses.push(course(query, await samplesOf(owner, query, whose), who));
      return courses;
    };
    const courses = await coursesOf(
      queries.filter(({ name }) => options.only(name)),
      tenants,
      running,
    );
    if (options.soak) {
      const shots = courses.flatMap(({ runners }) => runners[0]?.shots ?? []);
      const found = await soak(ours.peer, shots, options.minutes, tell);
      console.log(soakLine(found));
      save(options.files, { ...saved(options.scale), soak: found });
      return found.flat ? 0 : 1;
    }
    for (const one of courses) await sameRows(one);

    const loadBefore = Math.round((loadavg()[0] ?? 0) * 100) / 100;
    const figures = await race(courses, { ...options, postmaster: server.postmaster, tell });
    tell('One connection…');
    const waits = await alone(courses, options.seconds);
    const words = await alone(await coursesOf(lookups, tenants.slice(0, 1), [ours]), options.seconds / 2);
    const bySize = await sizes(
      await coursesOf(sized(), tenants.slice(0, 1), [ours]),
      await coursesOf(sized(), tenants.slice(-1), [ours]),
      options.seconds,
    );
    const { soak: lastSoak } = saved(options.scale);
    const result: Result = {
      at: new Date().toISOString(),
      scale: options.scale,
      seconds: options.seconds,
      rounds: options.rounds,
      connections: options.connections,
      loadBefore,
      memory: memoryOf(ours.peer.pid),
      queries: [...figures].map(([{ name, title }, byPeer]) => ({
        name,
        title,
        alone: waits.get(name) ?? null,
        peers: Object.fromEntries(byPeer),
      })),
      lookups: lookups.flatMap(({ name, title }) => {
        const wait = words.get(name);
        return wait ? [{ title, wait }] : [];
      }),
      ...(options.scale === '10m' && { sizes: bySize }),
      checks: await check(
        server.url,
        courses.flatMap(({ query, samples: [sample] }) => (sample ? [{ query, sample }] : [])),
      ),
      ...(lastSoak && { soak: lastSoak }),
    };
    console.log(table(result));
    // Of a small table the planner rightly reads all.
    if (options.plans && options.scale !== 'small') {
      tell('Plans…');
      result.faults = await indexFaults(server.url, tenants[0]?.id ?? '');
    }
    const faults = [...(result.checks?.faults ?? []), ...(result.faults ?? [])];
    const targets = targetsOf(result);
    console.log(`\n${targets.map(told).join('\n')}`);
    console.log(
      faults.length === 0
        ? '\nCompiled, prepared, read through indexes: yes.'
        : `\nThese must not be:\n  ${faults.join('\n  ')}`,
    );
    console.log(`${targets.filter(reached).length} of ${targets.length} targets reached.`);
    save(options.files, result);
    return faults.length === 0 ? 0 : 1;
  } finally {
    for (const { peer } of running) await peer.stop();
    await owner.end();
    await server.stop();
  }
}

/** What must not depend on the number of tickets. */
const sized = (): Query[] =>
  queries.filter(({ name }) => name === 'tickets' || name === 'page1000' || name === 'ticket');

/** The largest organisation and the smallest in turn. */
async function sizes(
  large: readonly Course[],
  small: readonly Course[],
  seconds: number,
): Promise<NonNullable<Result['sizes']>> {
  const found: NonNullable<Result['sizes']> = [];
  for (const [at, one] of large.entries()) {
    const other = small[at];
    if (!other) continue;
    const { name } = one.query;
    // One after the other in short turns, so that noise hits both.
    const twins = [one, { ...other, query: { ...other.query, name: `${name} small` } }];
    const waits = await alone(twins, 2 * seconds, 9);
    const [first, second] = [waits.get(name), waits.get(`${name} small`)];
    if (first && second) found.push({ name, large: first, small: second });
  }
  return found;
}

function saved(scale: string): Partial<Result> {
  const file = resultFile(scale);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function save(files: readonly string[], result: Partial<Result>): void {
  for (const file of files) writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
}
