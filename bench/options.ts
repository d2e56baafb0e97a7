import { parseArgs } from 'node:util';
import { resultFile } from './document.ts';
import { peers } from './peers.ts';
import { queries } from './queries.ts';
import { type Scale, scales } from './seed.ts';

export const usage = `npm run bench -- [options]
  --scale small|200k|10m   tickets of the largest organisation: 10,000, 200,000 (default) or 10,000,000
  --seconds <n>            of each measurement (3)
  --rounds <n>             medians are of so many, half with the cores changed (6)
  --connections <n>        (64)
  --only <a,b>             queries: ${queries.map(({ name }) => name).join(', ')}
  --peers <a,b>            peers: ${peers.map(({ name }) => name).join(', ')}; ours always runs
  --profile <folder>       write a CPU profile of ours there
  --soak                   instead: load ours for minutes and watch its memory
  --minutes <n>            so many (10)
  --seed                   only make the data
  --no-plans               leave out the check of the plans
  --json <file>            where the figures go
  --save                   the same to bench/results/<scale>.json
  --document               measure nothing, fill docs/performance.md from the saved results
Ends with 1 when a query is not compiled, a statement not prepared, a list not read through an index, or memory not flat.
DATABASE_URL (a superuser's) measures on a server of your own; else the embedded one keeps its data in .cache/bench/.`;

export interface Options {
  scale: Scale;
  seconds: number;
  rounds: number;
  connections: number;
  only(query: string): boolean;
  peers(peer: string): boolean;
  profile: string | undefined;
  soak: boolean;
  minutes: number;
  seed: boolean;
  plans: boolean;
  document: boolean;
  files: string[];
}

const isScale = (scale: string): scale is Scale => scale in scales;
const positive = (name: string, text: string): number => {
  const value = Number(text);
  if (!(value > 0)) throw new Error(`--${name} is a number above 0`);
  return value;
};
const among = (names: string | undefined) => (name: string) => !names || names.split(',').includes(name);

/** Undefined when the usage is wanted; throws a sentence about what is wrong. */
export function optionsOf(args: string[]): Options | undefined {
  const { values } = parseArgs({
    args,
    options: {
      scale: { type: 'string', default: '200k' },
      seconds: { type: 'string', default: '3' },
      rounds: { type: 'string', default: '6' },
      connections: { type: 'string', default: '64' },
      only: { type: 'string' },
      peers: { type: 'string' },
      profile: { type: 'string' },
      soak: { type: 'boolean', default: false },
      minutes: { type: 'string', default: '10' },
      seed: { type: 'boolean', default: false },
      plans: { type: 'boolean', default: true },
      json: { type: 'string' },
      save: { type: 'boolean', default: false },
      document: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    allowNegative: true,
  });
  const { scale, soak, seed, plans, document } = values;
  if (values.help) return undefined;
  if (!isScale(scale)) throw new Error(`--scale is one of ${Object.keys(scales).join(', ')}`);
  return {
    scale,
    soak,
    seed,
    plans,
    document,
    seconds: positive('seconds', values.seconds),
    rounds: positive('rounds', values.rounds),
    connections: positive('connections', values.connections),
    minutes: positive('minutes', values.minutes),
    only: among(values.only),
    peers: among(values.peers),
    profile: values.profile,
    files: [...(values.json ? [values.json] : []), ...(values.save ? [resultFile(scale)] : [])],
  };
}
