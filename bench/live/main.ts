/** Thousands of subscribers on one process: memory, throughput, waits, beside others. */
import { writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../../packages/api/src/platform/embedded-postgres.ts';
import { migrate } from '../../packages/api/src/platform/migrate.ts';
import { type Peer, pinToLoad, postmasterOf, startPeer } from '../servers.ts';
import { type Contender, contenders } from './contenders.ts';
import { commits, crowd, idle } from './measure.ts';
import { fillPage, type LiveResult, resultFile, table } from './report.ts';
import { type Stage, setStage } from './stage.ts';

const usage = `npm run bench:live -- [options]
  --sockets <n>       subscribers of the crowd (5000)
  --seconds <n>       of each measurement (10)
  --idle <seconds>    10,000 sockets that only listen (60); 0 leaves it out
  --peers <a,b>       peers: ${contenders.map(({ name }) => name).join(', ')} (all)
  --only <a,b>        parts: crowd, idle, commit (all)
  --profile <folder>  write a CPU profile of ours there
  --save              write bench/results/live.json
  --document          measure nothing, fill docs/live.md from the saved results
DATABASE_URL (a superuser's) measures on a server of your own; else the embedded one keeps its data in .cache/bench/live.
Raise \`ulimit -n\` to 12000 or more.`;

const tell = (line: string): void => console.error(line);

export async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      sockets: { type: 'string', default: '5000' },
      seconds: { type: 'string', default: '10' },
      idle: { type: 'string', default: '60' },
      peers: { type: 'string' },
      only: { type: 'string', default: 'crowd,idle,commit' },
      profile: { type: 'string' },
      save: { type: 'boolean' },
      document: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  if (values.document) return fillPage();
  const dataDir = fileURLToPath(new URL('../../.cache/bench/live', import.meta.url));
  const server = process.env.DATABASE_URL
    ? {
        url: process.env.DATABASE_URL,
        appUrl: process.env.APP_DATABASE_URL,
        stop: async () => undefined,
      }
    : await startEmbeddedPostgres({ dataDir, log: () => undefined });
  const seconds = Number(values.seconds);
  const parts = new Set(values.only.split(','));
  const result: LiveResult = {
    at: new Date().toISOString(),
    seconds,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    peers: {},
    idle: null,
    commit: null,
  };
  try {
    await migrate(server.url);
    const stage = await setStage(server.url);
    const postmaster = process.env.DATABASE_URL ? undefined : postmasterOf(dataDir);
    if (postmaster) pinToLoad(postmaster);
    pinToLoad(process.pid);
    /** Each part gets a process of its own: what one left behind in memory is not the next one's. */
    const withPeer = async <T>(
      contender: Contender,
      work: (peer: Peer, stage: Stage) => Promise<T>,
    ): Promise<T> => {
      const { name, script, env, notified = false } = contender;
      stage.notify = notified;
      const flags =
        name === 'ours' && values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : [];
      const peer = await startPeer(
        name,
        script,
        {
          ...env,
          DATABASE_URL: server.url,
          APP_DATABASE_URL: server.appUrl ?? '',
          DATABASE_POOL: '20',
        },
        flags,
      );
      return work(peer, stage).finally(() => peer.stop());
    };
    const wanted = contenders.filter(({ name }) => !values.peers || values.peers.split(',').includes(name));
    for (const contender of parts.has('crowd') ? wanted : []) {
      tell(`${contender.name}: a crowd of ${values.sockets}…`);
      const size = { sockets: Number(values.sockets), seconds, pace: 40_000 };
      const { title } = contender;
      result.peers[contender.name] = await withPeer(contender, (peer) =>
        crowd(peer, contender, stage, size),
      ).then(
        (found) => ({ title, crowd: found }),
        (error: Error) => {
          if (contender.name === 'ours') throw error;
          tell(String(error.stack));
          return { title, crowd: null, seen: error.message };
        },
      );
    }
    const [ours] = wanted;
    if (ours?.name === 'ours' && parts.has('idle') && values.idle !== '0') {
      tell('ours: 10,000 that only listen…');
      result.idle = await withPeer(ours, (peer) =>
        idle(peer, ours, stage, { sockets: 10_000, seconds: Number(values.idle) }),
      );
    }
    if (ours?.name === 'ours' && parts.has('commit')) {
      tell('ours: from commit to client…');
      const size = { sockets: 100, rate: 180, mutations: 20, seconds: seconds * 2 };
      result.commit = await withPeer(ours, (peer) => commits(peer, ours, stage, size));
    }
    await stage.end();
    console.log(table(result));
    if (values.save) writeFileSync(resultFile, `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    await server.stop();
  }
}
