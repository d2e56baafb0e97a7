/** The benchmark: data, peers, the same rows from all, interleaved rounds, plans, a table and JSON. */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '../packages/api/src/platform/embedded-postgres.ts';
import { migrate } from '../packages/api/src/platform/migrate.ts';
import { fillPage, resultFile } from './document.ts';
import { alone, type Contender, course, race, sameRows } from './measure.ts';
import { peers } from './peers.ts';
import { indexFaults } from './plans.ts';
import { queries, samplesOf } from './queries.ts';
import { type Result, table } from './report.ts';
import { isSeeded, type Scale, scales, seed, tenantsOf } from './seed.ts';
import { memoryOf, pinToLoad, postmasterOf, startPeer } from './servers.ts';
import { soak } from './soak.ts';

const usage = `npm run bench -- [options]
  --scale small|200k|10m   tickets of the largest organisation: 10,000, 200,000 (default) or 10,000,000
  --seconds <n>            of each measurement (3)
  --rounds <n>             medians are of so many (5)
  --connections <n>        (64)
  --only <a,b>             queries: ${queries.map(({ name }) => name).join(', ')}
  --peers <a,b>            peers: ${peers.map(({ name }) => name).join(', ')}; ours always runs
  --profile <folder>       write a CPU profile of ours there
  --soak <seconds>         then load ours for so long and watch its memory (0)
  --seed                   only make the data
  --no-plans               leave out the check of the plans
  --json <file>            where the figures go
  --save                   the same to bench/results/<scale>.json
  --document               measure nothing, fill docs/performance.md from the saved results
DATABASE_URL (a superuser's) measures on a server of your own; else the embedded one keeps its data in .cache/bench/.`;

const tell = (line: string): void => console.error(line);

export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      scale: { type: 'string', default: '200k' },
      seconds: { type: 'string', default: '3' },
      rounds: { type: 'string', default: '5' },
      connections: { type: 'string', default: '64' },
      only: { type: 'string' },
      peers: { type: 'string' },
      profile: { type: 'string' },
      soak: { type: 'string', default: '0' },
      plans: { type: 'boolean', default: true },
      json: { type: 'string' },
      save: { type: 'boolean' },
      document: { type: 'boolean' },
      seed: { type: 'boolean' },
      help: { type: 'boolean' },
    },
    allowNegative: true,
  });
  if (values.help || !(values.scale in scales)) return console.log(usage);
  if (values.document) return fillPage();
  const scale = values.scale as Scale;
  const dataDir = fileURLToPath(new URL(`../.cache/bench/${scale}`, import.meta.url));
  const server = await databaseOf(dataDir, scale);
  if (values.seed) return server.stop();
  const running: Contender[] = [];
  try {
    const tenants = await tenantsOf(server.url);
    const postmaster = process.env.DATABASE_URL ? undefined : postmasterOf(dataDir);
    if (postmaster) pinToLoad(postmaster);
    pinToLoad(process.pid);

    for (const kind of peers) {
      if (values.peers && kind.name !== 'ours' && !values.peers.split(',').includes(kind.name)) continue;
      tell(`Starting ${kind.name}…`);
      const env = { ...kind.env, DATABASE_URL: server.url, DATABASE_POOL: '20' };
      const flags =
        kind.name === 'ours' && values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [];
      running.push({ kind, peer: await startPeer(kind.name, kind.script, env, flags) });
    }
    const owner = new pg.Pool({ connectionString: server.url, max: 2, options: '-c timezone=UTC' });
    const wanted = queries.filter(({ name }) => !values.only || values.only.split(',').includes(name));
    const courses = [];
    for (const query of wanted) courses.push(course(query, await samplesOf(owner, query, tenants), running));
    await owner.end();
    for (const one of courses) await sameRows(one);

    const load = loadavg()[0] ?? 0;
    const settings = {
      rounds: Number(values.rounds),
      seconds: Number(values.seconds),
      connections: Number(values.connections),
      postmaster,
      tell,
    };
    const figures = await race(courses, settings);
    const waits = new Map<string, { p50: number; p99: number }>();
    for (const one of courses) waits.set(one.query.name, await alone(one, settings.seconds));
    const [ours] = running;
    const result: Result = {
      at: new Date().toISOString(),
      scale,
      seconds: settings.seconds,
      rounds: settings.rounds,
      connections: settings.connections,
      loadBefore: Math.round(load * 100) / 100,
      memory: ours ? memoryOf(ours.peer.pid) : 0,
      queries: [...figures].map(([{ name, title }, byPeer]) => ({
        name,
        title,
        alone: waits.get(name) ?? null,
        peers: Object.fromEntries(byPeer),
      })),
    };
    console.log(table(result));
    if (values.plans) {
      result.faults = await indexFaults(server.url, tenants[0]?.id ?? '');
      console.log(
        `\nPlans: ${result.faults.length === 0 ? 'every list is read through an index' : `\n  ${result.faults.join('\n  ')}`}`,
      );
    }
    if (ours && Number(values.soak) > 0) {
      result.soak = await soak(
        ours.peer,
        courses.flatMap(({ runners }) => runners[0]?.shots ?? []),
        Number(values.soak),
        tell,
      );
      console.log(`\nMemory over ${values.soak} s of mixed load, MB a minute: ${result.soak.join(' ')}`);
    }
    for (const file of [values.json, values.save && resultFile(scale)])
      if (file) writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    for (const { peer } of running) await peer.stop();
    await server.stop();
  }
}

/** The database with its data: somebody else's, or our own in `dataDir`, which is filled without waiting for the disk. */
async function databaseOf(dataDir: string, scale: Scale): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.DATABASE_URL;
  const start = async (fsync: boolean) =>
    given
      ? { url: given, stop: async () => undefined }
      : startEmbeddedPostgres({ dataDir, log: () => undefined, fsync });
  let server = await start(true);
  try {
    // New migrations reach data that is kept; what they index is large.
    await migrate(`${server.url}?options=-c%20maintenance_work_mem%3D1GB`);
    if (await isSeeded(server.url)) return server;
    await server.stop();
    server = await start(false);
    await seed(server.url, scale, tell);
    await server.stop();
    return await start(true);
  } catch (error) {
    await server.stop();
    throw error;
  }
}
