import { describe, expect, test } from 'vitest';
import {
  type Assignment,
  grants,
  hiddenFields,
  inScope,
  isEmptyScope,
  type Role,
  resources,
  roleNames,
  rolesFor,
  scopeOf,
} from '../src/index.ts';

/** A repeatable generator (mulberry32): a failure names its case. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const communities = ['c1', 'c2'];
const buildings: Record<string, string> = { b1: 'c1', b2: 'c1', b3: 'c2' };
const rows = [
  { communityId: null, buildingId: null },
  ...communities.map((communityId) => ({ communityId, buildingId: null })),
  ...Object.entries(buildings).map(([buildingId, communityId]) => ({ communityId, buildingId })),
];
const levels = ['organisation', 'community', 'building'] as const;

interface Case {
  assignments: Assignment[];
  allowed: Set<Role>;
  more: Assignment;
  level: (typeof levels)[number];
}

function caseOf(seed: number): Case {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const assignment = (): Assignment => {
    const communityId = random() < 0.3 ? null : pick(communities);
    const own = Object.keys(buildings).filter((building) => buildings[building] === communityId);
    return {
      role: pick(roleNames),
      communityId,
      buildingIds: communityId !== null && random() < 0.5 ? own.filter(() => random() < 0.5) : null,
    };
  };
  return {
    assignments: Array.from({ length: Math.floor(random() * 4) }, assignment),
    allowed: new Set(roleNames.filter(() => random() < 0.4)),
    more: assignment(),
    level: pick(levels),
  };
}

const cases = Array.from({ length: 3_000 }, (_, seed) => [seed, caseOf(seed)] as const);
const visible = (assignments: readonly Assignment[], allowed: ReadonlySet<Role>, level: Case['level']) =>
  new Set(rows.filter((row) => inScope(scopeOf(assignments, allowed, level), row)));

describe('deny unless granted', () => {
  test('nobody may anything on a resource or by an action that nobody listed', () => {
    expect(rolesFor({ resource: 'noSuchThing' }, 'read').size).toBe(0);
    for (const { resource } of resources)
      expect(rolesFor({ resource }, 'noSuchAction').size, resource).toBe(0);
    for (const name of ['constructor', 'toString', '__proto__']) {
      expect(rolesFor({ resource: name }, 'read').size, name).toBe(0);
      expect(rolesFor({ resource: 'unit' }, name).size, name).toBe(0);
    }
  });

  test('without an allowed role nothing is in scope', () => {
    for (const [seed, { assignments, allowed, level }] of cases) {
      const held = assignments.some(({ role }) => allowed.has(role));
      if (!held) expect(visible(assignments, allowed, level).size, `case ${seed}`).toBe(0);
      if (!held) expect(isEmptyScope(scopeOf(assignments, allowed, level)), `case ${seed}`).toBe(true);
    }
  });

  test('every resource says who may read it, and every grant is of a resource that exists', () => {
    // Rights to look at something that is no record.
    const views = ['history', 'event', 'figures', 'wall'];
    const known = new Set([...resources.map(({ resource }) => resource), ...views]);
    for (const { resource } of resources)
      expect(rolesFor({ resource }, 'read').size, resource).toBeGreaterThan(0);
    expect(Object.keys(grants).filter((resource) => !known.has(resource))).toEqual([]);
  });

  test('a dashboard changes nothing, and sees no person', () => {
    for (const descriptor of resources)
      for (const [action, roles] of Object.entries(grants[descriptor.resource] ?? {}))
        if (action !== 'read') expect(roles, `${descriptor.resource}.${action}`).not.toContain('DASHBOARD');
    for (const resource of ['resident', 'residency', 'ticketNote', 'ticketComment', 'apiToken'])
      expect(rolesFor({ resource }, 'read').has('DASHBOARD'), resource).toBe(false);
  });
});

describe('scopes', () => {
  test('adding an assignment never hides a row, removing one never shows one', () => {
    for (const [seed, { assignments, allowed, more, level }] of cases) {
      const before = visible(assignments, allowed, level);
      const after = visible([...assignments, more], allowed, level);
      for (const row of before) expect(after.has(row), `case ${seed} ${JSON.stringify(row)}`).toBe(true);
    }
  });

  test('allowing a further role never hides a row', () => {
    for (const [seed, { assignments, allowed, more, level }] of cases) {
      const after = visible(assignments, new Set([...allowed, more.role]), level);
      for (const row of visible(assignments, allowed, level))
        expect(after.has(row), `case ${seed}`).toBe(true);
    }
  });

  test('assignments add up: what several open is what one of them opens', () => {
    for (const [seed, { assignments, allowed, level }] of cases) {
      const apart = new Set(assignments.flatMap((one) => [...visible([one], allowed, level)]));
      expect(visible(assignments, allowed, level), `case ${seed}`).toEqual(apart);
    }
  });

  test('buildings of a community open no more than the community, and that no more than the organisation', () => {
    for (const [seed, { allowed, more, level }] of cases) {
      const own = visible([more], allowed, level);
      const wide = visible([{ ...more, buildingIds: null }], allowed, level);
      const all = visible([{ ...more, communityId: null, buildingIds: null }], allowed, level);
      for (const row of own) expect(wide.has(row), `case ${seed}`).toBe(true);
      for (const row of wide) expect(all.has(row), `case ${seed}`).toBe(true);
      if (level !== 'organisation' && more.communityId !== null)
        for (const row of own) expect(row.communityId, `case ${seed}`).toBe(more.communityId);
    }
  });

  test('a steward of no building sees nothing that belongs to buildings', () => {
    const steward: Assignment = { role: 'STEWARD', communityId: 'c1', buildingIds: [] };
    expect(visible([steward], new Set<Role>(['STEWARD']), 'building').size).toBe(0);
  });

  test('a row without a building is outside every building scope', () => {
    const scope = scopeOf(
      [{ role: 'STEWARD', communityId: 'c1', buildingIds: ['b1'] }],
      new Set<Role>(['STEWARD']),
      'building',
    );
    expect(inScope(scope, { communityId: 'c1', buildingId: null })).toBe(false);
    expect(inScope(scope, { communityId: 'c1' })).toBe(false);
  });
});

describe('hidden fields', () => {
  test('a further role never hides a field', () => {
    for (const [seed, { assignments, more }] of cases)
      for (const descriptor of resources) {
        if (assignments.length === 0) continue;
        const before = hiddenFields(descriptor, assignments);
        for (const field of hiddenFields(descriptor, [...assignments, more]))
          expect(before.has(field), `case ${seed} ${descriptor.resource}.${field}`).toBe(true);
      }
  });

  test('what is hidden is a field of the resource or its search', () => {
    for (const { resource, fields, hidden } of resources)
      for (const names of Object.values(hidden ?? {}))
        for (const name of names)
          expect([...Object.keys(fields), 'search'], `${resource}.${name}`).toContain(name);
  });
});
