import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Client, startWorld, type World } from '../../../test/harness/world.ts';
import { encodings } from '../../../test/imports/files.ts';
import { buildApp } from '../../app.ts';
import { readConfig } from '../../platform/config.ts';
import { newUuid } from '../../platform/ids.ts';

let world: World;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'desk-uploads-'));
  world = await startWorld({ DATA_DIR: folder });
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

const csv = '栋号,房间号,建筑面积,说明\n1栋,101,89.5㎡,好\n1栋,102,约90,\n';

async function upload(
  client: Client,
  query: Record<string, string>,
  content: string | Uint8Array = csv,
  headers: Record<string, string> = { 'x-requested-with': 'desk' },
) {
  const form = new FormData();
  form.append('file', new Blob([Buffer.from(content)]), '房屋.csv');
  const url = `${world.app.url}/imports?${new URLSearchParams(query)}`;
  const response = await fetch(url, {
    method: 'POST',
    body: form,
    headers: { ...client.headers, ...headers },
  });
  // biome-ignore lint/suspicious/noExplicitAny: read beside what is expected of it
  return { status: response.status, body: (await response.json()) as any };
}

const fields =
  'id version status dryRun skipBad percent done total created updated unchanged skipped failed failure fileName resource problems(first: 10) { totalCount nodes { row column field severity value message } }';

async function ended(client: Client, id: string) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const data = await client.query(`query($id: ID!) { import(id: $id) { ${fields} } }`, { id });
    if (data.import.status !== 'RUNNING') return data.import;
    await pause(50);
  }
  throw new Error('the import does not end');
}

async function run(client: Client, input: object) {
  const { import: started, userErrors } = await client.mutate(
    'importRun',
    input,
    'import { id version status }',
  );
  return {
    started,
    userErrors,
    end: started && userErrors.length === 0 ? await ended(client, started.id) : undefined,
  };
}

describe('the import wizard', () => {
  test('a file is uploaded, previewed with a mapping, checked, corrected by skipping, imported and remembered', async () => {
    const org = await world.organisation();
    const manager = await org.as('MANAGER', { locale: 'en' });
    const community = (await org.community()).id;
    const { status, body } = await upload(manager, { resource: 'units', community }, encodings.GB18030(csv));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^import_/),
      version: 1,
      resource: 'units',
      fileName: '房屋.csv',
      encoding: 'GB18030',
      delimiter: ',',
      columns: [
        { name: '栋号', samples: ['1栋'] },
        { name: '房间号', samples: ['101', '102'] },
        { name: '建筑面积', samples: ['89.5㎡', '约90'] },
        { name: '说明', samples: ['好'] },
      ],
      preview: [
        { row: 2, cells: { 栋号: '1栋', 房间号: '101', 建筑面积: '89.5㎡', 说明: '好' } },
        { row: 3, cells: { 栋号: '1栋', 房间号: '102', 建筑面积: '约90', 说明: '' } },
      ],
      suggestedMapping: { columns: { building: '栋号', number: '房间号', area: '建筑面积', note: '说明' } },
      mappingSource: 'HEADERS',
      unmapped: [],
      missing: [],
    });
    expect(body.fields).toContainEqual({
      name: 'number',
      label: { zh: '房号', en: 'Number' },
      kind: 'text',
      required: true,
    });

    const input = { id: body.id, mapping: JSON.stringify(body.suggestedMapping) };
    const checked = await run(manager, { ...input, version: 1, dryRun: true });
    expect(checked.started.status).toBe('RUNNING');
    expect(checked.end).toMatchObject({
      status: 'CHECKED',
      percent: 100,
      total: 2,
      created: 1,
      failed: 1,
      problems: {
        totalCount: 1,
        nodes: [
          {
            row: 3,
            column: '建筑面积',
            field: 'area',
            severity: 'ERROR',
            value: '约90',
            message: 'is not a number',
          },
        ],
      },
    });
    const rejected = await run(manager, { ...input, version: checked.end.version });
    expect(rejected.end).toMatchObject({ status: 'REJECTED', created: 0, failed: 1 });
    const done = await run(manager, { ...input, version: rejected.end.version, skipBad: true });
    expect(done.end).toMatchObject({ status: 'DONE', created: 1, failed: 1, skipBad: true, dryRun: false });
    expect((await manager.query('{ units { nodes { fullName } } }')).units.nodes).toEqual([
      { fullName: '1栋-101' },
    ]);

    // The file is gone once it is in, and its way of being read is known.
    expect(await readdir(join(folder, 'imports'))).toEqual([]);
    const again = await run(manager, { ...input, version: done.end.version });
    expect(again.userErrors).toMatchObject([
      { code: 'VALIDATION', message: 'the file is no longer on the server; upload it again' },
    ]);
    const next = await upload(manager, { resource: 'units', community });
    expect(next.body).toMatchObject({ mappingSource: 'REMEMBERED', suggestedMapping: body.suggestedMapping });

    const history = await manager.query(
      'query($id: ID!) { import(id: $id) { history(first: 20) { nodes { type } } } }',
      { id: body.id },
    );
    expect(history.import.history.nodes.map((one: { type: string }) => one.type)).toEqual([
      'import.finish',
      'import.run',
      'import.finish',
      'import.run',
      'import.finish',
      'import.run',
      'import.created',
    ]);
  });

  test('a mapping that is wrong is refused field by field, a stale version with the current state', async () => {
    const org = await world.organisation();
    const community = (await org.community()).id;
    const { body } = await upload(org.admin, { resource: 'units', community });
    const wrong = { columns: { number: '门牌', colour: '说明', area: { column: '建筑面积', zone: 'Mars' } } };
    const refused = await run(org.admin, { id: body.id, version: 1, mapping: JSON.stringify(wrong) });
    expect(
      refused.userErrors.map((one: { field: string[]; message: string }) => [
        one.field.join('.'),
        one.message,
      ]),
    ).toEqual([
      ['mapping.columns.number', '文件中没有“门牌”这一列'],
      ['mapping.columns.colour', '没有可导入的字段“colour”'],
      ['mapping.columns.area', '未知时区“Mars”'],
      ['mapping.columns.building', '缺少必填字段“楼栋”：请指定对应的列'],
    ]);
    expect((await run(org.admin, { id: body.id, version: 1, mapping: '{' })).userErrors).toMatchObject([
      { field: ['mapping'] },
    ]);
    const stale = await run(org.admin, {
      id: body.id,
      version: 7,
      mapping: JSON.stringify(body.suggestedMapping),
    });
    expect(stale).toMatchObject({
      started: { version: 1, status: 'UPLOADED' },
      userErrors: [{ code: 'CONFLICT' }],
    });
  });

  test('the same idempotency key starts one run', async () => {
    const org = await world.organisation();
    const community = (await org.community()).id;
    const { body } = await upload(org.admin, { resource: 'units', community }, '栋号,房间号\n1栋,1\n');
    const input = {
      id: body.id,
      version: 1,
      mapping: JSON.stringify(body.suggestedMapping),
      idempotencyKey: 'once',
    };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => org.admin.mutate('importRun', input, 'import { id version }')),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await ended(org.admin, body.id)).toMatchObject({ status: 'DONE', created: 1, version: 3 });
  });

  test('only heads of the community may import, and nobody from elsewhere sees it', async () => {
    const [org, other] = [await world.organisation(), await world.organisation()];
    const community = (await org.community()).id;
    const elsewhere = (await org.community()).id;
    const clerk = await org.as('FRONT_DESK', { locale: 'en' });
    expect(await upload(clerk, { resource: 'units', community })).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    const supervisor = await org.as('SUPERVISOR', { community: elsewhere });
    expect((await upload(supervisor, { resource: 'units', community })).status).not.toBe(201);
    expect(await upload(other.admin, { resource: 'units', community })).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
    expect(await upload(world.anonymous, { resource: 'units', community })).toMatchObject({ status: 401 });

    const { body } = await upload(org.admin, { resource: 'units', community });
    expect(
      await other.admin.query('query($id: ID!) { import(id: $id) { id } imports { totalCount } }', {
        id: body.id,
      }),
    ).toEqual({ import: null, imports: { totalCount: 0 } });
    const foreign = await other.admin.mutate(
      'importRun',
      { id: body.id, version: 1, mapping: '{"columns":{}}' },
      'import { id }',
    );
    expect(foreign.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['id'] }]);
    expect((await clerk.send('{ imports { totalCount } }')).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
  });

  test('a supervisor, who may not enter buildings, learns so row by row', async () => {
    const org = await world.organisation();
    const community = (await org.community()).id;
    await org.building({ community, name: '1栋' });
    const supervisor = await org.as('SUPERVISOR', { community, locale: 'en' });
    const { body } = await upload(
      supervisor,
      { resource: 'units', community },
      '栋号,房间号\n1栋,101\n2栋,201\n',
    );
    const { end } = await run(supervisor, {
      id: body.id,
      version: 1,
      mapping: JSON.stringify(body.suggestedMapping),
    });
    expect(end).toMatchObject({
      status: 'REJECTED',
      problems: {
        nodes: [
          {
            row: 3,
            column: '栋号',
            message: 'there is no building "2栋" yet, and your role may not enter buildings',
          },
        ],
      },
    });
  });

  test('uploads that cannot work are refused at once and leave no file', async () => {
    const org = await world.organisation();
    const client = await org.as('ADMINISTRATOR', { locale: 'en' });
    const community = (await org.community()).id;
    const refusal = async (
      ...args: [
        query: Record<string, string>,
        content?: string | Uint8Array,
        headers?: Record<string, string>,
      ]
    ) => {
      const { status, body } = await upload(client, ...args);
      return [status, body.code, body.message];
    };
    expect(await refusal({ resource: 'units', community }, csv, {})).toEqual([
      403,
      'FORBIDDEN',
      'the header x-requested-with is missing',
    ]);
    expect(await refusal({ resource: 'fees', community })).toEqual([
      422,
      'VALIDATION',
      'resource must be units, residents or tickets',
    ]);
    expect(await refusal({ resource: 'units', community }, '')).toEqual([
      422,
      'VALIDATION',
      'The file is empty.',
    ]);
    expect(await refusal({ resource: 'units', community }, '房号\n')).toEqual([
      422,
      'VALIDATION',
      'The file has a header row but no data.',
    ]);
    expect(await refusal({ resource: 'units', community }, Buffer.alloc(51 * 1024 * 1024, 'a,b\n'))).toEqual([
      413,
      'VALIDATION',
      'the file is larger than 50 MB',
    ]);
    expect(
      await readdir(join(folder, 'imports')).then((names) => names.filter((name) => name.endsWith('.part'))),
    ).toEqual([]);
  });
});

test('a run that a dead process left behind is marked as interrupted and can be run again', async () => {
  const org = await world.organisation();
  const community = (await org.community()).id;
  const { body } = await upload(org.admin, { resource: 'units', community }, '栋号,房间号\n1栋,1\n');
  const uuid = world.app.uuidOf(body.id);
  await world.app.db.owner.query(`update import_run set status = 'RUNNING', version = 2 where id = $1`, [
    uuid,
  ]);
  // Another process works on this one: it holds the lock.
  const busy = newUuid();
  await world.app.db.owner.query(
    `insert into import_run (organisation_id, id, version, created_at, updated_at, community_id, resource, file_name, status, locale, headers)
     values ($1, $2, 1, now(), now(), $3, 'UNITS', 'busy.csv', 'RUNNING', 'en', '{}')`,
    [org.uuid, busy, world.app.uuidOf(community)],
  );
  const worker = await world.app.db.owner.connect();
  await worker.query(`select pg_advisory_lock(hashtextextended('desk.import-run:' || $1, 0))`, [busy]);

  const config = readConfig({ PORT: '0', LOG_LEVEL: 'error', DATA_DIR: folder });
  const second = await buildApp({
    config,
    databaseUrl: world.app.databaseUrl,
    log: pino({ level: 'error' }),
  });
  await second.listen();
  await second.close();
  worker.release(true);
  const { imports } = await org.admin.query('{ imports { nodes { fileName status version failure } } }');
  expect(imports.nodes).toEqual([
    { fileName: 'busy.csv', status: 'RUNNING', version: 1, failure: null },
    {
      fileName: '房屋.csv',
      status: 'FAILED',
      version: 3,
      failure: '导入被中断（服务器重启），没有写入任何数据，可以再次运行。',
    },
  ]);
  const { end } = await run(org.admin, {
    id: body.id,
    version: 3,
    mapping: JSON.stringify(body.suggestedMapping),
  });
  expect(end).toMatchObject({ status: 'DONE', created: 1 });
});
