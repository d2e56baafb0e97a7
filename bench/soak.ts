/** Mixed load for minutes, new documents among it: does the memory of the server stay flat? */
import { fire, type Shot } from './load.ts';
import type { Peer } from './servers.ts';

export interface Soak {
  minutes: number;
  /** At the end of each minute, in MB: what the process holds, and what its JavaScript uses. */
  resident: number[];
  heap: number[];
  /** MB a minute over the second half, when everything is warm. */
  growth: number;
  flat: boolean;
}

/** Of a client that writes values into its documents: so many that none is remembered when it comes again. */
const strangers = (shots: readonly Shot[]): Shot[] =>
  Array.from({ length: 20_000 }, (_, n) => {
    const { headers, path, body } = shots[n % shots.length] as Shot;
    const { query, variables } = JSON.parse(body) as { query: string; variables: object };
    return {
      headers,
      path,
      body: JSON.stringify({ query: query.replace('{', `{ once${n}: __typename `), variables }),
    };
  });

/** MB a minute that the collector's own swings make. */
const tolerated = 0.5;

export async function soak(
  peer: Peer,
  shots: readonly Shot[],
  minutes: number,
  tell: (line: string) => void,
): Promise<Soak> {
  const resident: number[] = [];
  const heap: number[] = [];
  const once = strangers(shots);
  for (let minute = 1; minute <= minutes; minute += 1) {
    await Promise.all([fire(peer.url, shots, 30, 60), fire(peer.url, once, 2, 60)]);
    const used = await memory(peer.url);
    resident.push(used.resident);
    heap.push(used.heap);
    tell(`minute ${minute} of ${minutes}: ${used.resident} MB held, heap ${used.heap} MB`);
  }
  const growth = Math.round(slope(resident.slice(Math.floor(resident.length / 2))) * 100) / 100;
  // A share of what is held, so that a larger cache is not taken for a leak.
  const flat = growth <= Math.max(tolerated, (resident.at(-1) ?? 0) * 0.005);
  return { minutes, resident, heap, growth, flat };
}

async function memory(url: string): Promise<{ resident: number; heap: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const of = (name: string) =>
    Math.round(Number(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'm').exec(text)?.[1]) / 2 ** 20);
  return { resident: of('process_resident_memory_bytes'), heap: of('nodejs_heap_size_used_bytes') };
}

/** Of the straight line through the values (least squares). */
function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const over = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  const under = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  return under === 0 ? 0 : over / under;
}
