import type { WebSocket } from 'ws';

/** Steps of a round: thousands of pings at once, and their answers, would hold everything else up. */
const steps = 48;

/** Pings all sockets once a round, and cuts those that did not answer the ping before: one timer for all of them. */
export class Heartbeat {
  readonly #sockets: ReadonlySet<WebSocket>;
  readonly #waiting = new WeakSet<WebSocket>();
  readonly #timer: NodeJS.Timeout;
  readonly #answered: (this: WebSocket) => void;
  #round: readonly WebSocket[] = [];
  #step = 0;

  constructor(sockets: ReadonlySet<WebSocket>, everyMs: number) {
    this.#sockets = sockets;
    const waiting = this.#waiting;
    this.#answered = function () {
      waiting.delete(this);
    };
    this.#timer = setInterval(() => this.#beat(), everyMs / steps);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    if (this.#step === 0) this.#round = [...this.#sockets];
    const share = Math.ceil(this.#round.length / steps);
    for (const socket of this.#round.slice(this.#step * share, (this.#step + 1) * share)) this.#ping(socket);
    this.#step = (this.#step + 1) % steps;
  }

  #ping(socket: WebSocket): void {
    if (socket.readyState !== socket.OPEN) return;
    if (this.#waiting.has(socket)) {
      socket.terminate();
      return;
    }
    if (!socket.listeners('pong').includes(this.#answered)) socket.on('pong', this.#answered);
    this.#waiting.add(socket);
    socket.ping();
  }
}
