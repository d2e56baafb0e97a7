/** What the example clients share: questions that outlast a lost connection, and changes that go on behind a cursor. */
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../packages/api/package.json', import.meta.url));
const { createClient } = require('graphql-ws');
const { WebSocket } = require('ws');

/** Growing and random, so that not all clients come back at the same moment. */
const pause = (failures) =>
  new Promise((resolve) =>
    setTimeout(resolve, Math.min(15_000, 500 * 2 ** failures) * (0.5 + Math.random() / 2)),
  );

function stop(code, message) {
  console.error(message);
  process.exit(code);
}

/** Sends an HTTP request again until a server answers it: only for what has one effect however often it is sent. */
export async function request({ address, token }, path, options) {
  for (let failures = 1; ; failures += 1) {
    const headers = { ...options.headers, authorization: `Bearer ${token}` };
    const response = await fetch(`${address}${path}`, { ...options, headers }).catch(() => undefined);
    if (response?.status === 401) stop(4, 'The token is not valid (any more).');
    if (response && response.status < 500) return response.json();
    console.error('no answer, asking again');
    await pause(failures);
  }
}

/** The data of a query, or of a mutation that names an `idempotencyKey`. */
export async function ask(api, query, variables) {
  const { data, errors } = await request(api, '/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  if (errors) stop(1, errors.map(({ message }) => message).join('\n'));
  return data;
}

/** Where to subscribe `after`. Take it before you read or write what you follow, so that nothing falls in between. */
export const cursorOfNow = async (api) => (await ask(api, '{ eventCursor }')).eventCursor;

/**
 * Every change that the subscription (of `$after` and the variables) delivers, over all reconnections. `{ resync: true }` comes
 * at first when `after` is missing, and when nobody can say any more what was missed: read everything that you follow, and go on.
 */
export async function* changes(api, query, variables, after) {
  let cursor = after;
  if (!cursor) {
    cursor = await cursorOfNow(api);
    yield { resync: true };
  }
  for (let failures = 1; ; failures += 1) {
    const client = createClient({
      url: `${api.address.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${api.token}` },
      retryAttempts: 0, // we reconnect ourselves, because the next connection starts behind another cursor
      on: {
        connected: () => {
          failures = 0;
        },
      },
    });
    try {
      const answers = client.iterate({ query, variables: { ...variables, after: cursor } });
      for await (const { data, errors } of answers) {
        const resync = errors?.map(({ extensions }) => extensions).find(({ code }) => code === 'RESYNC');
        // TOO_SLOW: the last cursor is still good. CURSOR_EXPIRED: nobody can say what was missed.
        if (resync?.cause === 'CURSOR_EXPIRED') {
          cursor = await cursorOfNow(api);
          yield { resync: true };
        }
        if (!data) continue;
        const [change] = Object.values(data);
        yield change;
        cursor = change.cursor; // after the work of a change, so that a crash repeats it rather than losing it
      }
    } catch (error) {
      if (error?.code === 4401 || error?.code === 4403) stop(4, 'The token is not valid (any more).');
      console.error(`connection lost (${error?.code ?? error?.message ?? 'unknown'}), reconnecting`);
    } finally {
      await client.dispose();
    }
    await pause(failures);
  }
}
