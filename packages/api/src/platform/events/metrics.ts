import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { EventStreams } from './stream.ts';

/** What an operator watches of live events: that they come soon, how many, for whom, and how they are woken. */
export function observeEvents(registry: Registry, streams: EventStreams): void {
  const registers = [registry];
  const relayed = new Counter({
    name: 'events_relayed_total',
    help: 'Events that the relay of this process read.',
    registers,
  });
  const lag = new Histogram({
    name: 'event_relay_lag_seconds',
    help: "From an event's record in the database to the relay of this process, by the clocks of both.",
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers,
  });
  streams.relay.onRead = (events) => {
    const now = Date.now();
    relayed.inc(events.length);
    for (const { recordedMs } of events) lag.observe(Math.max(0, now - recordedMs) / 1000);
  };
  new Gauge({
    name: 'event_relay_held_back',
    help: 'Numbers given out whose publishers had not committed at the last look; high for long means a stuck transaction.',
    registers,
    collect() {
      this.set(Number(streams.relay.held));
    },
  });
  new Gauge({
    name: 'event_relay_last_look_timestamp_seconds',
    help: 'When the relay last read the outbox; it looks while somebody subscribes. 0 before the first time.',
    registers,
    collect() {
      this.set(streams.relay.lookedAt / 1000);
    },
  });
  new Gauge({
    name: 'event_subscriptions',
    help: 'Subscriptions that are open on this process.',
    registers,
    collect() {
      this.set(streams.size);
    },
  });
  const { channel } = streams;
  if (!channel) return;
  new Gauge({
    name: 'event_wake_channel_up',
    help: 'Whether the wake-up channel works (1), or the relay looks by itself as often as without one (0).',
    labelNames: ['kind'] as const,
    registers,
    collect() {
      this.set({ kind: channel.kind }, channel.healthy ? 1 : 0);
    },
  });
}
