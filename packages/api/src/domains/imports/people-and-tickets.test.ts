import { identityCheckDigit } from '@desk/schema/residents/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { bringIn, told } from '../../../test/imports/bring-in.ts';
import { cleanFiles, fileOf } from '../../../test/imports/files.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
cleanFiles();

async function estate(): Promise<{ org: TestOrganisation; community: string }> {
  const org = await world.organisation();
  const community = (await org.community()).id;
  const one = await org.building({ community, name: '1栋' });
  const two = await org.building({ community, name: '2栋' });
  for (const number of ['101', '102']) await org.unit({ building: one.id, number });
  for (const number of ['101', '203']) await org.unit({ building: two.id, number });
  return { org, community };
}

const lines = (...rows: string[]) => fileOf(rows.join('\n'));

describe('importing residents', () => {
  const peopleOf = async (org: TestOrganisation) =>
    (
      await org.admin.query(
        '{ residents(orderBy: { field: NAME, direction: ASC }) { nodes { name kind phone version residencies { nodes { relation share startsOn unit { fullName } } } } } }',
      )
    ).residents.nodes;

  test('a list of owners: persons, companies and what they own; one person may own several units', async () => {
    const { org, community } = await estate();
    const path = lines(
      '业主姓名,联系电话,楼栋,房号,入住日期,产权比例',
      '张三,138 0013 8000,1栋,101,2020-05-01,50',
      '李四,13900139000,1栋,101,2020/5/1,50',
      '张三,13800138000,,2栋-203,2021年3月1日,',
      '宏图科技有限公司,010-88886666,,1栋-102,,',
    );
    const first = await bringIn(world, org, 'residents', { path, community });
    expect(first.problems.map(told)).toEqual([]);
    expect(first.mapping.columns.relation).toEqual({ constant: 'OWNER' });
    expect(first).toMatchObject({ status: 'DONE', total: 4, created: 3, updated: 1 });
    const people = await peopleOf(org);
    const zhang = people.find((one: { name: string }) => one.name === '张三');
    expect(people).toHaveLength(3);
    expect(zhang).toMatchObject({ kind: 'PERSON', phone: '138****8000', version: 1 });
    expect(zhang.residencies.nodes).toEqual([
      { relation: 'OWNER', share: null, startsOn: '2021-03-01', unit: { fullName: '2栋-203' } },
      { relation: 'OWNER', share: '50.00', startsOn: '2020-05-01', unit: { fullName: '1栋-101' } },
    ]);
    expect(people.find((one: { kind: string }) => one.kind === 'COMPANY').name).toBe('宏图科技有限公司');
    const found = await org.admin.query('{ residents(filter: { search: "zs 203" }) { totalCount } }');
    expect(found.residents.totalCount).toBe(1);

    expect(await bringIn(world, org, 'residents', { path, community })).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 4,
    });
  });

  test('what would break a rule is refused row by row, in the words of the rule, without personal data', async () => {
    const { org, community } = await estate();
    const digits = '11010119900307101';
    const path = lines(
      '姓名,电话,身份证号,房屋,关系,份额',
      `王五,13700137000,${digits}${identityCheckDigit(digits)},1栋-101,业主,60`,
      '赵六,13600136000,,1栋-101,业主,50',
      '钱七,12,,1栋-102,租户,',
      '孙八,13500135000,110101199003071010,,,',
      '周九,13400134000,,9栋-999,租户,',
      '吴十,13300133000,,101,租户,',
      '郑一,13200132000,,1栋-102,,',
      '冯二,13100131000,,1栋-102,受托人,',
      '陈三,13000130000,,1栋-102,租户,30',
    );
    const outcome = await bringIn(world, org, 'residents', { path, community, skipBad: true });
    expect(outcome).toMatchObject({ status: 'DONE', created: 1, failed: 8 });
    expect(outcome.problems.map(told).sort()).toEqual([
      '10 | ERROR | 份额 | 30 | only owners have a share',
      '3 | ERROR | 份额 | Ownership shares of the unit would exceed 100 %.',
      '4 | ERROR | 电话 | ** | is not a phone number (7 to 15 digits)',
      '5 | ERROR | 身份证号 | 1***10 | say what kind of paper the number belongs to',
      '6 | ERROR | 房屋 | 9栋-999 | there is no unit "9栋-999", or more than one: write building and number',
      '7 | ERROR | 房屋 | 101 | there is no unit "101", or more than one: write building and number',
      '8 | ERROR | 关系 | say what the resident is in the unit: owner, tenant …',
      '9 | ERROR | an agent needs a power of attorney',
    ]);
    const stored = await world.app.db.owner.query(
      `select key from import_key where organisation_id = $1 union all select changes::text from history where organisation_id = $1 and subject_type = 'resident'`,
      [org.uuid],
    );
    expect(JSON.stringify(stored.rows)).not.toMatch(/王五|13700137000|11010119900307/);
  });

  test('a resident who is on file is found by phone, by document, and by name in the unit', async () => {
    const { org, community } = await estate();
    const head = '姓名,电话,备注,房屋,关系';
    await bringIn(world, org, 'residents', {
      path: lines(head, '张三,13800138000,,1栋-101,业主', '李四,,,1栋-102,租户'),
      community,
    });
    const next = await bringIn(world, org, 'residents', {
      path: lines(head, '张三,13800138000,有猫,,', '李四,,,1栋-102,家庭成员', '李四,,,2栋-203,租户'),
      community,
    });
    expect(next).toMatchObject({ created: 1, updated: 2 });
    const people = await peopleOf(org);
    expect(
      people
        .map((one: { name: string; version: number; residencies: { nodes: unknown[] } }) => [
          one.name,
          one.version,
          one.residencies.nodes.length,
        ])
        .sort(),
    ).toEqual([
      ['张三', 2, 1],
      ['李四', 1, 1],
      ['李四', 1, 2],
    ]);
  });

  test('rows about one resident that contradict each other are refused', async () => {
    const { org, community } = await estate();
    const path = lines(
      '姓名,电话,客户编号,房屋,关系',
      '张三,13800138000,K1,1栋-101,业主',
      '张三,13900139000,K1,1栋-102,业主',
    );
    const outcome = await bringIn(world, org, 'residents', { path, community, skipBad: true });
    expect(outcome).toMatchObject({ created: 1, failed: 1 });
    expect(outcome.problems.map(told)).toEqual([
      '3 | ERROR | 电话 | 1***00 | is the same record as row 2, but "Phone" differs',
    ]);
  });
});

describe('importing tickets', () => {
  test('tickets find their units and get numbers of the day on which they were received', async () => {
    const { org, community } = await estate();
    const path = lines(
      '标题,报事内容,工单类型,房号,报事时间,状态,关闭时间,责任部门,报事人,联系电话',
      '厨房漏水,水槽下漏水,户内报修,1栋-101,2026-10-01 23:30,已关闭,2026-10-03 10:00,工程部,张三,138-0013-8000',
      '门禁失灵,,报修,203,2026-10-01 23:45,,,,,',
      '噪音,,投诉,2栋-101,2026/10/2 8:00,已派单,,秩序维护部,,',
      '楼道灯,,报修,,2026-10-02 09:00,,,,,',
      '电梯,,报修,1栋-102,2026-10-02 09:00,处理中,,,,',
    );
    const outcome = await bringIn(world, org, 'tickets', { path, community, skipBad: true });
    expect(outcome).toMatchObject({ created: 3, failed: 2 });
    expect(outcome.problems.map(told)).toEqual([
      '5 | ERROR | a unit or a location is needed',
      '6 | ERROR | 责任部门 | a ticket in this state needs a department',
    ]);
    const { tickets } = await org.admin.query(
      '{ tickets(orderBy: { field: RECEIVED_AT, direction: ASC }) { nodes { number title kind status department receivedAt closedAt reporterPhone unit { fullName } building { name } } } }',
    );
    expect(tickets.nodes).toEqual([
      {
        number: 'WX-20261001-0001',
        title: '厨房漏水',
        kind: 'REPAIR_UNIT',
        status: 'CLOSED',
        department: 'ENGINEERING',
        receivedAt: '2026-10-01T15:30:00.000Z',
        closedAt: '2026-10-03T02:00:00.000Z',
        reporterPhone: '138****8000',
        unit: { fullName: '1栋-101' },
        building: { name: '1栋' },
      },
      expect.objectContaining({
        number: 'WX-20261001-0002',
        status: 'RECEIVED',
        unit: { fullName: '2栋-203' },
        building: { name: '2栋' },
      }),
      expect.objectContaining({ number: 'TS-20261002-0001', status: 'DISPATCHED', department: 'SECURITY' }),
    ]);
    expect(await bringIn(world, org, 'tickets', { path, community, skipBad: true })).toMatchObject({
      created: 0,
      unchanged: 3,
    });
  });

  test('a ticket that the source system closes is closed here; its number stays', async () => {
    const { org, community } = await estate();
    const file = (status: string) => lines('单号,标题,位置,状态', `A-1,漏水,大堂,${status}`);
    const mapping = {
      columns: {
        externalKey: '单号',
        title: '标题',
        location: '位置',
        status: '状态',
        kind: { constant: 'REPAIR_PUBLIC' },
      },
    };
    await bringIn(world, org, 'tickets', { path: file('待处理'), community, mapping });
    const [before] = (await org.admin.query('{ tickets { nodes { number status } } }')).tickets.nodes;
    expect(before.status).toBe('RECEIVED');
    expect(await bringIn(world, org, 'tickets', { path: file('已关闭'), community, mapping })).toMatchObject({
      updated: 1,
    });
    expect((await org.admin.query('{ tickets { nodes { number status version } } }')).tickets.nodes).toEqual([
      { number: before.number, status: 'CLOSED', version: 2 },
    ]);
  });
});
