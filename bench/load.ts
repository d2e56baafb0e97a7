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
/** How an answer ends unless its last part are errors. */
const end = '}}';

/** An answer on its way: what came before its length was known, then only how many bytes are missing. */
interface Answer {
  begun: Buffer;
  missing: number;
}
const fresh = (): Answer => ({ begun: Buffer.alloc(0), missing: Number.POSITIVE_INFINITY });

/** Counts a chunk of an answer; tells what is wrong with it. */
function take(answer: Answer, chunk: Buffer): string | undefined {
  if (answer.missing !== Number.POSITIVE_INFINITY) answer.missing -= chunk.length;
  else {
    const begun = answer.begun.length > 0 ? Buffer.concat([answer.begun, chunk]) : chunk;
    answer.begun = begun;
    const head = begun.indexOf(headEnd);
    const body = head + headEnd.length;
    if (head < 0 || begun.length < body + good.length) return undefined;
    const length = /content-length: *(\d+)/i.exec(begun.toString('latin1', 0, head))?.[1];
    if (length === undefined) return `no length: ${begun.toString('latin1', 0, head)}`;
    if (!begun.subarray(body, body + good.length).equals(good))
      return begun.toString('utf8', body, body + 500);
    answer.missing = Number(length) - (begun.length - body);
  }
  if (answer.missing > 0) return undefined;
  const rest = chunk.toString('latin1', Math.max(0, chunk.length - 500)).trimEnd();
  // Of a last chunk that is shorter than the end nothing can be told.
  return answer.missing === 0 && (rest.length < end.length || rest.endsWith(end))
    ? undefined
    : `ends with ${rest}`;
}

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
  const last = began + seconds * 1000;
  let next = 0;
  await Promise.all(
    Array.from({ length: connections }, () => {
      const socket = connect(Number(url.port), url.hostname).setNoDelay();
      return new Promise<void>((done, fail) => {
        let sent = 0;
        let answer: Answer = fresh();
        const send = () => {
          sent = performance.now();
          socket.write(requests[next++ % requests.length] as Buffer);
        };
        socket.on('connect', send);
        socket.on('error', fail);
        socket.on('data', (chunk) => {
          const wrong = take(answer, chunk);
          if (wrong !== undefined) return void socket.destroy(new Error(wrong));
          if (answer.missing > 0) return;
          answer = fresh();
          const now = performance.now();
          times.push(now - sent);
          if (now < last) send();
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
