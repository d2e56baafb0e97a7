import { expect, test } from 'vitest';
import type { EventRow } from '../../src/platform/events/event.ts';
import { Group, type Listening } from '../../src/platform/events/group.ts';

/** A group without sockets and rights: what its members get while it works. */
const event = (id: number): EventRow => ({
  xid: 1n,
  id: BigInt(id),
  organisationId: 'o',
  communityId: null,
  buildingId: null,
  type: 'unit.updated',
  subjectType: 'unit',
  subjectId: 'u',
  changes: [],
  reason: null,
  actor: { id: 'a', kind: 'STAFF', name: '王芳' },
  at: '',
  recorded: 0n,
  recordedMs: 0,
});
const place = (id: number) => ({ xid: 1n, id: BigInt(id) });

class Member implements Listening {
  readonly id = '"1"';
  readonly viewer = null;
  got: EventRow | undefined;
  heard: number[] = [];
  onWrite: (() => void) | undefined;

  write(frames: string): void {
    this.heard.push(...[...frames.matchAll(/"payload":(\d+)\}/g)].map(([, payload]) => Number(payload)));
    this.onWrite?.();
  }
  overrun(): void {}
  async return(): Promise<void> {}
}

/** Executes when `go` is called. */
function working() {
  let go = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const group = new Group({
    wants: () => true,
    execute: async ({ id }) => {
      await gate;
      return String(id);
    },
    personal: () => false,
    queue: 100,
  });
  return { group, go };
}

test('who joins while events are executed gets only those behind its place', async () => {
  const { group, go } = working();
  const [early, late] = [new Member(), new Member()];
  group.join(early, { place: place(0), past: undefined });
  for (const id of [1, 2, 3]) group.offer(event(id), place(id - 1));
  await Promise.resolve();
  group.join(late, { place: place(2), past: { committedBefore: ({ id }) => id === 4n, given: 4n } });
  for (const id of [4, 5]) group.offer(event(id), place(id - 1));
  go();
  await expect.poll(() => early.heard).toEqual([1, 2, 3, 4, 5]);
  expect(late.heard).toEqual([3, 5]); // 4 was committed before it came
});

test('who leaves while events are sent is told where it stands: those served behind them, the others before', async () => {
  const { group, go } = working();
  const members = Array.from({ length: 1_200 }, () => new Member());
  for (const member of members) group.join(member, { place: place(0), past: undefined });
  group.offer(event(1), place(0));
  go();
  const [first, last] = [members[0], members.at(-1)] as [Member, Member];
  await expect.poll(() => last.heard).toEqual([1]);
  group.offer(event(2), place(1));
  group.offer(event(3), place(2));
  const places: bigint[] = [];
  first.onWrite = () =>
    setImmediate(() => places.push(...[first, last].map((member) => group.leave(member, place(3)).place.id)));
  await expect.poll(() => members[1_198]?.heard).toEqual([1, 2, 3]);
  expect(places).toEqual([3n, 1n]);
  expect(last.heard).toEqual([1]);
  expect(group.leave(members[1] as Member, place(9)).place.id).toBe(9n); // nothing is under way: all that came
});
