import { ticketDescriptor } from '@desk/schema/tickets/descriptor';
import { expect, test } from 'vitest';
import { actionLetters } from '../src/tickets/desk/letters.ts';
import { span, stateAt } from '../src/tickets/desk/promise.ts';

test('whatever actions the product offers, no two share a key and none takes a key of the desk', () => {
  const names = 'abcdefghijklmnopqrstuvwxyz'
    .split('')
    .flatMap((letter) => [`${letter}o`, `${letter}${letter}Z`]);
  for (let size = 0; size <= names.length; size += 1)
    for (const actions of [names.slice(0, size), names.slice(-size), names.toReversed().slice(0, size)]) {
      const keys = [...actionLetters(actions).values()];
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect('jknxbp').not.toContain(key.replace('shift+', ''));
      // A letter, or Shift and a letter.
      expect(keys.length).toBe(Math.min(actions.length, 2 * (26 - 6)));
    }
});

test('what a clerk does all day keeps its letter, however many acts the product offers', () => {
  const moves = [...new Set(ticketDescriptor.lifecycle.moves.map(({ action }) => action))];
  const letters = actionLetters(moves);
  const daily = {
    confirm: 'c',
    dispatch: 'd',
    accept: 'a',
    arrive: 'o',
    finish: 'f',
    signOff: 's',
    revisit: 'v',
    close: 'l',
  };
  for (const [action, letter] of Object.entries(daily)) expect(letters.get(action), action).toBe(letter);
  // Nothing that a ticket offers is out of reach of the keys.
  for (const action of moves) expect(letters.get(action), action).toBeDefined();
});

test('a promise that runs out turns overdue by the clock alone; a paused one does not (T-16)', () => {
  const due = Date.parse('2026-11-20T08:00:00Z');
  const promised = { promiseState: 'AT_RISK' as const, nextDueAt: new Date(due).toISOString() };
  expect(stateAt(promised, due - 1)).toBe('AT_RISK');
  expect(stateAt(promised, due)).toBe('BREACHED');
  expect(stateAt({ ...promised, promiseState: 'PAUSED' }, due + 1)).toBe('PAUSED');
  expect(stateAt({ promiseState: 'NONE', nextDueAt: null }, due)).toBe('NONE');
});

test('what is left is said in two units, in both languages', () => {
  expect(span(26 * 3_600_000 + 5 * 60_000, 'zh-CN')).toBe('1天2小时');
  expect(span(3_900_000, 'zh-CN')).toBe('1小时05分');
  expect(span(-129_000, 'en')).toBe('02m 09s');
  expect(span(0, 'en')).toBe('00m 00s');
});
