import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Assignment, roleNames } from '@desk/schema';
import fc from 'fast-check';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDemo } from '../../src/demo/index.ts';
import { newUuid } from '../../src/platform/ids.ts';
import { contextFor } from '../../src/platform/request.ts';
import { Viewer } from '../../src/platform/viewer.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import type { Choice } from './reference/choice.ts';
import { Writer } from './reference/documents.ts';
import { answer, cursorText, plainCursor } from './reference/resolve.ts';
import { Tables } from './reference/tables.ts';
import { cursorMark } from './reference/values.ts';

/**
 * The read layer against a plain, slow reference: random documents of random viewers over the real SDL give the same
 * JSON. `READ_DOCUMENTS=2000` tries more of them, `READ_SEED` repeats a run.
 */
const documents = Number(process.env.READ_DOCUMENTS ?? 150);
const seed = process.env.READ_SEED ? Number(process.env.READ_SEED) : undefined;
const sdl = buildSchema(readFileSync(join(import.meta.dirname, '../../../schema/schema.graphql'), 'utf8'));

type Result = {
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; path?: unknown; extensions?: { code?: unknown } }[];
};

let app: TestApp;
let tables: Tables;
const now = new Date();

beforeAll(async () => {
  app = await startTestApp({}, { now: () => now });
  const organisation = await loadDemo(app, () => undefined);
  tables = await new Tables(app.db.owner, organisation).load();
}, 120_000);
afterAll(() => app.close());

const everyone: Assignment[] = roleNames.map((role) => ({ role, communityId: null, buildingIds: null }));
const viewerWith = (assignments: readonly Assignment[]) =>
  new Viewer({ id: newUuid(), kind: 'STAFF', name: '读者' }, tables.organisation, assignments);

async function run(viewer: Viewer, source: string, variables: Record<string, unknown>): Promise<Result> {
  const prepared = app.engine.prepare(source);
  if ('errors' in prepared) return { errors: prepared.errors };
  if (!app.engine.executable(prepared.document, null)) throw new Error(`not compiled: ${source}`);
  return app.engine.run(
    prepared.document,
    null,
    variables,
    contextFor(app.services, { viewer, locale: 'en' }),
  );
}

/** Somebody with every role everywhere, or with one or two roles in places of the demo. */
function assignmentsOf(choice: Choice): Assignment[] {
  const way = choice.below(10);
  if (way < 4) return everyone;
  const communities = tables.rows('Community');
  // Sees more of one community than of the other: relations lead out of what may be seen.
  if (way < 6) {
    const wide: Assignment = {
      role: choice.pick(['DASHBOARD', 'INTEGRATOR']),
      communityId: null,
      buildingIds: null,
    };
    return [
      wide,
      { role: choice.pick(roleNames), communityId: choice.pick(communities).id ?? null, buildingIds: null },
    ];
  }
  return Array.from({ length: 1 + choice.below(2) }, () => {
    const role = choice.pick(roleNames);
    const community = choice.chance(0.5) ? (choice.pick(communities).id ?? null) : null;
    const buildings = tables.rows('Building').filter((row) => row.community_id === community);
    const some =
      community && choice.chance(0.6)
        ? buildings.filter(() => choice.chance(0.5)).map((row) => row.id ?? '')
        : null;
    return { role, communityId: community, buildingIds: some };
  });
}

const cursors = new Map<string, Promise<string[]>>();

/** Real cursors of an order, as a client collects them: page by page, from the read layer itself. */
function cursorsOf(type: string, order: string): Promise<string[]> {
  const known = cursors.get(`${type}.${order}`);
  if (known) return known;
  const [field = '', direction = ''] = order.split(':');
  const constant = field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  const list =
    type === 'HistoryEntry'
      ? 'units(first: 5) { nodes { history { edges { cursor } } } }'
      : `${tables.models.get(type)?.descriptor.name}(first: 100, orderBy: { field: ${constant}, direction: ${direction} }) { edges { cursor } }`;
  const found = run(viewerWith(everyone), `{ ${list} }`, {}).then((result) => {
    const text = JSON.stringify(result);
    return [...text.matchAll(/"cursor":"([^"]+)"/g)].map(([, cursor]) => cursor ?? '');
  });
  cursors.set(`${type}.${order}`, found);
  return found;
}

/** Puts real cursors where the document asks for some. */
async function withCursors(text: string): Promise<string> {
  const marks = [...text.matchAll(cursorMark)];
  const real = new Map<string, string>();
  for (const [mark, type = '', order = '', at] of marks) {
    const list = await cursorsOf(type, order);
    real.set(
      mark,
      list[Math.floor((list.length * Number(at)) / 100)] ??
        Buffer.from(JSON.stringify([order, order.startsWith('id:') ? newUuid() : null, newUuid()])).toString(
          'base64url',
        ),
    );
  }
  return text.replace(cursorMark, (mark) => real.get(mark) ?? mark);
}

/** Cursors are opaque: compared by the order and the record that they stand for. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner)]));
  if (typeof value !== 'string' || !/^WyJ[\w-]{40,}$/.test(value)) return value;
  const { order, id } = plainCursor(value);
  return cursorText(order, id);
}

/** Where two answers differ first, in words; a diff of whole answers says less. */
function difference(ours: unknown, plain: unknown, path = 'data'): string | undefined {
  if (typeof ours !== 'object' || typeof plain !== 'object' || ours === null || plain === null)
    return ours === plain
      ? undefined
      : `${path}: ${JSON.stringify(ours)} instead of ${JSON.stringify(plain)}`;
  const keys = new Set([...Object.keys(ours), ...Object.keys(plain)]);
  for (const key of keys) {
    const found = difference(
      (ours as Record<string, unknown>)[key],
      (plain as Record<string, unknown>)[key],
      `${path}.${key}`,
    );
    if (found) return found;
  }
  return undefined;
}

const computed = new Map<string, Promise<unknown>>();

/** A computed field asked alone, of one record: what lists of them must agree with. */
function computeFor(viewer: Viewer, key: string) {
  return (type: string, field: string, id: string): Promise<unknown> => {
    const name = `${key} ${field} ${id}`;
    let value = computed.get(name);
    if (!value) {
      const { resource } = tables.models.get(type)?.descriptor ?? {};
      const selection = field === 'availableActions' ? `${field} { action allowed code reason rule }` : field;
      value = run(viewer, `query($id: ID!) { ${resource}(id: $id) { ${selection} } }`, { id }).then(
        ({ data, errors }) => {
          if (errors) throw new Error(`${type}.${field}: ${errors[0]?.message}`);
          return (data?.[resource ?? ''] as Record<string, unknown> | null)?.[field];
        },
      );
      computed.set(name, value);
    }
    return value;
  };
}

const seen = new Map<string, number>();
const count = (name: string): void => void seen.set(name, (seen.get(name) ?? 0) + 1);

test(
  `${documents} random documents: the same JSON as field by field from full tables`,
  async () => {
    const property = fc.asyncProperty(fc.gen(), async (generate) => {
      const choice: Choice = {
        below: (limit) => generate(fc.nat, { max: limit - 1 }),
        chance: (probability) => generate(fc.nat, { max: 999 }) >= 1000 - probability * 1000,
        pick: (list) => list[generate(fc.nat, { max: list.length - 1 })] as (typeof list)[number],
      };
      const assignments = assignmentsOf(choice);
      const made = new Writer(choice, sdl, tables, assignments).document();
      const source = await withCursors(made.source);
      const variables = JSON.parse(await withCursors(JSON.stringify(made.variables))) as Record<
        string,
        unknown
      >;
      const viewer = viewerWith(assignments);

      // The first time by graphql-js, then compiled.
      const first = await run(viewer, source, variables);
      const fast = await run(viewer, source, variables);
      const codes = (fast.errors ?? []).map((error) => error.extensions?.code ?? `invalid: ${error.message}`);
      count('made');
      if (codes.includes('TOO_COMPLEX')) return count('too large');
      const slow = await answer(
        { schema: sdl, tables, assignments, compute: computeFor(viewer, JSON.stringify(assignments)) },
        source,
        variables,
      );
      const report = `${source}\nvariables ${JSON.stringify(variables)}\nviewer ${assignments.length === everyone.length ? 'with every role' : JSON.stringify(assignments)}`;
      const refused =
        made.forbidden || (slow.errors?.some((error) => error.extensions.code === 'FORBIDDEN') ?? false);
      if (refused && fast.errors) {
        expect(new Set(codes), report).toEqual(new Set(['FORBIDDEN']));
        return count('refused');
      }
      const [interpreted, ours, plain] = [first.data, fast.data, slow.data].map((data) =>
        comparable(JSON.parse(JSON.stringify(data ?? null))),
      );
      expect(slow.errors ?? fast.errors ?? difference(ours, plain), report).toBeUndefined();
      expect(first.errors ?? difference(interpreted, plain), `interpreted: ${report}`).toBeUndefined();
      count('compared');
      for (const feature of made.features) count(feature);
      if (assignments.length < everyone.length) count('partial viewer');
    });
    await fc.assert(property, {
      numRuns: documents,
      ...(seed !== undefined && { seed }),
      endOnFailure: process.env.READ_SHRINK === '0',
      interruptAfterTimeLimit: documents * 2_000,
    });

    const share = (name: string) => (seen.get(name) ?? 0) / documents;
    console.info(JSON.stringify(Object.fromEntries(seen)));
    expect(share('compared'), 'most documents are worth comparing').toBeGreaterThan(0.75);
    for (const feature of [
      'alias',
      'fragment',
      'inline fragment',
      'include',
      'skip',
      'variable',
      'absent variable',
      'default',
      'merged list',
      'merged fragment',
      'node',
      'nodes',
      'filter',
      'orderBy',
      'after',
      'before',
      'last',
      'history',
      'partial viewer',
    ])
      expect(share(feature), feature).toBeGreaterThan(0);
  },
  documents * 2_000 + 60_000,
);
