import type { Logger } from 'pino';

/** What a message broker is to us. Both may be called at any time; while it is away, messages are dropped. */
export interface Transport {
  publish(message: string): void;
  close(): Promise<void>;
}

/** Connects in the background and goes on trying for ever; every message on our subject comes back, our own too. */
export type OpenTransport = (url: string, received: (message: string) => void, log: Logger) => Transport;

/** The subject of all messages. Another installation on the same broker wakes us in vain, which does no harm. */
export const wakeSubject = 'property-service-desk.wake';
