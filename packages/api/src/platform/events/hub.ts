import type { EventRow, Position } from './event.ts';
import { Group, type GroupWork, type Listening } from './group.ts';
import type { Wish } from './match.ts';
import type { Relay } from './relay.ts';
import type { Standing } from './subscriber.ts';

interface Entry {
  group: Group;
  key: string;
  wish: Wish;
}

/**
 * The groups of one organisation, on one listener of the relay. An event touches only groups that it can concern: those of
 * its record, those of its resource, and those that ask for everything.
 */
export class Hub {
  readonly #relay: Relay;
  readonly #entries = new Map<string, Entry>();
  readonly #byGroup = new Map<Group, Entry>();
  readonly #bySubject = new Map<string, Set<Group>>();
  readonly #byKind = new Map<string, Set<Group>>();
  readonly #all = new Set<Group>();
  readonly #listener = (events: readonly EventRow[]) => this.#arrive(events);
  #held = 0;
  #listening: Promise<boolean> | undefined;
  #place: Position = { xid: 0n, id: 0n };

  constructor(
    relay: Relay,
    readonly organisationId: string,
  ) {
    this.#relay = relay;
  }

  /** The last event that came. */
  get place(): Position {
    return this.#place;
  }

  get size(): number {
    let count = 0;
    for (const { group } of this.#entries.values()) count += group.size;
    return count;
  }

  get groups(): Group[] {
    return [...this.#byGroup.keys()];
  }

  /** Listens as long as anybody holds it. Resolves when every event that the relay reads from then on comes; false when the process is stopping. */
  hold(): Promise<boolean> {
    this.#held += 1;
    this.#listening ??= this.#relay.attach(this.organisationId, this.#listener).then((admission) => {
      if (admission) this.#place = admission.position;
      return admission !== undefined;
    });
    return this.#listening;
  }

  /** Answers whether nobody holds it any more. */
  release(): boolean {
    this.#held -= 1;
    if (this.#held > 0) return false;
    this.#relay.detach(this.organisationId, this.#listener);
    this.#listening = undefined;
    return true;
  }

  /** Puts a subscription that has caught up into its group. */
  join(key: string, wish: Wish, work: () => GroupWork, member: Listening, standing: Standing): Group {
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = { group: new Group(work()), key, wish };
      this.#entries.set(key, entry);
      this.#byGroup.set(entry.group, entry);
      for (const [index, value] of this.#places(wish)) put(index, value, entry.group);
      if (this.#isOpen(wish)) this.#all.add(entry.group);
    }
    entry.group.join(member, standing);
    return entry.group;
  }

  leave(group: Group, member: Listening): Standing {
    const standing = group.leave(member, this.#place);
    const entry = this.#byGroup.get(group);
    if (entry && group.size === 0) {
      this.#entries.delete(entry.key);
      this.#byGroup.delete(group);
      this.#all.delete(group);
      for (const [index, value] of this.#places(entry.wish)) take(index, value, group);
    }
    return standing;
  }

  #arrive(events: readonly EventRow[]): void {
    for (const event of events) {
      for (const group of this.#concerned(event)) group.offer(event, this.#place);
      this.#place = event;
    }
  }

  #concerned({ subjectId, subjectType, type }: EventRow): Set<Group> {
    const groups = new Set(this.#all);
    for (const found of [
      this.#bySubject.get(subjectId),
      this.#byKind.get(subjectType),
      this.#byKind.get(type.split('.', 1)[0] ?? ''),
    ])
      for (const group of found ?? []) groups.add(group);
    return groups;
  }

  /** Where a group is looked up; nowhere when it asks for everything. */
  #places({ subject, kinds }: Wish): [Map<string, Set<Group>>, string][] {
    if (subject !== undefined) return [[this.#bySubject, subject]];
    return (kinds ?? []).map((kind) => [this.#byKind, kind]);
  }

  #isOpen = ({ subject, kinds }: Wish): boolean => subject === undefined && kinds === undefined;
}

function put(index: Map<string, Set<Group>>, value: string, group: Group): void {
  const groups = index.get(value);
  if (groups) groups.add(group);
  else index.set(value, new Set([group]));
}

function take(index: Map<string, Set<Group>>, value: string, group: Group): void {
  const groups = index.get(value);
  if (groups?.delete(group) && groups.size === 0) index.delete(value);
}

/** The groups of one process. */
export class LiveGroups {
  readonly #hubs = new Map<string, Hub>();

  constructor(readonly relay: Relay) {}

  hub(organisationId: string): Hub {
    let hub = this.#hubs.get(organisationId);
    if (!hub) this.#hubs.set(organisationId, (hub = new Hub(this.relay, organisationId)));
    return hub;
  }

  release(hub: Hub): void {
    if (hub.release() && this.#hubs.get(hub.organisationId) === hub) this.#hubs.delete(hub.organisationId);
  }

  get hubs(): Hub[] {
    return [...this.#hubs.values()];
  }

  get size(): number {
    return this.hubs.reduce((count, hub) => count + hub.size, 0);
  }

  async close(): Promise<void> {
    const groups = this.hubs.flatMap((hub) => hub.groups);
    await Promise.all(groups.flatMap((group) => group.everybody().map((member) => member.return())));
  }
}
