import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { bringIn, told } from '../../../test/imports/bring-in.ts';
import { cleanFiles, encodings, fileOf, workbookOf } from '../../../test/imports/files.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
cleanFiles();

const header = '楼栋,房号,类型,楼层,面积,备注';
const rowsOf = (...rows: string[]) => fileOf([header, ...rows].join('\n'));

async function place(): Promise<{ org: TestOrganisation; community: string }> {
  const org = await world.organisation();
  return { org, community: (await org.community()).id };
}

const unitsOf = async (org: TestOrganisation) =>
  (
    await org.admin.query(
      '{ units(first: 100) { nodes { id version fullName kind floor area note externalKey } } }',
    )
  ).units.nodes;

describe('importing units', () => {
  test('one bad row keeps all others out; every fault is told with row, column and reason', async () => {
    const { org, community } = await place();
    const path = rowsOf(
      '1栋,101,住宅,1,89.5㎡,',
      '1栋,,住宅,1,89.5,',
      '1栋,103,城堡,地上,约90,',
      '1栋,104,住宅,900,0,',
      '1栋,105',
      '1栋,106,商铺,-1,"1,234.5",x',
    );
    const outcome = await bringIn(world, org, 'units', { path, community });
    expect(outcome).toMatchObject({ status: 'REJECTED', total: 6, created: 0, failed: 4 });
    expect(outcome.problems.map(told)).toEqual([
      '3 | ERROR | 房号 | must not be empty',
      '4 | ERROR | 类型 | 城堡 | is not one of: Residence, Shop, Office, Parking space, Storage',
      '4 | ERROR | 楼层 | 地上 | is not a whole number',
      '4 | ERROR | 面积 | 约90 | is not a number',
      '5 | ERROR | 楼层 | 900 | Too big: expected number to be <=200',
      '5 | ERROR | 面积 | 0 | must be between 0.01 and 1000000',
      '6 | ERROR | The row has 2 cells, the header 6.',
    ]);
    expect(outcome.problems[0]?.reason.zh).toBe('不能为空');
    expect(await unitsOf(org)).toEqual([]);
    expect((await org.admin.query('{ buildings { totalCount } }')).buildings.totalCount).toBe(0);

    const rest = await bringIn(world, org, 'units', { path, community, skipBad: true });
    expect(rest).toMatchObject({ status: 'DONE', created: 2, failed: 4 });
    expect(await unitsOf(org)).toMatchObject([
      { fullName: '1栋-101', kind: 'RESIDENCE', floor: 1, area: '89.50' },
      { fullName: '1栋-106', kind: 'SHOP', floor: -1, area: '1234.50', note: 'x' },
    ]);
  });

  test('after many rows the planner knows of them at once', async () => {
    const { org, community } = await place();
    const path = rowsOf(...Array.from({ length: 1_000 }, (_, n) => `${n % 7}栋,${n},,,,`));
    const looked = async () => {
      const { rows } = await world.app.db.owner.query(
        "select analyze_count from pg_stat_user_tables where relname = 'unit'",
      );
      return Number(rows[0].analyze_count);
    };
    const before = await looked();
    await bringIn(world, org, 'units', { path, community });
    expect(await looked()).toBeGreaterThan(before);
  });

  test('a dry run counts exactly and keeps nothing', async () => {
    const { org, community } = await place();
    const path = rowsOf('1栋,101,,,,', '1栋,102,,,,');
    expect(await bringIn(world, org, 'units', { path, community, dryRun: true })).toMatchObject({
      status: 'CHECKED',
      created: 2,
    });
    expect(await unitsOf(org)).toEqual([]);
    const history = await world.app.db.owner.query(
      `select from history where organisation_id = $1 and type like 'unit%'`,
      [org.uuid],
    );
    expect(history.rowCount).toBe(0);
  });

  test('again, it changes nothing; a changed row changes its record, with history; what the desk changed stays', async () => {
    const { org, community } = await place();
    await bringIn(world, org, 'units', { path: rowsOf('1栋,101,,1,80,旧', '1栋,102,,1,80,'), community });
    const [first] = await unitsOf(org);
    await org.admin.mutate(
      'unitUpdate',
      { id: first.id, version: 1, note: '前台修改', floor: 9 },
      'unit { id }',
    );
    const same = await bringIn(world, org, 'units', {
      path: rowsOf('1栋,101,,1,80,旧', '1栋,102,,1,80.00,'),
      community,
    });
    expect(same).toMatchObject({ created: 0, updated: 0, unchanged: 2 });

    const changed = await bringIn(world, org, 'units', {
      path: rowsOf('1栋,101,,1,81,旧', '1栋,102,,,,', '1栋,103,,,,'),
      community,
    });
    expect(changed).toMatchObject({ created: 1, updated: 1, unchanged: 1 });
    const [unit, blanked] = await unitsOf(org);
    // Only the area is new in the file: floor and note stay as the desk left them. Blank cells say nothing.
    expect(unit).toMatchObject({ version: 3, area: '81.00', note: '前台修改', floor: 9 });
    expect(blanked).toMatchObject({ version: 1, area: '80.00', floor: 1 });
    const { history } = (
      await org.admin.query(
        'query($id: ID!) { unit(id: $id) { history(first: 1) { nodes { type reason changes { field from to } } } } }',
        { id: unit.id },
      )
    ).unit;
    expect(history.nodes).toEqual([
      { type: 'unit.updated', reason: 'file.csv#2', changes: [{ field: 'area', from: '80.00', to: '81' }] },
    ]);
  });

  test('a unit that was entered by hand is found by building and number', async () => {
    const org = await world.organisation();
    const building = await org.building({ name: '7栋' });
    const unit = await org.unit({ building: building.id, number: '701' });
    const path = rowsOf('7栋,701,,,120,');
    expect(await bringIn(world, org, 'units', { path, community: building.community.id })).toMatchObject({
      created: 0,
      updated: 1,
    });
    expect(await unitsOf(org)).toMatchObject([{ id: unit.id, version: 2, area: '120.00' }]);
  });

  test('a unit is found by its external key even when it moved; another unit’s place is refused', async () => {
    const { org, community } = await place();
    const file = (...rows: string[]) => fileOf(['楼栋,房号,外部编号', ...rows].join('\n'));
    await bringIn(world, org, 'units', { path: file('1栋,101,A', '1栋,102,B'), community });
    const moved = await bringIn(world, org, 'units', { path: file('2栋,201,A'), community });
    expect(moved).toMatchObject({ created: 0, updated: 1 });
    expect(await unitsOf(org)).toMatchObject([
      { fullName: '1栋-102', externalKey: 'B' },
      { fullName: '2栋-201', externalKey: 'A', version: 2 },
    ]);
    const clash = await bringIn(world, org, 'units', {
      path: file('1栋,102,C', '1栋,103,D'),
      community,
      skipBad: true,
    });
    expect(clash).toMatchObject({ created: 1, failed: 1 });
    expect(clash.problems.map(told)).toEqual([
      '2 | ERROR | 房号 | 102 | this number of the building belongs to the unit with the external key "B"',
    ]);
    // The database has the last word about a key that wanders onto a taken place.
    const wall = await bringIn(world, org, 'units', {
      path: file('1栋,102,A', '1栋,104,E'),
      community,
      skipBad: true,
    });
    expect(wall).toMatchObject({ created: 1, failed: 1 });
    expect(wall.problems.map(told)).toEqual([
      '2 | ERROR | 房号 | There is already one with the same unit number.',
    ]);
  });

  test('rows about one record: repeated word for word or in content is skipped, contradiction is refused', async () => {
    const { org, community } = await place();
    const path = rowsOf('1栋,101,,1,80,', '1栋,101,,1,80,', '1栋,101, ,1,８０,', '1栋,101,,2,80,');
    const outcome = await bringIn(world, org, 'units', { path, community, skipBad: true });
    expect(outcome).toMatchObject({ created: 1, skipped: 2, failed: 1 });
    expect(outcome.problems.map(told)).toEqual([
      '3 | SKIPPED | repeats row 2 word for word; skipped',
      '4 | SKIPPED | is the same record as row 2 with the same content; skipped',
      '5 | ERROR | is the same record as row 2 (1栋-101) with other content',
    ]);
  });

  test('the same file at the same time twice has one effect', async () => {
    const { org, community } = await place();
    const path = rowsOf(...Array.from({ length: 300 }, (_, n) => `${n % 7}栋,${n},,,,`));
    const outcomes = await Promise.all([1, 2].map(() => bringIn(world, org, 'units', { path, community })));
    expect(outcomes.map(({ created, unchanged }) => [created, unchanged]).sort()).toEqual([
      [0, 300],
      [300, 0],
    ]);
  });

  test.each(['GB18030', 'UTF-8 BOM', 'UTF-16'] as const)(
    'a file in %s with other delimiters',
    async (name) => {
      const { org, community } = await place();
      const path = fileOf(
        encodings[name]('楼栋;房号;建筑面积\r\n西区１栋;１０１;八十\r\n西区1栋;102;80,5\r\n'),
      );
      const outcome = await bringIn(world, org, 'units', { path, community, skipBad: true });
      expect(outcome).toMatchObject({ created: 1, failed: 1 });
      expect(await unitsOf(org)).toMatchObject([{ fullName: '西区1栋-102', area: '80.50' }]);
    },
  );

  test('a workbook', async () => {
    const { org, community } = await place();
    const path = fileOf(
      await workbookOf([
        ['阳光小区房屋台账', null, null],
        ['楼栋', '房号', '建筑面积(平方米)'],
        ['1栋', 101, 59.3],
        ['1栋', 102, 60],
      ]),
      '台账.xlsx',
    );
    expect(await bringIn(world, org, 'units', { path, community })).toMatchObject({ created: 2 });
    expect(await unitsOf(org)).toMatchObject([
      { fullName: '1栋-101', area: '59.30' },
      { fullName: '1栋-102', area: '60.00' },
    ]);
    const csv = fileOf('楼栋,房号,建筑面积\n1栋,101,59.3\n1栋,102,60\n');
    expect(await bringIn(world, org, 'units', { path: csv, community })).toMatchObject({ unchanged: 2 });
  });

  test('building and number in one column, as our own exports and other people’s lists have them', async () => {
    const { org, community } = await place();
    const path = fileOf('房屋,面积\n3栋-1502,80\n3栋2单元1501,81\nA座1201,82\nB-2-301,83\n不知道,84\n');
    const outcome = await bringIn(world, org, 'units', { path, community, skipBad: true });
    expect(outcome.problems.map(told)).toEqual([
      '6 | ERROR | 房屋 | 不知道 | building and number cannot be told apart: use two columns, or write "3栋-1502"',
    ]);
    const { units } = await org.admin.query('{ units { nodes { number building { name } area } } }');
    expect(
      units.nodes.map((unit: { number: string; building: { name: string } }) => [
        unit.building.name,
        unit.number,
      ]),
    ).toEqual([
      ['3栋', '1502'],
      ['3栋', '2单元1501'],
      ['A座', '1201'],
      ['B-2', '301'],
    ]);
    const exported = fileOf('Building,Unit,Area (m²)\n3栋,3栋-1502,80\nB-2,301,83\n');
    expect(await bringIn(world, org, 'units', { path: exported, community })).toMatchObject({
      created: 0,
      unchanged: 2,
    });
  });

  test('a mapping that does not fit the file or the resource is refused in words', async () => {
    const { org, community } = await place();
    const mapping = { columns: { building: '栋号', colour: '备注', number: { sequenceWithin: 'floor' } } };
    const refused = bringIn(world, org, 'units', { path: rowsOf('1栋,101,,,,'), community, mapping });
    await expect(refused).rejects.toMatchObject({ code: 'VALIDATION' });
    const text = await refused.catch((error) => error.text('en'));
    expect(text).toBe(
      'the file has no column "栋号"; there is no importable field "colour"; rows can be numbered within another field that comes from a column; "floor" is none',
    );
  });
});
