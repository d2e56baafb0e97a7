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

const url = `${address.replace(/^http/, 'ws')}/graphql`;
const authorization = `Bearer ${token}`;
const query = `subscription($after: String) {
  events(after: $after) { cursor type at actor { name } subject { id } }
}`;

/** Reads everything that you mirror, and answers the cursor after which to follow: taken first, so that nothing falls in between. */
async function readAll() {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ query: '{ eventCursor }' }),
  });
  const { data } = await response.json();
  console.error('resync: reading everything'); // here
  return data.eventCursor;
}

let cursor = start ?? null;
let failures = 0;
for (;;) {
  const client = createClient({
    url,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    retryAttempts: 0, // we reconnect ourselves, because the next connection starts behind another cursor
    on: {
      connected: () => {
        failures = 0;
      },
    },
  });
  try {
    for await (const { data, errors } of client.iterate({ query, variables: { after: cursor } })) {
      const resync = errors?.map(({ extensions }) => extensions).find(({ code }) => code === 'RESYNC');
      // TOO_SLOW: the last cursor is still good. CURSOR_EXPIRED: nobody can say what was missed.
      if (resync?.cause === 'CURSOR_EXPIRED') cursor = await readAll();
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
  failures += 1;
  const longest = Math.min(15_000, 500 * 2 ** failures);
  await new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
}
