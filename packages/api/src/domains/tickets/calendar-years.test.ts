import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { clockOf, readTicket, report } from './clocks.seed.ts';

let world: World;
let org: TestOrganisation;
let unit: { id: string; community: { id: string } };
let manager: Client;
beforeAll(async () => {
  world = await startWorld({ JOBS: 'off' });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.set('2026-12-30T02:00:00.000Z'); // a Wednesday at ten, in China; 2027 is not published
  org = await world.organisation();
  unit = await org.unit();
  manager = await org.as('MANAGER', { community: unit.community.id });
});

const yearOf = async (year: number) => {
  const document =
    'query($id: ID!, $year: Int!) { calendars(filter: { community: { eq: $id } }) { nodes { id version coveredYears year(year: $year) { source off working } } } }';
  return (await manager.query(document, { id: unit.community.id, year })).calendars.nodes[0];
};
const publish = async (year: number, off: string[], working: string[] = []) => {
  const { id, version } = await yearOf(year);
  const input = { id, version, year, off, working };
  return manager.mutate('calendarPublish', input, 'calendar { id version coveredYears }');
};
const preview = async (change: object) =>
  (
    await manager.query(
      `query($id: ID!, $change: CalendarPreviewInput!) { calendarPreview(calendar: $id, change: $change) {
         open moved settled moves { number kind from to minutes provisional } } }`,
      { id: (await yearOf(2027)).id, change },
    )
  ).calendarPreview;
const outcome = async (by: Client, since: string) =>
  by.send(
    `query($id: ID!, $since: DateTime!) { calendarOutcome(calendar: $id, since: $since) {
       recomputing provisional moves { number kind from to provisional } } }`,
    { id: (await yearOf(2027)).id, since },
  );
const help = () => report(manager, org, { kind: 'HELP', unit: unit.id });

describe('statutory years (P-4)', () => {
  test('a year says where its days come from, and none is taken for known that is not', async () => {
    const known = await yearOf(2026);
    expect(known.year.source).toBe('BUILT_IN');
    expect(known.year.off).toContain('2026-10-01');
    expect(known.year.working).toContain('2026-02-14');
    expect((await yearOf(2027)).year).toEqual({ source: 'UNKNOWN', off: [], working: [] });
    expect((await publish(2027, ['2027-01-01'], ['2027-01-02'])).userErrors).toEqual([]);
    expect((await yearOf(2027)).year).toEqual({
      source: 'ENTERED',
      off: ['2027-01-01'],
      working: ['2027-01-02'],
    });
  });

  test('the preview of a year says what moves and what only becomes certain; then that is what happened', async () => {
    const { number } = await help();
    const year = { year: 2027, off: ['2027-01-01'], working: ['2027-01-02'] };
    const from = '2027-01-01T02:00:00.000Z';
    const to = '2027-01-02T02:00:00.000Z';
    const moved = { number, kind: 'SETTLE', from, to, provisional: false };
    expect(await preview({ year })).toEqual({
      ...{ open: 1, moved: 1, settled: 0 },
      moves: [{ ...moved, minutes: 1_440 }],
    });
    expect(await preview({ year: { ...year, off: [], working: [] } })).toMatchObject({
      ...{ moved: 0, settled: 1 },
      moves: [{ minutes: 0, provisional: false }],
    });
    const since = world.clock.now().toISOString();
    const before = await outcome(manager, since);
    expect(before.data.calendarOutcome).toEqual({ recomputing: false, provisional: 1, moves: [] });
    await publish(2027, year.off, year.working);
    expect((await outcome(manager, since)).data.calendarOutcome.recomputing).toBe(true);
    await world.runJob('ticket.recompute');
    expect((await outcome(manager, since)).data.calendarOutcome).toEqual({
      recomputing: false,
      provisional: 0,
      moves: [moved],
    });
  });

  test('a correction replaces the days of the year and leaves those that the community decided itself', async () => {
    const ticket = await help();
    const { id } = await yearOf(2027);
    const own = { calendar: id, date: '2027-01-04', kind: 'OFF', note: '业主大会' };
    await manager.mutate('calendarDayCreate', own, 'calendarDay { id }');
    await publish(2027, ['2027-01-01', '2027-01-04'], ['2027-01-03']);
    await publish(2027, ['2027-01-01']);
    const { calendarDays } = await manager.query(
      '{ calendarDays(filter: { date: { gte: "2027-01-01" } }, orderBy: { field: DATE, direction: ASC }) { nodes { date kind statutory note } } }',
    );
    expect(calendarDays.nodes).toEqual([
      { date: '2027-01-01', kind: 'OFF', statutory: true, note: null },
      { date: '2027-01-04', kind: 'OFF', statutory: false, note: '业主大会' },
    ]);
    await world.runJob('ticket.recompute');
    expect(clockOf(await readTicket(manager, ticket.id), 'SETTLE').dueAt).toBe('2027-01-05T02:00:00.000Z');
  });

  test('a published year can be corrected too: what was entered holds instead of it', async () => {
    world.clock.set('2026-09-30T02:00:00.000Z');
    const ticket = await help();
    expect(clockOf(ticket, 'SETTLE').dueAt).toBe('2026-10-09T02:00:00.000Z');
    await publish(2026, ['2026-10-02']);
    await world.runJob('ticket.recompute');
    expect(clockOf(await readTicket(manager, ticket.id), 'SETTLE').dueAt).toBe('2026-10-05T02:00:00.000Z');
  });

  test('a day is not both off and worked, and who may not change calendars learns nothing', async () => {
    const wrong = await publish(2027, ['2027-01-01'], ['2027-01-01']);
    expect(wrong.userErrors).toMatchObject([{ code: 'DAY_TWICE', field: ['working'], rule: 'P-4' }]);
    const elsewhere = await org.as('MANAGER', { community: (await org.community()).id });
    for (const [by, code] of [
      [elsewhere, 'NOT_FOUND'],
      [await org.as('FRONT_DESK'), 'FORBIDDEN'],
      [world.anonymous, 'UNAUTHENTICATED'],
    ] as const)
      expect((await outcome(by, '2026-01-01T00:00:00Z')).errors?.[0]?.extensions.code).toBe(code);
  });
});
