import { setTimeout as pause } from 'node:timers/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type OpenTransport, wakeSubject } from './wake-transport.ts';

/** NATS: one connection that tells and hears. */
export const openNats: OpenTransport = (url, received, log) => {
  const { username, password, host } = new URL(url);
  const stopped = new AbortController();
  let connection: NatsConnection | undefined;
  let up = false;

  const options = {
    servers: host,
    ...(url.startsWith('tls:') && { tls: {} }),
    ...(username && { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
    timeout: 3_000,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    pingInterval: 5_000,
  };
  const run = async () => {
    while (!stopped.signal.aborted) {
      try {
        connection = await connect(options);
        if (stopped.signal.aborted) return connection.close();
        connection.subscribe(wakeSubject, {
          callback: (error, message) => {
            if (!error) received(message.string());
          },
        });
        up = true;
        // It reconnects and subscribes anew by itself; only an ended one needs another.
        for await (const { type } of connection.status()) {
          if (type === 'disconnect') up = false;
          if (type === 'reconnect') up = true;
        }
      } catch (error) {
        log.debug({ error: String(error) }, 'nats');
      }
      up = false;
      await pause(250, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    // While it is away the library would keep messages for later.
    publish: (message) => {
      if (up) connection?.publish(wakeSubject, message);
    },
    close: async () => {
      stopped.abort();
      await connection?.close();
      await running;
    },
  };
};
