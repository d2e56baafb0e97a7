import { useSyncExternalStore } from 'react';

/** How far the API's clock is ahead of this device's, in milliseconds. */
let offset = 0;
/** Round trip of the answer that the offset was learnt from: a slower answer knows less. */
let trip = Number.POSITIVE_INFINITY;
/** A better answer replaces it; after this long any answer does, because clocks drift. */
const trustedMs = 10 * 60_000;
let learntAt = Number.NEGATIVE_INFINITY;

/** Learns the API's clock from an answer that says what time it was there: promises are counted down by that clock. */
export function learnServerTime(serverTime: string, sentAt: number, answeredAt = Date.now()): void {
  const took = answeredAt - sentAt;
  const server = Date.parse(serverTime);
  if (Number.isNaN(server) || took < 0) return;
  if (took > trip && answeredAt - learntAt < trustedMs) return;
  offset = server - (sentAt + took / 2);
  trip = took;
  learntAt = answeredAt;
}

/** What the API's clock shows now. */
export const serverNow = (): number => Date.now() + offset;

const tickMs = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = serverNow();

function tick(): void {
  now = serverNow();
  for (const listener of listeners) listener();
}

/** One timer for everything that counts; it runs only while something does. */
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    now = serverNow();
    timer = setInterval(tick, tickMs);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) clearInterval(timer);
  };
}

/** Reads something off the API's clock each second; draws again only when what was read has changed. */
export function useClock<T extends string | number | boolean>(read: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => read(now));
}
