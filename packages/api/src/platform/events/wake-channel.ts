import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { OpenTransport, Transport } from './wake-transport.ts';

export interface WakeOptions {
  /** At most one message in this time, in milliseconds; the last commit of a burst is always told. */
  coalesceMs?: number;
  /** Pause between two messages to ourselves, in milliseconds. */
  echoMs?: number;
}

/**
 * Tells other processes that something was committed, and hears it from them. The message says nothing else: what is new
 * stands in the outbox, so a lost, doubled or forged one costs a look at most. The channel is trusted only while our own
 * messages come back; otherwise the relay looks by itself as often as without a channel.
 */
export class WakeChannel {
  readonly #self = randomUUID();
  readonly #transport: Transport;
  readonly #log: Logger;
  readonly #coalesceMs: number;
  readonly #echoMs: number;
  readonly #pulse: NodeJS.Timeout;
  #woken: () => void = () => undefined;
  #heard = Number.NEGATIVE_INFINITY;
  #told = Number.NEGATIVE_INFINITY;
  #later: NodeJS.Timeout | undefined;
  #was = false;

  constructor(
    readonly kind: 'redis' | 'nats',
    open: OpenTransport,
    url: string,
    log: Logger,
    { coalesceMs = 5, echoMs = 1_000 }: WakeOptions = {},
  ) {
    this.#log = log;
    this.#coalesceMs = coalesceMs;
    this.#echoMs = echoMs;
    this.#transport = open(url, (message) => this.#received(message), log);
    this.#pulse = setInterval(() => this.#beat(), echoMs);
    this.#pulse.unref();
  }

  /** Called when another process has committed. */
  onWake(woken: () => void): void {
    this.#woken = woken;
  }

  /** This process has committed. Returns at once; nobody waits for the broker. */
  announce(): void {
    if (this.#later) return;
    const wait = this.#told + this.#coalesceMs - performance.now();
    const tell = () => {
      this.#later = undefined;
      this.#told = performance.now();
      this.#transport.publish(`commit ${this.#self}`);
    };
    if (wait <= 0) tell();
    else this.#later = setTimeout(tell, wait);
  }

  /** Whether messages come through: one of our own came back lately. */
  get healthy(): boolean {
    return performance.now() - this.#heard < 3 * this.#echoMs;
  }

  get state(): 'up' | 'down' {
    return this.healthy ? 'up' : 'down';
  }

  async close(): Promise<void> {
    clearInterval(this.#pulse);
    clearTimeout(this.#later);
    await this.#transport.close();
  }

  #received(message: string): void {
    const [what, who] = message.split(' ', 2);
    if (who === this.#self) this.#heard = performance.now();
    else if (what === 'commit') this.#woken();
  }

  #beat(): void {
    this.#transport.publish(`echo ${this.#self}`);
    if (this.#was === this.healthy) return;
    this.#was = this.healthy;
    if (this.#was) this.#log.info({ channel: this.kind }, 'the wake-up channel works');
    else this.#log.warn({ channel: this.kind }, 'the wake-up channel is silent; looking by ourselves');
  }
}

/** The channel that a `WAKE_URL` names. Its client library is loaded only when one is named. */
export async function openWakeChannel(url: string, log: Logger, options?: WakeOptions): Promise<WakeChannel> {
  if (new URL(url).protocol.startsWith('redis'))
    return new WakeChannel('redis', (await import('./wake-redis.ts')).openRedis, url, log, options);
  return new WakeChannel('nats', (await import('./wake-nats.ts')).openNats, url, log, options);
}
