import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { encodings } from '../../../test/imports/files.ts';
import { csv, ended, run, upload } from '../../../test/imports/wizard.ts';
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

describe('the import wizard', () => {
  test('a file is uploaded, previewed with a mapping, checked, corrected by skipping, imported and remembered', async () => {
    const org = await world.organisation();
    const manager = await org.as('MANAGER', { locale: 'en' });
    const community = (await org.community()).id;
    const { status, body } = await upload(
      world,
      manager,
      { resource: 'units', community },
      encodings.GB18030(csv),
    );
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
      madeFrom: 'fullName',
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
    const next = await upload(world, manager, { resource: 'units', community });
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
    const { body } = await upload(world, org.admin, { resource: 'units', community });
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
    const { body } = await upload(world, org.admin, { resource: 'units', community }, '栋号,房间号\n1栋,1\n');
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
});

test('a run that a dead process left behind is marked as interrupted and can be run again', async () => {
  const org = await world.organisation();
  const community = (await org.community()).id;
  const { body } = await upload(world, org.admin, { resource: 'units', community }, '栋号,房间号\n1栋,1\n');
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
