import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Client, client, startWorld, type World } from '../../../test/harness/world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const filter = JSON.stringify({ status: { in: ['RECEIVED'] }, urgent: { eq: true } });
const fields = 'savedView { id version name filter sort descending columns sharedWith owner { id } }';
const listed = '{ savedViews { nodes { id name } } }';

async function desk() {
  const organisation = await world.organisation();
  const { community } = await organisation.unit();
  const [supervisor, clerk, other, steward] = await Promise.all([
    organisation.as('SUPERVISOR', { community: community.id }),
    organisation.as('FRONT_DESK', { community: community.id }),
    organisation.as('FRONT_DESK', { community: community.id }),
    organisation.as('STEWARD', { community: community.id }),
  ]);
  return {
    organisation,
    supervisor,
    clerk,
    other,
    steward,
    base: { community: community.id, resource: 'tickets', filter },
  };
}

test('a view is its owner’s alone until it is shared; then the roles in the community see it, and nobody else (P-3)', async () => {
  const { supervisor, clerk, other, steward, base } = await desk();
  const mine = await clerk.mutate('savedViewCreate', { ...base, name: '我的' }, fields);
  expect(mine.savedView).toMatchObject({ name: '我的', filter, sharedWith: [], descending: false });
  expect((await clerk.query(listed)).savedViews.nodes).toHaveLength(1);
  expect((await other.query(listed)).savedViews.nodes).toEqual([]);
  expect((await other.query(`{ node(id: "${mine.savedView.id}") { id } }`)).node).toBeNull();
  const shared = await supervisor.mutate(
    'savedViewCreate',
    { ...base, name: '大家的', sharedWith: ['FRONT_DESK'] },
    fields,
  );
  expect((await other.query(listed)).savedViews.nodes).toEqual([{ id: shared.savedView.id, name: '大家的' }]);
  expect((await steward.query(listed)).savedViews.nodes).toEqual([]);
});

test('only supervisors and above share (P-3)', async () => {
  const { clerk, base } = await desk();
  const { userErrors } = await attempt(clerk, 'savedViewCreate', {
    ...base,
    name: '共享',
    sharedWith: ['STEWARD'],
  });
  expect(userErrors).toEqual([expect.objectContaining({ code: 'FORBIDDEN', field: ['sharedWith'] })]);
  const { savedView } = await clerk.mutate('savedViewCreate', { ...base, name: '自用' }, fields);
  const change = await attempt(clerk, 'savedViewUpdate', { ...pick(savedView), sharedWith: ['STEWARD'] });
  expect(change.userErrors).toEqual([expect.objectContaining({ code: 'FORBIDDEN', field: ['sharedWith'] })]);
});

test('only the owner changes or removes a view: a private one of a colleague looks missing, a shared one is refused', async () => {
  const { supervisor, clerk, other, base } = await desk();
  const mine = await clerk.mutate('savedViewCreate', { ...base, name: '我的' }, fields);
  const shared = await supervisor.mutate(
    'savedViewCreate',
    { ...base, name: '大家的', sharedWith: ['FRONT_DESK'] },
    fields,
  );
  for (const name of ['savedViewUpdate', 'savedViewRemove']) {
    const hidden = await attempt(other, name, { id: mine.savedView.id, version: 99 });
    expect(hidden.userErrors.map(({ code }: { code: string }) => code)).toEqual(['NOT_FOUND']);
    const refused = await attempt(other, name, pick(shared.savedView));
    expect(refused.userErrors.map(({ code }: { code: string }) => code)).toEqual(['FORBIDDEN']);
  }
  await clerk.mutate('savedViewRemove', pick(mine.savedView), 'savedView { id }');
  expect((await clerk.query(listed)).savedViews.nodes.map(({ name }: { name: string }) => name)).toEqual([
    '大家的',
  ]);
  // The name is free again.
  await clerk.mutate('savedViewCreate', { ...base, name: '我的' }, fields);
});

test('an owner changes name, order and columns; a stale version is a conflict, the same name twice is refused', async () => {
  const { clerk, base } = await desk();
  const { savedView } = await clerk.mutate('savedViewCreate', { ...base, name: '一' }, fields);
  await clerk.mutate('savedViewCreate', { ...base, name: '二' }, fields);
  const changed = await clerk.mutate(
    'savedViewUpdate',
    { ...pick(savedView), sort: 'receivedAt', descending: true, columns: ['number', 'title'] },
    fields,
  );
  expect(changed.savedView).toMatchObject({
    name: '一',
    filter,
    sort: 'receivedAt',
    descending: true,
    columns: ['number', 'title'],
  });
  expect(await codes(attempt(clerk, 'savedViewUpdate', { ...pick(savedView), name: '三' }))).toEqual([
    'CONFLICT',
  ]);
  expect(await codes(attempt(clerk, 'savedViewUpdate', { ...pick(changed.savedView), name: '二' }))).toEqual([
    'DUPLICATE',
  ]);
});

test.each([
  ['no JSON', { filter: 'not json' }, 'filter'],
  ['a list', { filter: '[]' }, 'filter'],
  ['a field that the list does not offer', { filter: '{"reporterPhone":{"eq":"1"}}' }, 'filter'],
  ['an operator that does not exist', { filter: '{"status":{"drop":"x"}}' }, 'filter'],
  ['values that are no plain values', { filter: '{"status":{"in":[{"a":1}]}}' }, 'filter'],
  ['conditions without end', { filter: `${'{"not":'.repeat(9)}{}${'}'.repeat(9)}` }, 'filter'],
  ['more text than a screen holds', { filter: `{"search":"${'长'.repeat(4000)}"}` }, 'filter'],
  ['an order that the list does not offer', { sort: 'description' }, 'sort'],
  ['columns that do not exist', { columns: ['nonsense'] }, 'columns'],
  ['a list that does not exist', { resource: 'secrets' }, 'resource'],
  ['a name of nothing', { name: '   ' }, 'name'],
])('a view with %s is refused beside its field', async (_what, wrong, field) => {
  const { clerk, base } = await desk();
  const { userErrors } = await attempt(clerk, 'savedViewCreate', { ...base, name: '视图', ...wrong });
  expect(userErrors.map((one: { code: string; field: string[] }) => [one.code, one.field])).toContainEqual([
    'VALIDATION',
    [field],
  ]);
});

test('the history tells that a filter was changed, never what it looks for (S-7)', async () => {
  const { clerk, base } = await desk();
  const { savedView } = await clerk.mutate('savedViewCreate', { ...base, name: '找人' }, fields);
  await clerk.mutate('savedViewUpdate', { ...pick(savedView), filter: '{"search":"张三"}' }, fields);
  const { savedView: found } = await clerk.query(
    `{ savedView(id: "${savedView.id}") { history { nodes { changes { field from to } } } } }`,
  );
  expect(JSON.stringify(found)).not.toContain('张三');
  expect(found.history.nodes[0].changes).toEqual([{ field: 'filter', from: '***', to: '***' }]);
});

test('a person keeps one key for what a device stores; others and other organisations have other keys, tokens none', async () => {
  const { organisation, clerk, other } = await desk();
  const { secret } = await organisation.admin.mutate(
    'apiTokenCreate',
    { name: '集成', role: 'INTEGRATOR' },
    'secret',
  );
  const token = client(world.app, '', { authorization: `Bearer ${secret}` });
  const key = async (who: Client) => (await who.query('{ viewer { localKey } }')).viewer.localKey;
  const mine = await key(clerk);
  expect(Buffer.from(mine, 'base64url')).toHaveLength(32);
  expect(await key(clerk)).toBe(mine);
  expect(await key(other)).not.toBe(mine);
  expect(await key(token)).toBeNull();
});

test('the clock of the API is told by the clock that its deadlines follow', async () => {
  const { clerk } = await desk();
  const before = Date.now();
  const { serverTime } = await clerk.query('{ serverTime }');
  expect(Math.abs(Date.parse(serverTime) - before)).toBeLessThan(60_000);
});

/** Runs a mutation that is to be refused. */
const attempt = (who: Client, name: string, input: object) => who.mutate(name, input, 'savedView { id }');
const pick = ({ id, version }: { id: string; version: number }) => ({ id, version });
const codes = async (payload: Promise<{ userErrors: { code: string }[] }>) =>
  (await payload).userErrors.map(({ code }) => code);
