import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startWorld, type TestOrganisation, type World } from '../../test/harness/world.ts';
import { cleanFiles, fileOf } from '../../test/imports/files.ts';
import { run } from './run.ts';

let world: World;
let org: TestOrganisation;
let code: string;
beforeAll(async () => {
  world = await startWorld();
  org = await world.organisation();
  code = (await org.community()).code;
});
afterAll(() => world.close());
cleanFiles();

async function cli(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' };
  const keep = (stream: keyof typeof said) => (text: string | Uint8Array) => {
    said[stream] += text;
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('stdout')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('stderr')),
    vi.spyOn(console, 'log').mockImplementation(() => undefined), // as in cli.ts
  ];
  try {
    return { code: await run(['import', ...args], { DATABASE_URL: world.app.databaseUrl }), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const rows = (n: number) => Array.from({ length: n }, (_, at) => `1栋,${at + 1},约`);

describe('the command import', { timeout: 60_000 }, () => {
  test('bad rows: nothing is imported, the first fifty are shown, all are in the report; exit 1', async () => {
    const path = fileOf(['楼栋,房号,面积', ...rows(55), '2栋,=1+1,80'].join('\n'));
    const report = fileOf('', 'report.csv');
    const { code: exit, stdout, stderr } = await cli('units', path, '--community', code, '--report', report);
    expect(exit).toBe(1);
    expect(stdout).toMatch(
      /^created 0, updated 0, unchanged 0, skipped 0, failed 55 \(56 rows, [\d.]+ s\)\n$/,
    );
    expect(stderr).toContain('mapping from the headers: building ← 楼栋, number ← 房号, area ← 面积\n');
    expect(stderr).toContain('2    ERROR  面积    约     is not a number\n');
    expect(stderr).toContain(
      '… and 5 more\n55 rows are bad: nothing was imported. Correct them, or use --skip-bad.\n',
    );
    const lines = (await readFile(report, 'utf8')).split('\r\n');
    expect(lines[0]).toBe('\uFEFFrow,severity,column,field,value,reason');
    expect(lines[55]).toBe('56,ERROR,面积,area,约,is not a number');
    expect((await org.admin.query('{ units { totalCount } }')).units.totalCount).toBe(0);
  });

  test('good rows are imported with --skip-bad; the next such file is read as this one was; exit 0', async () => {
    const path = fileOf('Haus,Nr,Fläche\nA,1,80\nA,2,?\n');
    const map = JSON.stringify({ columns: { building: 'Haus', number: 'Nr', area: 'Fläche' } });
    expect((await cli('units', path, '--community', code)).stderr).toContain(
      'columns not used: Haus, Nr, Fläche\nthe required field "Building" has no column; the required field "Number" has no column\n',
    );
    const done = await cli(
      'units',
      path,
      '--community',
      code,
      '--map',
      map,
      '--skip-bad',
      '--organisation',
      await orgName(),
    );
    expect(done).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^created 1, .* failed 1 \(2 rows/),
    });
    const again = await cli('units', path, '--community', code, '--skip-bad', '--dry-run');
    expect(again).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^created 0, updated 0, unchanged 1, /),
    });
    expect(again.stderr).toContain('mapping as last time: ');
    expect(again.stderr).toContain('Dry run: nothing was kept.\n');
    expect((await org.admin.query('{ units { totalCount nodes { fullName } } }')).units).toEqual({
      totalCount: 1,
      nodes: [{ fullName: 'A-1' }],
    });
  });

  test('a wrong command line says what is wrong; exit 2', async () => {
    const path = fileOf('楼栋,房号\n1栋,1\n');
    expect(await cli('fees', path, '--community', code)).toMatchObject({ code: 2 });
    expect(await cli('units', path)).toMatchObject({ code: 2 });
    expect(await cli('units', `${path}.not`, '--community', code)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be read'),
    });
    expect(await cli('units', path, '--community', code, '--map', '{"columns":1}')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('columns: '),
    });
    expect(await cli('units', path, '--community', 'NOWHERE')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no community with the code "NOWHERE"'),
    });
  });
});

const orgName = async (): Promise<string> =>
  (
    await world.app.db.owner.query<{ name: string }>('select name from organisation where id = $1', [
      org.uuid,
    ])
  ).rows[0]?.name ?? '';
