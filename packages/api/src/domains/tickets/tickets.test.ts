import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { runAs, systemViewer } from '../../platform/auth/system.ts';
import { systemClock, TestClock } from '../../platform/clock.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import { ticketNumbers } from './numbers.ts';
import { crew, fields, move, ticket, untilDone } from './tickets.seed.ts';
import { createTicket } from './tickets.service.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const resident = async (
  by: Awaited<ReturnType<World['organisation']>>['admin'],
  community: string,
  name = '张三',
) =>
  (await by.mutate('residentCreate', { community, name, phone: '13812345678' }, 'resident { id }')).resident;

describe('intake (handbook T-01, T-02, T-03)', () => {
  test('a ticket gets its number by kind and day, its building from the unit, and its first handler', async () => {
    const org = await world.organisation();
    const { clerk } = await crew(org);
    const unit = await org.unit();
    const input = {
      unit: unit.id,
      kind: 'REPAIR_UNIT',
      title: '厨房漏水',
      reporterName: '李四',
      reporterPhone: '13912345678',
      urgent: true,
    };
    const { ticket: made, userErrors } = await clerk.mutate('ticketCreate', input, fields);
    expect(userErrors).toEqual([]);
    expect(made).toMatchObject({
      status: 'RECEIVED',
      round: 0,
      version: 1,
      building: unit.building,
      firstHandler: { id: clerk.staffId },
    });
    expect(made).toMatchObject({
      reporterName: '李四',
      reporterPhone: '139****5678',
      readBack: false,
      confirmedAt: null,
    });
    expect(made.number).toMatch(/^WX-\d{8}-0001$/);
    const data = await clerk.query(
      'query($id: ID!) { unit(id: $id) { tickets { totalCount nodes { number } } building { tickets { totalCount } } } }',
      { id: unit.id },
    );
    expect(data.unit).toEqual({
      tickets: { totalCount: 1, nodes: [{ number: made.number }] },
      building: { tickets: { totalCount: 1 } },
    });
  });

  test('fifty intakes at once get fifty numbers without a gap, and a refused one takes none', async () => {
    const org = await world.organisation();
    const { clerk } = await crew(org);
    const unit = await org.unit();
    const made = await Promise.all(
      Array.from({ length: 50 }, () => ticket(org, clerk, { unit: unit.id, kind: 'COMPLAINT' })),
    );
    const refused = await clerk.mutate(
      'ticketCreate',
      { unit: unit.id, kind: 'COMPLAINT', title: '' },
      fields,
    );
    expect(refused.userErrors[0].code).toBe('VALIDATION');
    const doubled = { unit: unit.id, kind: 'COMPLAINT', title: '噪音', externalKey: 'K1' };
    await clerk.mutate('ticketCreate', doubled, fields);
    expect((await clerk.mutate('ticketCreate', doubled, fields)).userErrors).toMatchObject([
      { code: 'DUPLICATE', field: ['externalKey'] },
    ]);
    const last = await ticket(org, clerk, { unit: unit.id, kind: 'COMPLAINT' });
    const counts = [...made, last].map(({ number }) => Number(number.slice(-4))).sort((a, b) => a - b);
    expect(counts).toEqual([...Array.from({ length: 50 }, (_, index) => index + 1), 52]);
  });

  test('the number carries the business day of the community, not of the server', async () => {
    const org = await world.organisation();
    const day = async (timeZone: string) => {
      const { id } = await org.community({ timeZone });
      const input = { community: id, location: '大堂', kind: 'HELP' as const, title: '求助' };
      return (
        await runAs(world.app.db, systemViewer(org.uuid), new TestClock('2026-11-22T17:30:00Z'), (tx) =>
          createTicket(tx, input),
        )
      ).number;
    };
    expect(await day('Asia/Shanghai')).toBe('QZ-20261123-0001');
    expect(await day('UTC')).toBe('QZ-20261122-0001');
  });

  test('an import takes any number of numbers in one statement, each day and kind counting for itself', async () => {
    const org = await world.organisation();
    const { id } = await org.community();
    const community = { id: world.app.uuidOf(id), timeZone: 'Asia/Shanghai' };
    const wanted = Array.from({ length: 10_000 }, (_, n) => ({
      kind: n % 2 ? ('COMPLAINT' as const) : ('REPAIR_PUBLIC' as const),
      receivedAt: new Date(Date.UTC(2011, 2, 1 + (n % 4), 3)),
    }));
    const take = () =>
      runAs(world.app.db, systemViewer(org.uuid), systemClock, (tx) =>
        ticketNumbers((text, values) => runInside(tx.em, text, values), org.uuid, community, wanted),
      );
    const [first, second] = [await take(), await take()];
    expect(first.slice(0, 5)).toEqual([
      'WX-20110301-0001',
      'TS-20110302-0001',
      'WX-20110303-0001',
      'TS-20110304-0001',
      'WX-20110301-0002',
    ]);
    expect(second[0]).toBe('WX-20110301-2501');
    expect(new Set([...first, ...second]).size).toBe(20_000);
  });

  test('a unit or a place is needed, and what is given must belong together', async () => {
    const org = await world.organisation();
    const { clerk } = await crew(org);
    const [unit, other] = [await org.unit(), await org.unit()];
    const create = async (input: object) =>
      (await clerk.mutate('ticketCreate', { kind: 'REPAIR_PUBLIC', title: '灯坏', ...input }, fields))
        .userErrors;
    expect(await create({})).toMatchObject([{ code: 'PLACE_REQUIRED', rule: 'T-02' }]);
    expect(await create({ community: unit.community.id })).toMatchObject([{ code: 'PLACE_REQUIRED' }]);
    expect(await create({ unit: unit.id, building: other.building.id })).toMatchObject([
      { code: 'PLACE_MISMATCH', field: ['building'] },
    ]);
    expect(await create({ unit: unit.id, community: other.community.id })).toMatchObject([
      { code: 'PLACE_MISMATCH', field: ['community'] },
    ]);
    const stranger = await resident(org.admin, other.community.id);
    expect(await create({ unit: unit.id, reporter: stranger.id })).toMatchObject([
      { code: 'PLACE_MISMATCH', field: ['reporter'] },
    ]);
    expect(await create({ building: unit.building.id, location: '一层大堂' })).toEqual([]);
  });

  test('the reporter’s name comes from the file, and the resident shows the ticket', async () => {
    const org = await world.organisation();
    const { clerk } = await crew(org);
    const unit = await org.unit();
    const { id } = await resident(org.admin, unit.community.id, '欧阳娜娜');
    const made = await ticket(org, clerk, { unit: unit.id, reporter: id });
    expect(made).toMatchObject({ reporterName: '欧阳娜娜' });
    const data = await clerk.query('query($id: ID!) { resident(id: $id) { tickets { nodes { id } } } }', {
      id,
    });
    expect(data.resident.tickets.nodes).toEqual([{ id: made.id }]);
  });

  test('wrong input is refused field by field', async () => {
    const org = await world.organisation();
    const { clerk } = await crew(org);
    const input = {
      unit: (await org.unit()).id,
      kind: 'REPAIR_UNIT',
      title: ' ',
      description: 'x'.repeat(5000),
      reporterPhone: '请打座机',
    };
    const { userErrors } = await clerk.mutate('ticketCreate', input, fields);
    expect(userErrors.map((error: { field: string[] }) => error.field[0]).sort()).toEqual([
      'description',
      'reporterPhone',
      'title',
    ]);
  });
});

describe('changes', () => {
  test('a masked phone that is sent back as shown stays what it was, a new one is kept', async () => {
    const org = await world.organisation();
    const { clerk } = await crew(org);
    const { id } = await ticket(org, clerk, { reporterPhone: '13812345678' });
    const stored = async () =>
      (
        await world.app.db.owner.query('select reporter_phone from ticket where id = $1', [
          world.app.uuidOf(id),
        ])
      ).rows[0].reporter_phone;
    await clerk.mutate(
      'ticketUpdate',
      { id, version: 1, title: '更正', reporterPhone: '138****5678' },
      fields,
    );
    expect(await stored()).toBe('13812345678');
    await clerk.mutate('ticketUpdate', { id, version: 2, reporterPhone: '13700001111' }, fields);
    expect(await stored()).toBe('13700001111');
    const { rows } = await world.app.db.owner.query(
      'select changes::text from history where subject_id = $1',
      [world.app.uuidOf(id)],
    );
    expect(JSON.stringify(rows)).not.toContain('13700001111');
  });

  test('a ticket moves to another unit of its community with the building, but not to another community', async () => {
    const org = await world.organisation();
    const { clerk } = await crew(org);
    const here = await org.building();
    const there = await org.building({ community: here.community.id });
    const [from, to, far] = [
      await org.unit({ building: here.id }),
      await org.unit({ building: there.id }),
      await org.unit(),
    ];
    const made = await ticket(org, clerk, { unit: from.id });
    const moved = await clerk.mutate('ticketUpdate', { id: made.id, version: 1, unit: to.id }, fields);
    expect(moved.ticket).toMatchObject({ building: { id: there.id }, unit: { fullName: to.fullName } });
    const away = await clerk.mutate('ticketUpdate', { id: made.id, version: 2, unit: far.id }, fields);
    expect(away.userErrors).toMatchObject([{ code: 'PLACE_MISMATCH' }]);
    const nowhere = await clerk.mutate('ticketUpdate', { id: made.id, version: 2, unit: null }, fields);
    expect(nowhere.userErrors).toMatchObject([{ code: 'PLACE_REQUIRED' }]);
    const hall = await clerk.mutate(
      'ticketUpdate',
      { id: made.id, version: 2, unit: null, location: '大堂' },
      fields,
    );
    expect(hall.ticket).toMatchObject({ unit: null, building: { id: there.id }, location: '大堂' });
  });

  test('an ended ticket is not changed any more', async () => {
    const org = await world.organisation();
    const { clerk } = await crew(org);
    const { ticket: gone } = await move(clerk, await ticket(org, clerk), 'cancel', { reason: '重复报修' });
    const { userErrors } = await clerk.mutate(
      'ticketUpdate',
      { id: gone.id, version: gone.version, title: '改' },
      fields,
    );
    expect(userErrors).toMatchObject([{ code: 'TICKET_ENDED', message: '工单已结束，不能再修改。' }]);
  });
});

describe('lists', () => {
  test('the home page counts by state, a plumber finds his open tickets, words find a ticket', async () => {
    const org = await world.organisation();
    const people = await crew(org);
    await untilDone(await ticket(org, people.clerk, { location: '地下车库' }), people);
    await ticket(org, people.clerk, { title: '电梯异响', category: '电梯' });
    const data = await people.plumber.query(
      `query($me: ID!) { open: tickets(filter: { status: { eq: RECEIVED } }) { totalCount }
        mine: tickets(filter: { assignee: { eq: $me }, status: { notIn: [CLOSED, CANCELLED, OUT_OF_SCOPE] } }) { totalCount nodes { title } }
        found: tickets(filter: { search: "电梯 异响" }) { nodes { title } }
        sorted: tickets(orderBy: { field: NUMBER, direction: ASC }) { nodes { title } } }`,
      { me: people.plumber.staffId },
    );
    expect(data).toEqual({
      open: { totalCount: 1 },
      mine: { totalCount: 1, nodes: [{ title: '厨房水管漏水' }] },
      found: { nodes: [{ title: '电梯异响' }] },
      sorted: { nodes: [{ title: '厨房水管漏水' }, { title: '电梯异响' }] },
    });
  });
});
