import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issuedFee, pay } from '../../../test/fees/story.ts';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { TestClock } from '../../platform/clock.ts';
import { file, twoBuildings } from './reports.seed.ts';

const clock = new TestClock('2026-11-23T02:00:00Z');
let world: World;
beforeAll(async () => {
  world = await startWorld({}, clock);
});
afterAll(() => world.close());

const ask = (by: Client, input: object = {}) =>
  by.mutate(
    'exportRecordCreate',
    { from: '2026-11-01', to: '2026-11-30', groupBy: 'BUILDING', reason: '月度例会汇报', ...input },
    'exportRecord { id tickets staffName reason }',
  );
const fetchFile = (by: Client, id: string) =>
  fetch(`${world.app.url}/exports/${id}`, { headers: by.headers });

/** What a spreadsheet shows of the file, sheet by sheet. */
async function sheets(response: Response): Promise<unknown[][][]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(await response.arrayBuffer());
  return book.worksheets.map((sheet) => {
    const rows: unknown[][] = [];
    sheet.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
    return rows;
  });
}

async function manager(org: TestOrganisation) {
  clock.set('2026-11-23T02:00:00Z');
  return { place: await twoBuildings(org), boss: await org.as('MANAGER') };
}

test('an export needs a right and a reason, is recorded, and holds figures and tickets (S-7, T-14)', async () => {
  const org = await world.organisation();
  const { place, boss } = await manager(org);
  await file(org.admin, place.units[0], {
    title: '=HYPERLINK("http://evil.example")',
    reporterName: '张三',
    reporterPhone: '13812345678',
  });
  await file(org.admin, place.units[1]);
  expect((await ask(boss, { reason: ' 会 ' })).userErrors).toMatchObject([
    { code: 'REASON_REQUIRED', rule: 'S-7' },
  ]);
  expect((await ask(await org.as('FRONT_DESK'))).userErrors).toMatchObject([
    { code: 'FORBIDDEN', rule: 'S-7' },
  ]);
  expect((await ask(boss, { to: '2026-10-01' })).userErrors).toMatchObject([
    { code: 'PERIOD_OUT_OF_RANGE', field: ['to'] },
  ]);
  const { exportRecord, userErrors } = await ask(boss);
  expect(userErrors).toEqual([]);
  expect(exportRecord).toMatchObject({ tickets: 2, reason: '月度例会汇报' });
  const response = await fetchFile(boss, exportRecord.id);
  expect(response.status).toBe(200);
  const [figures = [], tickets = []] = await sheets(response);
  expect(figures.slice(0, 2).map((row) => row.slice(0, 2))).toEqual([
    ['楼栋', '工单数'],
    ['合计', 2],
  ]);
  expect(figures).toHaveLength(4);
  expect(tickets).toHaveLength(3);
  expect(tickets.flat()).toContain(`'=HYPERLINK("http://evil.example")`);
  expect(JSON.stringify(tickets)).not.toMatch(/张三|13812345678/);
  const seen = await org.admin.query(
    '{ exportRecords { nodes { id reason history(first: 3) { nodes { type } } } } }',
  );
  expect(seen.exportRecords.nodes).toEqual([
    { id: exportRecord.id, reason: '月度例会汇报', history: { nodes: [{ type: 'exportRecord.created' }] } },
  ]);
});

test('the file is for the one who asked, within the hour (S-7)', async () => {
  const org = await world.organisation();
  const { boss } = await manager(org);
  const { exportRecord } = await ask(boss);
  expect((await fetchFile(org.admin, exportRecord.id)).status).toBe(404);
  expect((await fetchFile(world.anonymous, exportRecord.id)).status).toBe(401);
  expect((await fetchFile(boss, 'nonsense')).status).toBe(404);
  const [figures = [], tickets = []] = await sheets(await fetchFile(boss, exportRecord.id));
  expect([figures.length, tickets.length]).toEqual([2, 1]);
  clock.advance({ minutes: 61 });
  expect((await fetchFile(boss, exportRecord.id)).status).toBe(404);
});

test('a supervisor of one community exports that one only', async () => {
  const org = await world.organisation();
  const { place } = await manager(org);
  const other = await org.unit();
  await file(org.admin, place.units[0]);
  await file(org.admin, other.id);
  const supervisor = await org.as('SUPERVISOR', { community: place.community });
  expect((await ask(supervisor)).userErrors).toMatchObject([{ code: 'FORBIDDEN', field: ['community'] }]);
  expect((await ask(supervisor, { community: other.community.id })).userErrors).toMatchObject([
    { code: 'NOT_FOUND' },
  ]);
  const { exportRecord } = await ask(supervisor, { community: place.community });
  expect(exportRecord.tickets).toBe(1);
});

const takeList = (by: Client, input: object = {}) =>
  by.mutate(
    'exportRecordRegister',
    { resource: 'residents', rows: 12, reason: '小区普查核对', ...input },
    'exportRecord { id resource rows filter reason staffName community { id } from groupBy tickets }',
  );

test('a list is taken away with a right and a reason only, and who did it stays on record (S-7)', async () => {
  const org = await world.organisation();
  const boss = await org.as('MANAGER');
  for (const role of ['FRONT_DESK', 'CASHIER', 'ENGINEERING', 'INTEGRATOR'] as const)
    expect((await takeList(await org.as(role))).userErrors, role).toMatchObject([
      { code: 'FORBIDDEN', rule: 'S-7' },
    ]);
  expect((await takeList(boss, { reason: '  看  ' })).userErrors).toMatchObject([
    { code: 'REASON_REQUIRED', field: ['reason'], rule: 'S-7' },
  ]);
  expect((await takeList(boss, { resource: 'secrets' })).userErrors).toMatchObject([
    { code: 'NOT_FOUND', field: ['resource'] },
  ]);
  for (const wrong of [
    { rows: -1 },
    { rows: 10_001 },
    { filter: 'x'.repeat(4_001) },
    { reason: '长'.repeat(201) },
  ])
    expect((await takeList(boss, wrong)).userErrors, JSON.stringify(wrong).slice(0, 40)).toHaveLength(1);
  const filter = '{"specialCare":{"eq":true}}';
  const { exportRecord, userErrors } = await takeList(boss, { filter });
  expect(userErrors).toEqual([]);
  expect(exportRecord).toMatchObject({
    ...{ resource: 'residents', rows: 12, filter, reason: '小区普查核对' },
    ...{ community: null, from: null, groupBy: null, tickets: null },
  });
  const seen = await org.admin.query(
    '{ exportRecords { nodes { id staffName history(first: 3) { nodes { type actor { id } } } } } }',
  );
  expect(seen.exportRecords.nodes).toEqual([
    {
      ...{ id: exportRecord.id, staffName: exportRecord.staffName },
      history: { nodes: [{ type: 'exportRecord.created', actor: { id: boss.staffId } }] },
    },
  ]);
  // There is no file of it at the server.
  expect((await fetchFile(boss, exportRecord.id)).status).toBe(404);
});

test('who may export in one community only takes no list that shows more than that (S-7, P-3)', async () => {
  const org = await world.organisation();
  const [one, other] = [await org.community(), await org.community()];
  const local = await org.as('SUPERVISOR', { community: one.id });
  expect((await takeList(local)).userErrors).toEqual([]);
  expect((await takeList(local, { community: one.id })).exportRecord).toMatchObject({
    community: { id: one.id },
  });
  expect((await takeList(local, { community: other.id })).userErrors).toHaveLength(1);
  expect((await takeList(local, { resource: 'ticketProblems' })).userErrors).toEqual([]);
  // A supervisor here and a clerk there reads both, and may export one.
  const { staff } = await org.admin.query(`{ staff(id: "${local.staffId}") { version } }`);
  const assignments = [
    { role: 'SUPERVISOR', community: one.id },
    { role: 'FRONT_DESK', community: other.id },
  ];
  const change = { id: local.staffId, version: staff.version, assignments };
  expect((await org.admin.mutate('staffUpdate', change, 'staff { id }')).userErrors).toEqual([]);
  // Rights are looked up anew within a second.
  await expect
    .poll(async () => (await takeList(local)).userErrors, { timeout: 5_000 })
    .toMatchObject([{ code: 'FORBIDDEN', rule: 'S-7' }]);
  expect((await takeList(local, { community: one.id })).userErrors).toEqual([]);
});

test('a frozen month is taken away with a reason: complaints, fees, work, people, calls (T-14, S-7)', async () => {
  const org = await world.organisation();
  clock.set('2026-12-20T02:00:00Z');
  const { community, units } = await twoBuildings(org);
  await file(org.admin, units[0], { kind: 'COMPLAINT', title: '噪音' });
  await issuedFee(org.admin, { id: units[0], version: 1 }, { amount: 25_000 });
  await issuedFee(org.admin, { id: units[1], version: 1 }, { amount: 10_000 });
  await pay(org.admin, { id: units[0], version: 1 }, 25_000);
  clock.set('2026-12-28T02:00:00Z');
  await world.runJob('report.freeze');
  await issuedFee(org.admin, { id: units[1], version: 1 }, { amount: 99_900 });
  const finance = await org.as('FINANCE', { community });
  const { monthlyReports } = await finance.query(
    '{ monthlyReports { nodes { id month fees { kind charged collected waived outstanding } } } }',
  );
  const [report] = monthlyReports.nodes;
  expect(report).toMatchObject({
    month: '2026-12',
    fees: [{ kind: 'MANAGEMENT', charged: 35_000, collected: 25_000, waived: 0, outstanding: 10_000 }],
  });
  const take = (by: Client, reason: string) =>
    by.mutate(
      'exportRecordMonthly',
      { report: report.id, reason },
      'exportRecord { id tickets report { id } }',
    );
  const manager = await org.as('MANAGER', { community });
  expect((await take(manager, '看看')).userErrors).toMatchObject([{ code: 'REASON_REQUIRED', rule: 'S-7' }]);
  // Whoever reads a month may take it away; who may not read it does not learn of it.
  const stranger = await org.as('FRONT_DESK');
  expect((await take(stranger, '月度例会汇报')).userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
  const taken = await take(finance, '核对本月费用明细');
  expect(taken).toMatchObject({ userErrors: [], exportRecord: { report: { id: report.id } } });
  const names = async (by: Client) => {
    const { exportRecord, userErrors } = await take(by, '月度例会汇报');
    expect(userErrors).toEqual([]);
    expect(exportRecord).toMatchObject({ tickets: 0, report: { id: report.id } });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await (await fetchFile(by, exportRecord.id)).arrayBuffer());
    const cells = (sheet: string, row: number) =>
      ((book.getWorksheet(sheet)?.getRow(row).values ?? []) as unknown[]).slice(1);
    expect(cells('收费明细', 3)).toEqual(['物业费', 350, 250, 0, 100]);
    expect(cells('投诉汇总', 2).slice(0, 2)).toEqual(['合计', 1]);
    return book.worksheets.map(({ name }) => name);
  };
  expect(await names(manager)).toEqual([
    ...['投诉汇总', '收费明细', '工作统计（责任部门）', '工作统计（楼栋）', '工作统计（类型）'],
    ...['工作统计（类别）', '工作统计（处理人）', '来电'],
  ]);
});
