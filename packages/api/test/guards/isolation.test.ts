import { type Assignment, resources, roleNames, rolesFor } from '@desk/schema';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadDemo } from '../../src/demo/index.ts';
import { domains } from '../../src/domains.ts';
import { schemaOf } from '../../src/platform/graphql/schema.ts';
import { newUuid } from '../../src/platform/ids.ts';
import { contextFor } from '../../src/platform/request.ts';
import { Viewer } from '../../src/platform/viewer.ts';
import { startTestApp, type TestApp } from '../harness/app.ts';
import {
  entityOf,
  idPaths,
  inputOf,
  inputValue,
  type Sample,
  type Samples,
  targetOf,
  withValue,
} from './inputs.ts';

/**
 * Every mutation and every argument of type ID, tried from another organisation, from another community and by every
 * role. The inputs are made from the SDL, so a new mutation is tried without anybody thinking of it.
 */
type Payload = Record<string, unknown> & { userErrors: { code: string; field: string[] | null }[] };

const mutations = Object.values(schemaOf(domains).getMutationType()?.getFields() ?? {});
/** Mutations whose right is not named like they are. */
const rights: Record<string, string> = {
  keyAddCopies: 'update',
  staffSetPassword: 'update',
  feeRun: 'create',
  importRun: 'create',
};

let app: TestApp;
let [ours, theirs]: Samples[] = [];
let [home, abroad] = ['', ''];
let otherCommunity = '';

beforeAll(async () => {
  app = await startTestApp();
  home = await loadDemo(app, () => undefined);
  abroad = await loadDemo(app, () => undefined, { name: '别家物业', mailDomain: 'elsewhere.example' });
  ours = await samplesOf(home);
  theirs = await samplesOf(abroad);
  const { rows } = await app.db.owner.query(
    "select id from community where organisation_id = $1 and code = 'BJDS'",
    [home],
  );
  otherCommunity = rows[0].id;
}, 120_000);
afterAll(() => app.close());

const everyRole = (communityId: string | null = null): Assignment[] =>
  roleNames.map((role) => ({ role, communityId, buildingIds: null }));
const viewerOf = (organisation: string, assignments: Assignment[]): Viewer =>
  new Viewer({ id: newUuid(), kind: 'STAFF', name: '守卫' }, organisation, assignments);

async function run(viewer: Viewer, source: string, variables: Record<string, unknown> = {}) {
  const prepared = app.engine.prepare(source);
  if ('errors' in prepared) throw new Error(prepared.errors.map((error) => error.message).join());
  return app.engine.run(
    prepared.document,
    null,
    variables,
    contextFor(app.services, { viewer, locale: 'en' }),
  );
}

/** One record of each resource in the demo's first community: what somebody sees who has every role there. */
async function samplesOf(organisation: string): Promise<Samples> {
  const { rows } = await app.db.owner.query(
    "select id from community where organisation_id = $1 and code = 'YGHY'",
    [organisation],
  );
  const viewer = viewerOf(organisation, everyRole(rows[0].id));
  const found: Samples = new Map();
  const admin = viewerOf(organisation, everyRole());
  await attempt(admin, mutationNamed('apiTokenCreate'), { name: 'guard', role: 'DASHBOARD' });
  await app.db.owner.query(
    `with run as (
       insert into import_run (organisation_id, id, version, created_at, updated_at, community_id, resource, file_name, status, locale, headers)
       values ($1, uuidv7(), 1, now(), now(), $2, 'UNITS', 'guard.csv', 'UPLOADED', 'en', '{}') returning *)
     insert into import_problem (organisation_id, id, created_at, updated_at, community_id, import_id, row, severity, message_zh, message_en)
     select organisation_id, uuidv7(), now(), now(), community_id, id, 2, 'NOTICE', 'x', 'x' from run`,
    [organisation, rows[0].id],
  );
  await app.db.owner.query(
    `insert into monthly_report (organisation_id, id, version, created_at, updated_at, community_id, month, "from", "to", frozen_at, content)
     values ($1, uuidv7(), 1, now(), now(), $2, '2001-01', '2000-12-28', '2001-01-27', now(), '{"tickets":{},"complaints":{},"calls":[]}')`,
    [organisation, rows[0].id],
  );
  for (const { name, resource } of resources) {
    const { data, errors } = await run(viewer, `{ ${name}(first: 1) { nodes { id version } } }`);
    if (errors) throw new Error(JSON.stringify(errors));
    const [node] = (data as Record<string, { nodes: Sample[] }>)[name]?.nodes ?? [];
    if (node) found.set(resource, node);
  }
  found.set('file', await uploadedFile(organisation));
  return found;
}

/** Files are no resource: they are reached through what they are attached to. */
async function uploadedFile(organisation: string): Promise<Sample> {
  const { rows } = await app.db.owner.query(
    `insert into file (organisation_id, id, hash, name, type, size, uploaded_by, uploaded_by_name, uploaded_at)
     values ($1, uuidv7(), $2, 'guard.pdf', 'application/pdf', 1, uuidv7(), '守卫', now()) returning id`,
    [organisation, '0'.repeat(64)],
  );
  return { id: app.encode('file', rows[0].id), version: 1 };
}

async function attempt(
  viewer: Viewer,
  mutation: (typeof mutations)[number],
  input: unknown,
): Promise<Payload> {
  const entity = entityOf(mutation).resource;
  const source = `mutation($input: ${mutation.args[0]?.type}) { ${mutation.name}(input: $input) { ${entity} { id } userErrors { code field message } } }`;
  const { data, errors } = await run(viewer, source, { input });
  expect(errors, `${mutation.name} ${JSON.stringify(input)}`).toBeUndefined();
  return data?.[mutation.name] as Payload;
}

const mutationNamed = (name: string) =>
  mutations.find((mutation) => mutation.name === name) as (typeof mutations)[number];
const missing = (id: string): string => app.encode(id.slice(0, id.lastIndexOf('_')), newUuid());

describe('from another organisation', () => {
  test.each(mutations.map((mutation) => [mutation.name, mutation] as const))(
    '%s: a foreign id looks like a missing one',
    async (_name, mutation) => {
      const entity = entityOf(mutation);
      const input = inputValue(inputOf(mutation), entity, ours ?? new Map());
      const viewer = viewerOf(home, everyRole());
      for (const path of idPaths(inputOf(mutation), input)) {
        const target = targetOf(entity, path.at(-1) ?? '');
        const foreign = theirs?.get(target)?.id;
        if (!foreign) throw new Error(`the demo has no ${target} to try ${mutation.name} with`);
        const answer = await attempt(viewer, mutation, withValue(input, path, foreign));
        expect(answer.userErrors, `${mutation.name}.${path.join('.')} took a foreign id`).not.toEqual([]);
        expect(answer).toEqual(await attempt(viewer, mutation, withValue(input, path, missing(foreign))));
      }
    },
  );

  test('no foreign record is found by id, in a list or through a filter', async () => {
    const viewer = viewerOf(home, everyRole());
    for (const { resource: name, name: list } of resources) {
      const id = theirs?.get(name)?.id;
      if (!id) continue;
      const source = `query($id: ID!) { ${name}(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } ${list}(filter: { id: { eq: $id } }) { totalCount nodes { id } } }`;
      expect(await run(viewer, source, { id })).toEqual({
        data: { [name]: null, node: null, nodes: [null], [list]: { totalCount: 0, nodes: [] } },
      });
    }
  });
});

describe('from another community', () => {
  test.each(mutations.map((mutation) => [mutation.name, mutation] as const))(
    '%s is refused',
    async (_name, mutation) => {
      const viewer = viewerOf(home, everyRole(otherCommunity));
      const answer = await attempt(
        viewer,
        mutation,
        inputValue(inputOf(mutation), entityOf(mutation), ours ?? new Map()),
      );
      expect(answer.userErrors.map((error) => error.code)).toEqual([
        expect.stringMatching(/^(NOT_FOUND|FORBIDDEN)$/),
      ]);
    },
  );
});

describe('by every role', () => {
  test.each(mutations.map((mutation) => [mutation.name, mutation] as const))(
    '%s is refused to roles without the right',
    async (name, mutation) => {
      const entity = entityOf(mutation);
      const rest = name.slice(entity.resource.length);
      const action = rights[name] ?? `${rest[0]?.toLowerCase()}${rest.slice(1)}`;
      const allowed = rolesFor(entity, action);
      expect(
        allowed.size,
        `nobody may ${action} ${entity.resource}: is the right named differently?`,
      ).toBeGreaterThan(0);
      for (const role of roleNames.filter((one) => !allowed.has(one))) {
        const viewer = viewerOf(home, [{ role, communityId: null, buildingIds: null }]);
        const answer = await attempt(
          viewer,
          mutation,
          inputValue(inputOf(mutation), entity, ours ?? new Map()),
        );
        expect(
          answer.userErrors.map((error) => error.code),
          role,
        ).toEqual([expect.stringMatching(/^(NOT_FOUND|FORBIDDEN)$/)]);
      }
    },
  );

  test('lists are refused to roles that may not read them', async () => {
    for (const resource of resources)
      for (const role of roleNames) {
        const viewer = viewerOf(home, [{ role, communityId: null, buildingIds: null }]);
        const { errors } = await run(viewer, `{ ${resource.name}(first: 1) { nodes { id } } }`);
        const allowed = rolesFor(resource, 'read').has(role);
        expect(errors?.[0]?.extensions?.code, `${role} reads ${resource.name}`).toBe(
          allowed ? undefined : 'FORBIDDEN',
        );
      }
  });
});
