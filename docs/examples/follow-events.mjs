/**
 * Follows all events and prints a line for each; reconnects by itself and resumes behind the last one it printed.
 * Usage: node docs/examples/follow-events.mjs <address> <token> [cursor]
 */
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../packages/api/package.json', import.meta.url));
const { createClient } = require('graphql-ws');
const { WebSocket } = require('ws');

const [address, token, start] = process.argv.slice(2);
if (!address || !token) {
  console.error('usage: follow-events.mjs <address> <token> [cursor]');
  process.exit(2);
}

let cursor = start ?? null;
const query = `subscription($after: String) {
  events(after: $after) { cursor type at actor { name } subject { id } }
}`;

for (;;) {
  const client = createClient({
    url: `${address.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: 0, // we reconnect ourselves, because the next connection starts behind another cursor
  });
  try {
    for await (const { data, errors } of client.iterate({ query, variables: { after: cursor } })) {
      if (errors?.some((error) => error.extensions?.code === 'RESYNC')) {
        console.error('The cursor is past retention: read everything again, then start from `eventCursor`.');
        process.exit(3);
      }
      if (!data) continue;
      const event = data.events;
      console.log(
        `${event.at} ${event.type} ${event.subject?.id ?? '-'} by ${event.actor.name} (${event.cursor})`,
      );
      cursor = event.cursor; // after the work of an event, so that a crash repeats it rather than losing it
    }
  } catch (error) {
    const code = error?.code;
    if (code === 4401 || code === 4403) {
      console.error('The token is not valid (any more).');
      process.exit(4);
    }
    console.error(`connection lost (${code ?? error?.message ?? 'unknown'}), reconnecting`);
  }
  await client.dispose();
  await new Promise((resolve) => setTimeout(resolve, 500 + Math.random() * 1000));
}
