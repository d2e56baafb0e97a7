/** The socket alone, in front of a test's application, with rights and times as the test wants them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { contextFor } from '../../src/platform/request.ts';
import { mountSocket, type SocketOptions } from '../../src/platform/socket.ts';
import type { World } from '../harness/world.ts';

export interface Mounted {
  url: string;
  /** Stops the socket, then the server; may be called twice. */
  close(): Promise<void>;
}

export async function mount(
  { app: { engine, services } }: World,
  options: Partial<SocketOptions> & Pick<SocketOptions, 'resolveViewer'>,
): Promise<Mounted> {
  const server = createServer();
  const socket = mountSocket(server, {
    engine,
    events: services.events,
    contextFor: (caller) => contextFor(services, caller),
    trusts: () => true,
    log: pino({ level: 'silent' }),
    ...options,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let closed: Promise<void> | undefined;
  const stop = async () => {
    await socket.close();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => (closed ??= stop()),
  };
}

/** Messages of graphql-transport-ws, as a client sends them. */
export const init = (payload?: object) => ({ type: 'connection_init', payload });
export const subscribe = (id: string, query: string, variables?: object) => ({
  id,
  type: 'subscribe',
  payload: { query, variables },
});
export const watch = 'subscription { events { type } }';
export const watchAfter = 'subscription($after: String) { events(after: $after) { type } }';
