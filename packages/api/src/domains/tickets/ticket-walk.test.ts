import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { Stage } from '../../../test/tickets/player.ts';
import { allows, book, names, offers, perform } from '../../../test/tickets/reference.ts';
import {
  type Kind,
  kinds,
  type Life,
  type Person,
  pass,
  people,
  received,
  states,
} from '../../../test/tickets/reference-life.ts';
import type { Line, Stored } from '../../../test/tickets/stored.ts';

let world: World;
let stage: Stage;
beforeAll(async () => {
  world = await startWorld();
  world.clock.set(begin);
  stage = await Stage.open(world);
});
afterAll(() => world.close());

/** A Tuesday morning in Shanghai; every step takes a second, so that nothing happens at once. */
const begin = '2026-03-10T02:00:00Z';
const second = 1_000;
const refusals =
  'FORBIDDEN ILLEGAL_MOVE NOT_YOUR_TICKET ARRIVAL_REQUIRED REVISIT_REQUIRED QUOTE_REQUIRED QUOTE_TOO_LATE COMPLAINT_ONLY MANAGER_REVISIT SEVERITY_REQUIRED SEVERITY_LOWERED FORM_REQUIRED FORM_EXISTS APOLOGY_REQUIRED TICKET_ENDED PROMISE_NOT_OPEN PROMISE_POSTPONED PROMISE_TOO_LONG CLOCK_STANDS CLOCK_RUNS NOT_FOUND NOTHING_COVERED NOT_COVERED SIGNATURE_REQUIRED TIME_REQUIRED APPOINTMENT_PAST ENGINEERING_HEAD DISPATCH_REQUIRED CALL_BACK_REQUIRED'.split(
    ' ',
  );

/** Most steps are something that works, chosen by number; the others are anything by anybody, an old page, or time. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ go: fc.nat(9_999) }) },
  { weight: 4, arbitrary: fc.record({ who: fc.constantFrom(...people), name: fc.constantFrom(...names) }) },
  { weight: 1, arbitrary: fc.record({ stale: fc.nat(9_999) }) },
  { weight: 2, arbitrary: fc.record({ minutes: fc.integer({ min: 5, max: 4_000 }) }) },
);

const turning = /^(answerCovered|park|resume|resumeClock:.*|appoint|setUrgent|refuse|complain|rework)$/;
/** What may be under way before a walk begins: clocks that stand, an incident, an appointment … */
const conditions = {
  stand: /^pauseClock:/,
  postponed: /^postpone:/,
  covered: /^linkIncident$/,
  appointed: /^appoint$/,
  urgent: /^setUrgent$/,
  answered: /^answer$/,
} as const;

/** Everything that somebody could do now with success. */
function choices(life: Life, stored: Stored): (readonly [Person, string])[] {
  const seen = stage.seen(stored);
  return names.flatMap((name) => {
    const able = people.filter((who) => allows(life, who, name, seen));
    return able.map((who) => [who, name] as const);
  });
}
const pick = (life: Life, stored: Stored, number: number): readonly [Person, string] | undefined => {
  const all = choices(life, stored);
  // By act first, or those that many may do would be all that happens; what meets what else is under way comes up more often.
  const acts = [...new Set(all.map(([, name]) => name))].flatMap((name) =>
    turning.test(name) ? [name, name, name, name, name] : [name],
  );
  const by = all.filter(([, name]) => name === acts[number % acts.length]);
  return by[Math.floor(number / 97) % by.length];
};

/** Promises that run or stand, as they should be and as they are. */
const expected = ({ open }: Life) =>
  Object.fromEntries([...open].map(([kind, { stands, putOff }]) => [kind, `${stands ?? 'runs'} ${putOff}`]));
const found = ({ clocks }: Stored) =>
  Object.fromEntries(
    clocks
      .filter(({ status }) => status === 'RUNNING' || status === 'PAUSED')
      .map(({ kind, paused_by, postponed }) => [kind, `${paused_by ?? 'runs'} ${postponed}`]),
  );

/** What the lines of the history say put together; each begins where the one before ended (P-6). */
function retold(lines: readonly Line[]): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const { type, changes } of lines)
    for (const { field, from, to } of changes) {
      if (fields.has(field)) expect(from, `${type} begins where ${field} was`).toEqual(fields.get(field));
      fields.set(field, to);
    }
  return fields;
}

interface Walk {
  life: Life;
  id: string;
  told: string[];
}

/** One act by one person: it works as the reference says, or changes nothing and names its rule. */
async function act({ life, id, told }: Walk, who: Person, name: string, old = false): Promise<void> {
  world.clock.travel(second);
  const prepared = await stage.prepare(who, name);
  const before = await stage.stored(id);
  const seen = stage.seen(before);
  const buttons = await stage.offered(stage.crew[who], id);
  for (const other of names) {
    const { hidden, offered = other } = book[other] ?? {};
    if (hidden) continue;
    const by = `${offered} for ${who} in ${life.status}`;
    expect(buttons.get(offered) ?? false, by).toBe(offers(life, who, other));
  }
  const version = before.ticket.version - (old ? 1 : 0);
  const refused = await stage.send(who, name, id, before, { prepared, version });
  const after = await stage.stored(id);
  const label = `${who} ${name} in ${life.status}`;
  if (!old && allows(life, who, name, seen)) {
    expect(refused, label).toEqual([]);
    const line = perform(life, who, name, seen);
    if (line) told.push(line);
    if (name === 'dispatchByRule') {
      life.department = String(after.ticket.department);
      life.assignee = stage.who(after.ticket.assignee_id);
    }
    expect(after.ticket, label).toMatchObject({
      status: life.status,
      version: life.version,
      round: life.rounds,
    });
    expect(found(after), label).toEqual(expected(life));
  } else {
    expect(refused, label).toHaveLength(1);
    expect(old ? ['CONFLICT'] : refusals, label).toContain(refused[0]?.code);
    if (!old && refused[0]?.code !== 'NOT_FOUND') expect(refused[0]?.rule, label).toMatch(/^[PT]-\d+$/);
    expect(after, `${label} changes nothing`).toEqual(before);
  }
}

/** Time passes, and whoever has to hear of it hears once of each promise and threshold (T-16). */
async function wait({ id, life }: Walk, minutes: number): Promise<void> {
  world.clock.travel(minutes * 60_000);
  await Promise.all([world.runJob('ticket.escalate'), world.runJob('ticket.escalate')]);
  const { clocks, ticket } = await stage.stored(id);
  const now = world.clock.now().getTime();
  pass(life, now);
  expect(found(await stage.stored(id)), 'waits end').toEqual(expected(life));
  for (const { kind, status, step: reached, warn_at, due_at } of clocks) {
    if (status !== 'RUNNING') continue;
    const least = now >= Date.parse(due_at) ? 2 : now >= Date.parse(warn_at) ? 1 : 0;
    expect(reached, `${kind} is told of`).toBeGreaterThanOrEqual(least);
    if (least === 0) expect(reached).toBe(0);
  }
  expect(ticket.version, 'time makes nobody’s work stale').toBe(life.version);
}

async function judge({ life, id, told: spoken }: Walk): Promise<void> {
  const lines = await stage.history(id);
  const silent = ['ticket.escalate', 'ticket.breach', 'ticket.endWait'];
  const types = lines.map(({ type }) => type).filter((type) => !silent.includes(type));
  expect(types).toEqual(['ticket.created', ...spoken.map((name) => `ticket.${name}`)]);
  const { ticket, clocks, signed } = await stage.stored(id);
  if (ticket.signed_off_at && ['REPAIR_UNIT', 'PAID_SERVICE'].includes(life.kind))
    expect(signed > 0 || ticket.unsigned_reason !== null, 'signed, or why not (T-10)').toBe(true);
  for (const [field, value] of retold(lines)) {
    if (value === '***') continue;
    const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const kept = ticket[column] ?? ticket[`${column}_id`] ?? null;
    const instant = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
    if (instant) expect(Date.parse(String(kept)), field).toBe(Date.parse(value));
    else if (`${column}_id` in ticket) expect(kept === null, field).toBe(value === null);
    else expect(String(kept), field).toBe(String(value));
  }
  const putOff = await stage.postponements(id);
  for (const { kind, times } of putOff) if (kind !== 'TRACK') expect(times, `${kind} put off`).toBe(1);
  const told = await stage.heard(id);
  for (const { key, people: heard } of told) expect(heard, key).toBe(1);
  for (const { kind, round, number, turn, step: last } of clocks) {
    const of = `:${kind}:${round}:${number}:${turn}:`;
    const steps = told.flatMap(({ key }) => (key.includes(of) ? [Number(key.split(of)[1])] : []));
    expect(steps.sort(), `${kind} tells step by step`).toEqual(steps.map((_, at) => at + 1));
    expect(steps.length).toBeGreaterThanOrEqual(Math.min(last, 2));
  }
  expect(life.version).toBe(ticket.version);
}

/** The way to the end, with the state that each act leads to. */
const main: readonly [Person, string, string?][] = [
  ['clerk', 'confirm', 'CONFIRMED'],
  ['clerk', 'dispatch', 'DISPATCHED'],
  ['plumber', 'accept', 'ACCEPTED'],
  ['plumber', 'quote:bare'],
  ['plumber', 'quoteAccept'],
  ['plumber', 'arrive', 'ON_SITE'],
  ['plumber', 'finish', 'DONE'],
  ['plumber', 'signOff', 'SIGNED_OFF'],
  ['clerk', 'revisit', 'REVISITED'],
  ['clerk', 'close', 'CLOSED'],
];
/** States beside it: from which state, and by what. */
const aside: Record<string, readonly [from: string, Person, string]> = {
  PARKED: ['ACCEPTED', 'supervisor', 'park'],
  REWORK: ['DONE', 'plumber', 'refuse'],
  OUT_OF_SCOPE: ['DISPATCHED', 'mate', 'judgeOutOfScope'],
  CANCELLED: ['CONFIRMED', 'clerk', 'cancel'],
  INVALID: ['ACCEPTED', 'manager', 'judgeInvalid'],
  MERGED: ['ON_SITE', 'clerk', 'merge'],
};

function wayTo(state: string): (readonly [Person, string])[] {
  const [from, ...last] = aside[state] ?? [state];
  const steps = main.slice(0, main.findIndex(([, , reached]) => reached === from) + 1);
  const way = steps.map(([who, name]) => [who, name] as const);
  return last.length > 0 ? [...way, last as [Person, string]] : way;
}

let turn = 0;
async function enter(kind: Kind, state: string): Promise<Walk> {
  world.clock.set(new Date(Date.parse(begin) + (turn += 1) * second));
  const walk: Walk = { life: received(kind), id: await stage.begin(kind), told: [] };
  expect(found(await stage.stored(walk.id))).toEqual(expected(walk.life));
  // A paid service is ordered for a time (T-15).
  const timed = (name: string) => (kind === 'PAID_SERVICE' && name === 'quote:bare' ? 'quote' : name);
  for (const [who, name] of wayTo(state)) await act(walk, who, timed(name));
  return walk;
}

/** More of them look deeper: `WALKS=1000`. */
const runs = Number(process.env.WALKS ?? 60);

test('whatever anybody tries, a ticket lives as the handbook says: its states, its promises, who hears of them, and what the history tells (T-02 to T-16, P-5, P-6)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Kind>(...kinds),
      fc.constantFrom(...states),
      fc.subarray(Object.values(conditions)),
      fc.array(step, { minLength: 6, maxLength: 28 }),
      async (kind, state, under, steps) => {
        const lively = ['PARKED', 'REWORK'].includes(state) || !aside[state];
        const walk = await enter(kind, state === 'CLOSED' ? 'REVISITED' : lively ? state : 'RECEIVED');
        for (const condition of under)
          for (const name of names.filter((one) => condition.test(one))) {
            const seen = stage.seen(await stage.stored(walk.id));
            const who = people.find((one) => allows(walk.life, one, name, seen));
            if (who) await act(walk, who, name);
          }
        for (const one of steps) {
          if ('minutes' in one) await wait(walk, one.minutes);
          else if ('name' in one) await act(walk, one.who, one.name);
          else {
            const number = 'go' in one ? one.go : one.stale;
            const [who, name] = pick(walk.life, await stage.stored(walk.id), number) ?? [];
            if (!who || !name) break;
            await act(walk, who, name, 'stale' in one && !book[name]?.beside);
          }
        }
        await judge(walk);
      },
    ),
    { numRuns: runs },
  );
}, 600_000);

test.each(states)(
  '%s is entered, and everybody is offered there what the handbook says and no more (T-09)',
  async (state) => {
    const walk = await enter(state === 'INVALID' ? 'COMPLAINT' : 'REPAIR_UNIT', state);
    expect(walk.life.status).toBe(state);
    for (const who of people) {
      const buttons = await stage.offered(stage.crew[who], walk.id);
      for (const name of names) {
        const { hidden, offered = name } = book[name] ?? {};
        if (!hidden)
          expect(buttons.get(offered) ?? false, `${offered} for ${who}`).toBe(offers(walk.life, who, name));
      }
    }
    await judge(walk);
  },
);
