import { setImmediate as turn } from 'node:timers/promises';
import type { WebSocket } from 'ws';

/** Sockets pinged before others get a turn. */
const stride = 250;

/** Pings all sockets, and cuts those that did not answer the ping before: one timer for all of them. */
export class Heartbeat {
  readonly #sockets: ReadonlySet<WebSocket>;
  readonly #waiting = new Set<WebSocket>();
  readonly #timer: NodeJS.Timeout;
  readonly #answered: (this: WebSocket) => void;

  constructor(sockets: ReadonlySet<WebSocket>, everyMs: number) {
    this.#sockets = sockets;
    const waiting = this.#waiting;
    this.#answered = function () {
      waiting.delete(this);
    };
    let beating = false;
    this.#timer = setInterval(() => {
      if (beating) return;
      beating = true;
      void this.#beat().finally(() => (beating = false));
    }, everyMs);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#waiting.clear();
  }

  async #beat(): Promise<void> {
    for (const socket of this.#waiting) socket.terminate();
    this.#waiting.clear();
    for (const [at, socket] of [...this.#sockets].entries()) {
      if (at % stride === stride - 1) await turn();
      if (socket.readyState !== socket.OPEN) continue;
      if (!socket.listeners('pong').includes(this.#answered)) socket.on('pong', this.#answered);
      this.#waiting.add(socket);
      socket.ping();
    }
  }
}
