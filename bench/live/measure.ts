/** What is measured of one running server. */
import { setTimeout as pause } from 'node:timers/promises';
import { encodeId } from '../../packages/api/src/platform/ids.ts';
import { cpuOf, type Peer } from '../servers.ts';
import { type Contender, withRecord } from './contenders.ts';
import { Fleet, type Subscription, Waits } from './fleet.ts';
import { bytesOf } from './memory.ts';
import type { Stage } from './stage.ts';

const round = (value: number, digits = 0): number => Number(value.toFixed(digits));

export interface Crowd {
  sockets: number;
  /** Memory of the process before the sockets came, MB. */
  emptyMb: number;
  /** KB that each socket added. */
  kbEach: number;
  /** Deliveries a second, as fast as it goes. */
  perSecond: number;
  p50: number;
  p99: number;
  /** Deliveries a second when each event waits until the one before it has reached everybody: nothing shares a write. */
  singly: number;
  /** At a given rate: deliveries a second that were asked for and that came, and their waits, ms. */
  paced: { asked: number; perSecond: number; p50: number; p99: number } | null;
}

export interface Idle {
  sockets: number;
  seconds: number;
  lost: number;
  /** KB that each added, at the beginning and at the end. */
  kbEach: { first: number; last: number };
  /** Share of one core, percent. */
  cpu: number;
  /** Milliseconds until one event had reached all of them. */
  reachedMs: number;
}

export interface Commit {
  sockets: number;
  eventsPerSecond: number;
  /** Mutations a second that the same process served meanwhile. */
  mutationsPerSecond: number;
  p50: number;
  p95: number;
  p99: number;
}

const subscriptionOf = (peer: Peer, { greeting, document }: Contender, { tokens }: Stage): Subscription => ({
  port: Number(new URL(peer.url).port),
  greeting: (at) => greeting(tokens[at % tokens.length] ?? ''),
  document,
});

/** Opens sockets, and waits until all have heard a first event. */
async function gather(fleet: Fleet, count: number, subscription: Subscription, stage: Stage): Promise<void> {
  await fleet.open(count, subscription);
  await pause(3_000);
  fleet.waits = new Waits();
  for (let tries = 0; fleet.waits.count < count; tries += 1) {
    if (tries === 5) throw new Error(`${fleet.waits.count} of ${count} sockets hear`);
    fleet.waits = new Waits();
    await stage.commit();
    for (let waited = 0; fleet.waits.count < count && waited < 20_000; waited += 50) await pause(50);
  }
}

/** 5,000 dashboards on the same document: memory, throughput, and waits at a given rate. */
export async function crowd(
  peer: Peer,
  contender: Contender,
  stage: Stage,
  { sockets, seconds, pace }: { sockets: number; seconds: number; pace: number },
): Promise<Crowd> {
  const fleet = new Fleet();
  try {
    const empty = bytesOf(peer.pid);
    await gather(fleet, sockets, subscriptionOf(peer, contender, stage), stage);
    await pause(2_000);
    const kbEach = (bytesOf(peer.pid) - empty) / 1024 / sockets;
    await flood(fleet, stage, Math.min(3, seconds)); // warm
    const { perSecond: singly } = await flood(fleet, stage, seconds, 1);
    const { perSecond, waits } = await flood(fleet, stage, seconds);
    const paced = perSecond > pace ? await march(fleet, stage, pace, seconds * 2) : null;
    return {
      sockets,
      emptyMb: round(empty / 1024 / 1024),
      kbEach: round(kbEach, 1),
      perSecond: round(perSecond),
      p50: waits.quantile(0.5),
      p99: waits.quantile(0.99),
      singly: round(singly),
      paced,
    };
  } finally {
    fleet.close();
    await pause(1_000);
  }
}

/** A new event is committed whenever one has reached everybody; `window` are under way at once. */
async function flood(fleet: Fleet, stage: Stage, seconds: number, window = 6) {
  fleet.waits = new Waits();
  const start = performance.now();
  const until = start + seconds * 1_000;
  let committed = 0;
  let over: (() => void) | undefined;
  const refill = () => {
    const done = Math.floor(fleet.waits.count / fleet.size);
    while (performance.now() < until && committed - done < window) {
      committed += 1;
      void stage.commit();
    }
    if (performance.now() >= until && fleet.waits.count >= committed * fleet.size) over?.();
  };
  const ended = new Promise<void>((resolve) => {
    over = resolve;
  });
  let next = 0;
  fleet.onMessage = () => {
    if (fleet.waits.count < next) return;
    next = (Math.floor(fleet.waits.count / fleet.size) + 1) * fleet.size;
    refill();
  };
  refill();
  await Promise.race([ended, pause(seconds * 1_000 + 60_000)]);
  fleet.onMessage = undefined;
  const { waits } = fleet;
  return { perSecond: (waits.count / (performance.now() - start)) * 1_000, waits };
}

/** Events at an even pace. */
async function march(fleet: Fleet, stage: Stage, pace: number, seconds: number) {
  fleet.waits = new Waits();
  const every = 1_000 / (pace / fleet.size);
  const start = performance.now();
  const count = Math.round((seconds * 1_000) / every);
  for (let at = 0; at < count; at += 1) {
    await pause(Math.max(0, start + at * every - performance.now()));
    void stage.commit();
  }
  while (fleet.waits.count < count * fleet.size && performance.now() < start + seconds * 1_000 + 20_000)
    await pause(20);
  const { waits } = fleet;
  const spent = Math.max(seconds, (performance.now() - start) / 1_000);
  return {
    asked: pace,
    perSecond: round(waits.count / spent),
    p50: waits.quantile(0.5),
    p99: waits.quantile(0.99),
  };
}

/** Twice as many, who only listen. */
export async function idle(
  peer: Peer,
  contender: Contender,
  stage: Stage,
  { sockets, seconds }: { sockets: number; seconds: number },
): Promise<Idle> {
  const fleet = new Fleet();
  try {
    const empty = bytesOf(peer.pid);
    const each = () => round((bytesOf(peer.pid) - empty) / 1024 / sockets, 1);
    await gather(fleet, sockets, subscriptionOf(peer, contender, stage), stage);
    await pause(2_000);
    const before = each();
    const cpu = cpuOf(peer.pid);
    await pause(seconds * 1_000);
    const used = cpuOf(peer.pid) - cpu;
    const after = each();
    fleet.waits = new Waits();
    const start = performance.now();
    await stage.commit();
    while (fleet.waits.count < sockets - fleet.lost && performance.now() < start + 20_000) await pause(5);
    return {
      sockets,
      seconds,
      lost: fleet.lost,
      kbEach: { first: before, last: after },
      cpu: round(used / seconds / 10, 1),
      reachedMs: round(fleet.waits.quantile(1)),
    };
  } finally {
    fleet.close();
    await pause(1_000);
  }
}

/** From commit to client, while the same process serves mutations. */
export async function commits(
  peer: Peer,
  contender: Contender,
  stage: Stage,
  {
    sockets,
    rate,
    mutations,
    seconds,
  }: { sockets: number; rate: number; mutations: number; seconds: number },
): Promise<Commit> {
  const fleet = new Fleet();
  try {
    const subscription = subscriptionOf(peer, { ...contender, document: withRecord }, stage);
    await gather(fleet, sockets, subscription, stage);
    const write = await writer(peer, stage);
    for (let count = 0; count < 50; count += 1) await write();
    await pause(500);
    fleet.waits = new Waits();
    const until = performance.now() + seconds * 1_000;
    const [committed, mutated] = await Promise.all([
      evenly(rate, until, () => stage.commit()),
      evenly(mutations, until, write),
    ]);
    await pause(1_000);
    const { waits } = fleet;
    return {
      sockets,
      eventsPerSecond: round((committed + mutated) / seconds),
      mutationsPerSecond: round(mutated / seconds),
      p50: waits.quantile(0.5),
      p95: waits.quantile(0.95),
      p99: waits.quantile(0.99),
    };
  } finally {
    fleet.close();
    await pause(1_000);
  }
}

/** Starts work at an even pace; answers how much was done. */
async function evenly(rate: number, until: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  const running: Promise<unknown>[] = [];
  for (let at = 0; performance.now() < until; at += 1) {
    await pause(Math.max(0, start + (at * 1_000) / rate - performance.now()));
    running.push(work());
  }
  await Promise.all(running);
  return running.length;
}

/** Mutations of a unit of its own, one after the other. */
async function writer(peer: Peer, stage: Stage): Promise<() => Promise<void>> {
  const ask = async (query: string, variables: object) => {
    const response = await fetch(`${peer.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${stage.writer}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as {
      data: Record<string, { ticket: { id: string; version: number } | null }>;
      errors?: unknown;
    };
    const ticket = data?.ticketCreate?.ticket ?? data?.ticketUpdate?.ticket;
    if (!ticket) throw new Error(JSON.stringify(errors ?? data));
    return ticket;
  };
  const create = `mutation($unit: ID!) { ticketCreate(input: { unit: $unit, kind: REPAIR_UNIT, title: "水管漏水" }) { ticket { id version } userErrors { message } } }`;
  const change = `mutation($input: TicketUpdateInput!) { ticketUpdate(input: $input) { ticket { id version } userErrors { message } } }`;
  let ticket = await ask(create, { unit: encodeId('unit', stage.unit) });
  let count = 0;
  let turn: Promise<unknown> = Promise.resolve();
  return () => {
    const next = turn.then(async () => {
      ticket = await ask(change, {
        input: { id: ticket.id, version: ticket.version, description: `第 ${(count += 1)} 次` },
      });
    });
    turn = next;
    return next;
  };
}
