import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { crew, move, ticket } from './tickets.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** Handbook T-09 written down a second time, by hand, in other words: what each action makes of each state. */
const before = 'received confirmed dispatched accepted onSite rework';
const reference: Record<string, { from: string; to: string; by: string }> = {
  confirm: { from: 'received', to: 'confirmed', by: 'clerk supervisor' },
  dispatch: { from: 'confirmed dispatched accepted rework', to: 'dispatched', by: 'clerk supervisor' },
  accept: { from: 'dispatched rework', to: 'accepted', by: 'plumber supervisor' },
  arrive: { from: 'accepted', to: 'onSite', by: 'clerk plumber supervisor' },
  finish: { from: 'onSite', to: 'done', by: 'clerk plumber supervisor' },
  signOff: { from: 'done', to: 'signedOff', by: 'clerk plumber supervisor' },
  refuse: { from: 'done', to: 'rework', by: 'clerk plumber supervisor' },
  revisit: { from: 'signedOff', to: 'revisited', by: 'clerk supervisor' },
  complain: { from: 'signedOff', to: 'rework', by: 'clerk supervisor' },
  rework: { from: 'done signedOff revisited', to: 'rework', by: 'clerk supervisor' },
  close: { from: 'revisited', to: 'closed', by: 'clerk supervisor' },
  judgeOutOfScope: { from: before, to: 'outOfScope', by: 'plumber supervisor' },
  cancel: { from: before, to: 'cancelled', by: 'clerk supervisor' },
};
const real: Record<string, string> = { refuse: 'signOff', complain: 'revisit' };
const shown = (state: string) => state.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
const among = (list: string, word: string) => list.split(' ').includes(word);

const inputs = (plumber: string): Record<string, object> => ({
  dispatch: { department: 'ENGINEERING', assignee: plumber },
  finish: { resolution: '已修好' },
  signOff: { satisfied: true },
  refuse: { satisfied: false, words: '没修好' },
  revisit: { satisfied: true, score: 5 },
  complain: { satisfied: false, score: 2, words: '又坏了' },
  rework: { reason: '返工' },
  judgeOutOfScope: { answer: '不属物业' },
  cancel: { reason: '误报' },
});

const actors = ['clerk', 'plumber', 'supervisor'] as const;
/** Half of the steps are what comes next on the way, so that walks get far; the others are anything by anybody. */
const step = fc.oneof(
  fc.record({ who: fc.constantFrom(...actors), action: fc.constantFrom(...Object.keys(reference)) }),
  fc.constant('onward' as const),
);
const onward: Record<string, [(typeof actors)[number], string]> = {
  received: ['clerk', 'confirm'],
  confirmed: ['clerk', 'dispatch'],
  dispatched: ['plumber', 'accept'],
  rework: ['plumber', 'accept'],
  accepted: ['plumber', 'arrive'],
  onSite: ['plumber', 'finish'],
  done: ['plumber', 'signOff'],
  signedOff: ['clerk', 'revisit'],
  revisited: ['clerk', 'close'],
};

test('whatever anybody tries, a ticket never leaves the table, refusals name their rule, and the history has one entry a move', async () => {
  const org = await world.organisation();
  const people = await crew(org);
  const given = inputs(people.plumber.staffId);
  const unit = (await org.unit()).id;
  const reached = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 24 }), async (steps) => {
      let at = await ticket(org, people.clerk, { unit });
      let state = 'received';
      const told = ['ticket.created'];
      for (const one of steps) {
        const next = onward[state];
        if (one === 'onward' && !next) break;
        const [who, action] =
          one === 'onward' ? (next ?? ['clerk', 'close']) : ([one.who, one.action] as const);
        const by = people[who];
        const name = real[action] ?? action;
        const rule = reference[action];
        const possible = rule !== undefined && among(rule.from, state) && among(rule.by, who);
        const offered = (
          await by.query('query($id: ID!) { ticket(id: $id) { availableActions { action allowed } } }', {
            id: at.id,
          })
        ).ticket;
        expect(
          offered.availableActions.find((offer: { action: string }) => offer.action === name)?.allowed,
          `${who} ${name} in ${state}`,
        ).toBe(possible);
        const { ticket: after, userErrors } = await move(by, at, name, given[action]);
        if (possible && rule) {
          expect(userErrors).toEqual([]);
          state = rule.to;
          at = after;
          told.push(`ticket.${state === 'rework' ? 'rework' : name}`);
          reached.add(state);
          expect(after.status).toBe(shown(state));
        } else {
          expect(after).toBeNull();
          expect(userErrors).toHaveLength(1);
          expect([
            'FORBIDDEN',
            'ILLEGAL_MOVE',
            'NOT_YOUR_TICKET',
            'ARRIVAL_REQUIRED',
            'REVISIT_REQUIRED',
          ]).toContain(userErrors[0].code);
          expect(userErrors[0].rule).toMatch(/^[PT]-\d+$/);
        }
      }
      const document =
        'query($id: ID!) { ticket(id: $id) { status version round rounds { totalCount } history(first: 100) { nodes { type } } } }';
      const { ticket: end } = await people.clerk.query(document, { id: at.id });
      expect(end.history.nodes.map(({ type }: { type: string }) => type).reverse()).toEqual(told);
      expect(end).toMatchObject({ status: shown(state), version: told.length, round: end.rounds.totalCount });
    }),
    { numRuns: 15 },
  );
  expect(reached.size).toBeGreaterThan(8);
}, 120_000);

/** The shortest way into each state. */
const ways: Record<string, string[]> = (() => {
  const main = ['confirm', 'dispatch', 'accept', 'arrive', 'finish', 'signOff', 'revisit', 'close'];
  const states = ['received', ...main.map((action) => reference[action]?.to ?? '')];
  return {
    ...Object.fromEntries(states.map((state, index) => [state, main.slice(0, index)])),
    rework: [...main.slice(0, 5), 'refuse'],
    outOfScope: ['judgeOutOfScope'],
    cancelled: ['cancel'],
  };
})();

test('in every state everybody is offered exactly the moves of the table', async () => {
  const org = await world.organisation();
  const people = await crew(org);
  const given = inputs(people.plumber.staffId);
  const unit = (await org.unit()).id;
  const names = [...new Set(Object.keys(reference).map((action) => real[action] ?? action))];
  for (const [state, way] of Object.entries(ways)) {
    let at = await ticket(org, people.clerk, { unit });
    for (const action of way) {
      const by = among(reference[action]?.by ?? '', 'clerk') ? people.clerk : people.plumber;
      at = (await move(by, at, real[action] ?? action, given[action])).ticket;
    }
    expect(at.status).toBe(shown(state));
    for (const who of actors) {
      const document = 'query($id: ID!) { ticket(id: $id) { availableActions { action allowed } } }';
      const { availableActions } = (await people[who].query(document, { id: at.id })).ticket;
      const offered = availableActions.filter((one: { allowed: boolean }) => one.allowed);
      const expected = names.filter((name) =>
        Object.entries(reference).some(
          ([action, rule]) =>
            (real[action] ?? action) === name && among(rule.from, state) && among(rule.by, who),
        ),
      );
      const found = offered
        .map(({ action }: { action: string }) => action)
        .filter((action: string) => names.includes(action)) // acts that leave the state have tests of their own
        .sort();
      expect(found, `${who} in ${state}`).toEqual(expected.sort());
    }
  }
});
