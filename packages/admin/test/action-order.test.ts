import { ticketDescriptor } from '@desk/schema/tickets/descriptor';
import { expect, test } from 'vitest';
import { byUse, type RecordAction } from '../src/ui/actions.ts';

/** All that a ticket in a state allows, as the life cycle tells. */
function allowedIn(state: string): RecordAction[] {
  return ticketDescriptor.lifecycle.moves
    .filter((move) => (move.from as readonly string[]).includes(state) && !('automatic' in move))
    .map(({ action, label, to, ...move }) => ({
      ...{ name: action, mutation: action, label, to, allowed: true, inputs: [] },
      danger: 'danger' in move && move.danger === true,
    }));
}

test('the first button is the next step of the life of a ticket, whatever else is possible (T-09)', () => {
  const next = {
    ...{ RECEIVED: 'confirm', CONFIRMED: 'dispatch', DISPATCHED: 'accept', ACCEPTED: 'arrive' },
    ...{ ON_SITE: 'finish', DONE: 'signOff', SIGNED_OFF: 'revisit', REVISITED: 'close' },
    ...{ REWORK: 'accept', PARKED: 'resume' },
  };
  for (const [state, action] of Object.entries(next))
    expect(byUse(ticketDescriptor, state, allowedIn(state))[0]?.name, state).toBe(action);
});

test('what cannot be undone stands last, and nothing is lost or doubled', () => {
  for (const state of Object.keys(ticketDescriptor.lifecycle.states)) {
    const before = allowedIn(state);
    const after = byUse(ticketDescriptor, state, before);
    expect(new Set(after)).toEqual(new Set(before));
    expect(after).toHaveLength(before.length);
    const firstDanger = after.findIndex(({ danger }) => danger);
    if (firstDanger >= 0) expect(after.slice(firstDanger).every(({ danger }) => danger)).toBe(true);
  }
});
