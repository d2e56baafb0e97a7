import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { csv, run, upload } from '../../../test/imports/wizard.ts';

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

describe('uploads', () => {
  test('only heads of the community may import, and nobody from elsewhere sees it', async () => {
    const [org, other] = [await world.organisation(), await world.organisation()];
    const community = (await org.community()).id;
    const elsewhere = (await org.community()).id;
    const clerk = await org.as('FRONT_DESK', { locale: 'en' });
    expect(await upload(world, clerk, { resource: 'units', community })).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    });
    const supervisor = await org.as('SUPERVISOR', { community: elsewhere });
    expect((await upload(world, supervisor, { resource: 'units', community })).status).not.toBe(201);
    expect(await upload(world, other.admin, { resource: 'units', community })).toMatchObject({
      status: 404,
      body: { code: 'NOT_FOUND' },
    });
    expect(await upload(world, world.anonymous, { resource: 'units', community })).toMatchObject({
      status: 401,
    });

    const { body } = await upload(world, org.admin, { resource: 'units', community });
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
      world,
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
      const { status, body } = await upload(world, client, ...args);
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
