import { createClient } from '@redis/client';
import { type OpenTransport, wakeSubject } from './wake-transport.ts';

/** Redis pub/sub: one connection that tells, one that hears. */
export const openRedis: OpenTransport = (url, received, log) => {
  const options = {
    url,
    socket: { connectTimeout: 3_000, reconnectStrategy: (tries: number) => Math.min(1_000, 50 * 2 ** tries) },
  };
  // What cannot be told now is not worth telling later; subscriptions are made anew with each connection.
  const teller = createClient({ ...options, disableOfflineQueue: true });
  const hearer = createClient(options);
  for (const client of [teller, hearer]) {
    client.on('error', (error) => log.debug({ code: codeOf(error) }, 'redis'));
    client.connect().catch(() => undefined); // it goes on trying until it is closed
  }
  hearer.subscribe(wakeSubject, received).catch(() => undefined);
  return {
    publish: (message) => {
      if (teller.isReady) teller.publish(wakeSubject, message).catch(() => undefined);
    },
    close: async () => {
      for (const client of [teller, hearer]) client.destroy();
    },
  };
};

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
