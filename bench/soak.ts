import { fire, type Shot } from './load.ts';
import { memoryOf, type Peer } from './servers.ts';

/** Mixed load for so many seconds; the memory of the server at the end of each minute, in MB. */
export async function soak(
  peer: Peer,
  shots: readonly Shot[],
  seconds: number,
  tell: (line: string) => void,
): Promise<number[]> {
  const memory = [memoryOf(peer.pid)];
  for (let left = seconds; left > 0; left -= 60) {
    await fire(peer.url, shots, 32, Math.min(60, left));
    memory.push(memoryOf(peer.pid));
    tell(`Memory: ${memory.at(-1)} MB`);
  }
  return memory;
}
