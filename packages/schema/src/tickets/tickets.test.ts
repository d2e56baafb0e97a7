import { expect, test } from 'vitest';
import { lifecycleFaults } from '../lifecycle.ts';
import { departmentRoles, departments, ticketKinds, ticketSeries } from './enums.ts';
import { ticketLifecycle } from './lifecycle.ts';
import { phone } from './limits.ts';

test('the table of the life cycle has no dead ends and no ambiguous moves', () => {
  expect(lifecycleFaults(ticketLifecycle)).toEqual([]);
});

test('every move names the rule that it keeps, and nobody but staff makes one', () => {
  for (const { action, rule, who } of ticketLifecycle.moves) {
    expect(rule, action).toMatch(/^T-\d\d$/);
    expect(who, action).not.toContain('INTEGRATOR');
    expect(who, action).not.toContain('DASHBOARD');
  }
});

test('the shortest way to closing passes every station of handbook T-09', () => {
  const way = ['RECEIVED'];
  for (const action of ['confirm', 'dispatch', 'accept', 'arrive', 'finish', 'signOff', 'revisit', 'close']) {
    const move = ticketLifecycle.moves.find((one) => one.action === action);
    expect(move?.from).toContain(way.at(-1));
    way.push(move?.to ?? '');
  }
  expect(way.slice(1)).toEqual([
    'CONFIRMED',
    'DISPATCHED',
    'ACCEPTED',
    'ON_SITE',
    'DONE',
    'SIGNED_OFF',
    'REVISITED',
    'CLOSED',
  ]);
});

test('every kind has letters for its numbers, every department its roles', () => {
  expect(Object.keys(ticketSeries)).toEqual(Object.keys(ticketKinds));
  expect(Object.keys(departmentRoles)).toEqual(Object.keys(departments));
  for (const letters of Object.values(ticketSeries)) expect(letters).toMatch(/^[A-Z]{2}$/);
});

test('phones are taken as people write them, masked ones are not', () => {
  for (const good of ['13812345678', '+86 138 1234 5678', '010-65521234-802', '(010) 65521234', '12345'])
    expect(phone.safeParse(good).success, good).toBe(true);
  for (const bad of ['', '138****5678', '请打座机', '1', '1'.repeat(40)])
    expect(phone.safeParse(bad).success, bad).toBe(false);
});
