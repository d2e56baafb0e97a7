/**
 * Thousands of subscribers on bare TCP: the load must not be the bottleneck. It speaks just enough WebSocket and
 * graphql-transport-ws, and reads the time of the commit out of each message without parsing it.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Subscription {
  port: number;
  /** Payload of `connection_init` for the n-th socket. */
  greeting(at: number): object;
  document: string;
}

/** Milliseconds that all processes of this machine agree on. */
export const now = (): number => performance.timeOrigin + performance.now();

const mark = Buffer.from('"reason":"');
const scratch = Buffer.allocUnsafe(1 << 20);

/** How long messages took, in steps of half a millisecond up to a minute. */
export class Waits {
  readonly #counts = new Uint32Array(120_000);
  count = 0;

  add(ms: number): void {
    this.count += 1;
    const at = Math.min(this.#counts.length - 1, Math.max(0, Math.floor(ms * 2)));
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
  }

  quantile(share: number): number {
    let left = this.count * share;
    const at = this.#counts.findIndex((count) => (left -= count) <= 0);
    return (at + 1) / 2;
  }
}

export class Fleet {
  readonly #sockets: Subscriber[] = [];
  waits = new Waits();
  /** Sockets that were closed by the other side. */
  lost = 0;
  /** Called after each message with what was received so far. */
  onMessage: (() => void) | undefined;

  get size(): number {
    return this.#sockets.length;
  }

  /** Resolves when all are acknowledged and have sent their subscription. */
  async open(count: number, subscription: Subscription): Promise<void> {
    for (let from = 0; from < count; from += 100) {
      const batch = Array.from({ length: Math.min(100, count - from) }, (_, at) => {
        const one = new Subscriber(subscription, from + at, this);
        this.#sockets.push(one);
        return one.ready;
      });
      await Promise.all(batch);
    }
  }

  received(stamp: number): void {
    this.waits.add(now() - stamp);
    this.onMessage?.();
  }

  close(): void {
    for (const socket of this.#sockets.splice(0)) socket.end();
  }
}

class Subscriber {
  readonly ready: Promise<void>;
  readonly #socket: Socket;
  readonly #fleet: Fleet;
  #left: Buffer | undefined;
  #greeted = false;
  #ended = false;
  #acknowledged: (() => void) | undefined;
  readonly #subscribe: string;

  constructor({ port, greeting, document }: Subscription, at: number, fleet: Fleet) {
    this.#fleet = fleet;
    this.#subscribe = JSON.stringify({ id: randomUUID(), type: 'subscribe', payload: { query: document } });
    const init = JSON.stringify({ type: 'connection_init', payload: greeting(at) });
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: scratch, callback: (length) => this.#read(length, init) },
    });
    this.ready = new Promise((resolve, reject) => {
      this.#acknowledged = resolve;
      this.#socket.once('error', reject);
    });
    this.#socket.on('close', () => {
      if (!this.#ended) fleet.lost += 1;
    });
    const key = randomBytes(16).toString('base64');
    this.#socket.write(
      `GET /graphql HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
    );
  }

  end(): void {
    this.#ended = true;
    this.#socket.destroy();
  }

  #read(length: number, init: string): boolean {
    let bytes: Buffer = scratch.subarray(0, length);
    if (this.#left) bytes = Buffer.concat([this.#left, bytes]);
    this.#left = undefined;
    let at = 0;
    if (!this.#greeted) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) {
        this.#left = Buffer.from(bytes);
        return true;
      }
      this.#greeted = true;
      this.#socket.write(masked(1, Buffer.from(init)));
      at = end + 4;
    }
    while (at + 2 <= bytes.length) {
      const short = (bytes[at + 1] ?? 0) & 127;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (at + head > bytes.length) break;
      const size =
        head === 2 ? short : head === 4 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
      if (at + head + size > bytes.length) break;
      this.#frame(bytes, at, head, size);
      at += head + size;
    }
    if (at < bytes.length) this.#left = Buffer.from(bytes.subarray(at));
    return true;
  }

  #frame(bytes: Buffer, at: number, head: number, size: number): void {
    const operation = (bytes[at] ?? 0) & 15;
    const from = at + head;
    if (operation === 9) this.#socket.write(masked(10, bytes.subarray(from, from + size)));
    if (operation !== 1) return;
    const found = bytes.indexOf(mark, from);
    if (found >= 0 && found < from + size) {
      this.#fleet.received(Number(bytes.toString('latin1', found + mark.length, found + mark.length + 17)));
      return;
    }
    const text = bytes.toString('utf8', from, from + size);
    if (text.includes('connection_ack')) {
      this.#socket.write(masked(1, Buffer.from(this.#subscribe)));
      this.#acknowledged?.();
    } else if (!text.includes('"type":"complete"')) throw new Error(`the server says ${text.slice(0, 500)}`);
  }
}

/** A frame as clients send it. The mask is all zeros: allowed, and nothing needs to be masked then. */
function masked(operation: number, payload: Buffer): Buffer {
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 8 : 6);
  head[0] = 0x80 | operation;
  head[1] = 0x80 | (long ? 126 : payload.length);
  if (long) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}
