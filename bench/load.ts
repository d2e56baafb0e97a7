/** Load over plain keep-alive sockets: requests are bytes made before, so that the client costs the machine little. */
import { connect } from 'node:net';

export interface Shot {
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface Volley {
  requests: number;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

const headEnd = Buffer.from('\r\n\r\n');
const good = Buffer.from('{"data":{');

function bytes(url: URL, { path, headers, body }: Shot): Buffer {
  const lines = Object.entries({
    host: url.host,
    'content-type': 'application/json',
    accept: 'application/json',
    ...headers,
    'content-length': Buffer.byteLength(body),
  });
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n${body}`,
  );
}

/** Sends the shots over and over on so many connections; any answer that is not 200 with data and no errors ends the run. */
export async function fire(
  target: string,
  shots: readonly Shot[],
  connections: number,
  seconds: number,
): Promise<Volley> {
  const url = new URL(target);
  const requests = shots.map((shot) => bytes(url, shot));
  const times: number[] = [];
  const began = performance.now();
  const end = began + seconds * 1000;
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, () => {
      const socket = connect(Number(url.port), url.hostname).setNoDelay();
      return new Promise<void>((done, fail) => {
        let sent = 0;
        let pending: Buffer = Buffer.alloc(0);
        const send = () => {
          sent = performance.now();
          socket.write(requests[next++ % requests.length] as Buffer);
        };
        socket.on('connect', send);
        socket.on('error', fail);
        socket.on('data', (chunk) => {
          pending = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
          const head = pending.indexOf(headEnd);
          if (head < 0) return;
          const length = /content-length: *(\d+)/i.exec(pending.toString('latin1', 0, head))?.[1];
          if (length === undefined)
            return void socket.destroy(new Error(`no length: ${pending.toString('latin1', 0, head)}`));
          const total = head + 4 + Number(length);
          if (pending.length < total) return;
          // GraphQL names errors first or last.
          const answer = pending.subarray(head + 4, total);
          if (!answer.subarray(0, good.length).equals(good) || answer.includes('"errors":['))
            return void socket.destroy(new Error(answer.toString('utf8', 0, 500)));
          pending = Buffer.alloc(0);
          const now = performance.now();
          times.push(now - sent);
          if (now < end) send();
          else socket.end(() => done());
        });
      });
    }),
  );
  const taken = (performance.now() - began) / 1000;
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { requests: times.length, seconds: taken, p50: at(0.5), p99: at(0.99) };
}

/** One answer as JSON. */
export async function ask(target: string, { path, headers, body }: Shot): Promise<unknown> {
  const response = await fetch(new URL(path, target), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body,
  });
  const answer = (await response.json()) as { data?: unknown; errors?: unknown };
  if (!response.ok || answer.errors)
    throw new Error(`${response.status} ${JSON.stringify(answer).slice(0, 1000)}`);
  return answer.data;
}
