import { describe, expect, test } from 'vitest';
import { type Lifecycle, lifecycleFaults, type Move, moveFrom, resources } from '../src/index.ts';

const withLifecycle = resources.flatMap(({ resource, lifecycle }) =>
  lifecycle ? [[resource, lifecycle] as const] : [],
);

describe('life cycles of the resources', () => {
  test('there is one for each of the six resources', () => {
    expect(withLifecycle.map(([name]) => name)).toEqual(
      expect.arrayContaining(['unit', 'ticket', 'fee', 'renovationPermit', 'keyLoan']),
    );
  });

  test.each(withLifecycle)('%s: no state unreached, no dead end, no ambiguous move', (_name, table) => {
    expect(lifecycleFaults(table)).toEqual([]);
  });

  test.each(withLifecycle)('%s: nobody leaves a final state by hand', (_name, table) => {
    for (const { action, from, to, automatic } of table.moves)
      for (const state of automatic ? [] : from)
        if (table.final.includes(state)) expect(to, `${action} from ${state}`).toBe(state);
  });

  test.each(withLifecycle)(
    '%s: from every state a final one can be reached, where there is one',
    (_name, table) => {
      if (table.final.length === 0) return;
      const ends = new Set<string>(table.final);
      for (let before = 0; before !== ends.size; ) {
        before = ends.size;
        for (const { from, to } of table.moves) if (ends.has(to)) for (const state of from) ends.add(state);
      }
      expect([...ends].sort()).toEqual(Object.keys(table.states).sort());
    },
  );

  test.each(withLifecycle)('%s: states and moves are named in both languages', (_name, table) => {
    for (const text of [...Object.values(table.states), ...table.moves.map((move) => move.label)]) {
      expect(text.zh).toMatch(/\p{Script=Han}/u);
      expect(text.en.trim()).not.toBe('');
    }
  });

  test.each(withLifecycle)(
    '%s: machines make no moves unless the table says so, and a move keeps a rule',
    (_name, table) => {
      for (const { action, rule, automatic, who } of table.moves) {
        expect(rule, action).toMatch(/^[A-Z]-\d{1,2}$/);
        if (automatic) expect(who, action).toEqual([]);
        expect(who, action).not.toContain('DASHBOARD');
      }
    },
  );
});

describe('broken tables are found out', () => {
  const state = { zh: '态', en: 'State' };
  const move = (action: string, from: string[], to: string, more: Partial<Move> = {}): Move => ({
    action,
    label: state,
    from,
    to,
    who: ['MANAGER'],
    ...more,
  });
  const good: Lifecycle = {
    states: { A: state, B: state, C: state },
    initial: 'A',
    final: ['C'],
    moves: [move('go', ['A'], 'B'), move('end', ['B'], 'C')],
  };

  test('a good one has no faults', () => expect(lifecycleFaults(good)).toEqual([]));

  test.each<[string, Partial<Lifecycle>, string]>([
    [
      'a state that nobody reaches',
      { states: { ...good.states, D: state }, final: ['C', 'D'] },
      'D is never reached',
    ],
    ['a state that nobody leaves', { final: [] }, 'C is a dead end'],
    [
      'a move that stays is no way out',
      { final: [], moves: [...good.moves, move('stay', ['C'], 'C')] },
      'C is a dead end',
    ],
    [
      'a move that nobody may make',
      { moves: [move('go', ['A'], 'B', { who: [] }), move('end', ['B'], 'C')] },
      'nobody may go',
    ],
    ['a move to an unknown state', { moves: [...good.moves, move('leap', ['A'], 'X')] }, 'X is unknown'],
    ['a move from an unknown state', { moves: [...good.moves, move('leap', ['X'], 'B')] }, 'X is unknown'],
    [
      'two moves of one name from one state',
      { moves: [...good.moves, move('go', ['A'], 'C')] },
      'go from A is ambiguous',
    ],
    [
      'a move out of a final state',
      { moves: [...good.moves, move('revive', ['C'], 'A')] },
      'C is final, but revive leaves it',
    ],
    ['an unknown initial state', { initial: 'X' }, 'X is unknown'],
    ['an unknown final state', { final: ['C', 'X'] }, 'X is unknown'],
  ])('%s', (_name, change, fault) => expect(lifecycleFaults({ ...good, ...change })).toContain(fault));

  test('an automatic move needs nobody', () => {
    expect(
      lifecycleFaults({
        ...good,
        moves: [move('go', ['A'], 'B', { who: [], automatic: true }), move('end', ['B'], 'C')],
      }),
    ).toEqual([]);
  });

  test('only the table makes a move', () => {
    expect(moveFrom(good, 'A', 'go')?.to).toBe('B');
    expect(moveFrom(good, 'B', 'go')).toBeUndefined();
    expect(moveFrom(good, 'A', 'fly')).toBeUndefined();
    expect(moveFrom(good, 'toString', 'go')).toBeUndefined();
  });
});
