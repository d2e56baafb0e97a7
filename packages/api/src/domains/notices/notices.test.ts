import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dweller, exchange } from '../../../test/harness/people.ts';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { TestClock } from '../../platform/clock.ts';

const clock = new TestClock('2026-11-23T02:00:00Z');
let world: World;
beforeAll(async () => {
  world = await startWorld({}, clock);
});
afterAll(() => world.close());

const fields = `notice { id version status title place sudden startsAt endsAt publishedAt endedAt leadHours lateReason late
  recipientCount seenCount buildings { id } units { id } tickets { id } availableActions { action allowed } }`;
const run = (by: Client, what: string, input: object) => by.mutate(`notice${what}`, input, fields);
const hence = (hours: number) => new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString();
const outage = { kind: 'POWER', title: '计划停电', content: '配电房检修' };

/** A community of two buildings with one resident each, a clerk, and a resident's app. */
async function place(org?: TestOrganisation) {
  const mine = org ?? (await world.organisation());
  const { id: community } = await mine.community();
  const [one, two] = [await mine.building({ community }), await mine.building({ community })];
  const [first, second] = [await mine.unit({ building: one.id }), await mine.unit({ building: two.id })];
  const [anna, bert] = [
    await dweller(mine, { community, unit: first.id, phone: '13811110001' }),
    await dweller(mine, { community, unit: second.id, phone: '13811110002' }),
  ];
  const clerk = await mine.as('FRONT_DESK', { community });
  const app = await exchange(world, mine);
  return {
    org: mine,
    community,
    one: one.id,
    two: two.id,
    first: first.id,
    second: second.id,
    anna,
    bert,
    clerk,
    app,
  };
}

async function published(by: Client, input: object) {
  const draft = await run(by, 'Create', input);
  expect(draft.userErrors).toEqual([]);
  const { id, version } = draft.notice;
  const done = await run(by, 'Publish', { id, version });
  expect(done.userErrors).toEqual([]);
  return done.notice;
}

describe('publishing (H-8)', () => {
  test('a planned outage names its range and time, and tells who lives there and who works there', async () => {
    const { clerk, community, one, anna } = await place();
    const missing = await run(clerk, 'Create', { community, ...outage, startsAt: hence(48) });
    expect(missing.userErrors).toMatchObject([{ code: 'VALIDATION', field: ['endsAt'], rule: 'H-8' }]);
    const turned = { community, ...outage, startsAt: hence(48), endsAt: hence(47) };
    expect((await run(clerk, 'Create', turned)).userErrors).toMatchObject([{ field: ['endsAt'] }]);
    const notice = await published(clerk, { ...turned, endsAt: hence(50), buildings: [one] });
    expect(notice).toMatchObject({
      status: 'PUBLISHED',
      late: false,
      leadHours: 24,
      buildings: [{ id: one }],
    });
    const found = await clerk.query(
      'query($id: ID!) { notice(id: $id) { recipients { nodes { resident { id } staff { id } seenAt } } } }',
      notice,
    );
    const told = found.notice.recipients.nodes;
    expect(told.flatMap(({ resident }: { resident: { id: string } | null }) => resident ?? [])).toEqual([
      { id: anna.id },
    ]);
    expect(told.map(({ staff }: { staff: { id: string } | null }) => staff?.id)).toContain(clerk.staffId);
    expect(notice).toMatchObject({ recipientCount: told.length, seenCount: 0 });
  });

  test('one told later than the policy promises needs a reason, and shows as missed (H-8, P-1)', async () => {
    const { clerk, community } = await place();
    const input = { community, ...outage, startsAt: hence(23.9), endsAt: hence(30) };
    const { notice } = await run(clerk, 'Create', input);
    const refused = await run(clerk, 'Publish', { id: notice.id, version: notice.version });
    expect(refused.userErrors).toMatchObject([{ code: 'NOTICE_TOO_LATE', rule: 'H-8', field: ['reason'] }]);
    expect(refused.userErrors[0].message).toContain('24');
    const late = await run(clerk, 'Publish', { ...pick(notice), reason: '供电局今晨才通知' });
    expect(late.notice).toMatchObject({ status: 'PUBLISHED', late: true, lateReason: '供电局今晨才通知' });
  });

  test('a sudden outage is published at once, from now on and without an end', async () => {
    const { clerk, community, first } = await place();
    const notice = await published(clerk, { community, ...outage, sudden: true, units: [first] });
    expect(notice).toMatchObject({
      late: false,
      startsAt: world.clock.now().toISOString(),
      endsAt: null,
      units: [{ id: first }],
    });
  });

  test('what is over already is not published', async () => {
    const { clerk, community } = await place();
    const input = { community, ...outage, sudden: true, startsAt: hence(-3), endsAt: hence(-1) };
    const { notice } = await run(clerk, 'Create', input);
    expect((await run(clerk, 'Publish', pick(notice))).userErrors).toMatchObject([
      { code: 'VALIDATION', field: ['endsAt'] },
    ]);
  });

  test('once published only content and times change; a stale change is a conflict', async () => {
    const { clerk, community, one } = await place();
    const notice = await published(clerk, { community, ...outage, startsAt: hence(48), endsAt: hence(50) });
    const longer = await run(clerk, 'Update', { ...pick(notice), endsAt: hence(53) });
    expect(longer.notice.endsAt).toBe(hence(53));
    expect((await run(clerk, 'Update', { ...pick(notice), endsAt: hence(54) })).userErrors).toMatchObject([
      { code: 'CONFLICT' },
    ]);
    for (const change of [{ title: '改' }, { buildings: [one] }, { kind: 'WATER' }])
      expect((await run(clerk, 'Update', { ...pick(longer.notice), ...change })).userErrors).toMatchObject([
        { code: 'NOTICE_FIXED', field: Object.keys(change), rule: 'H-8' },
      ]);
  });

  test('is withdrawn with a reason only, and then it is over', async () => {
    const { clerk, community } = await place();
    const notice = await published(clerk, { community, kind: 'GENERAL', title: '通知', content: '内容' });
    expect((await run(clerk, 'Withdraw', { ...pick(notice), reason: ' ' })).userErrors).toMatchObject([
      { code: 'REASON_REQUIRED' },
    ]);
    const gone = await run(clerk, 'Withdraw', { ...pick(notice), reason: '发错小区' });
    expect(gone.notice).toMatchObject({ status: 'WITHDRAWN', endedAt: world.clock.now().toISOString() });
    expect((await run(clerk, 'Publish', pick(gone.notice))).userErrors).toMatchObject([
      { code: 'ILLEGAL_MOVE', rule: 'H-8' },
    ]);
  });

  test('a steward speaks to his own buildings only (P-3)', async () => {
    const { org, community, one, two, second } = await place();
    const steward = await org.as('STEWARD', { community, buildings: [one] });
    const input = { community, kind: 'GENERAL', title: '通知', content: '内容' };
    expect((await run(steward, 'Create', { ...input, buildings: [one] })).userErrors).toEqual([]);
    expect((await run(steward, 'Create', input)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    // What he may not see looks missing.
    for (const wide of [{ buildings: [one, two] }, { units: [second] }])
      expect((await run(steward, 'Create', { ...input, ...wide })).userErrors).toMatchObject([
        { code: 'NOT_FOUND' },
      ]);
  });
});

const pick = ({ id, version }: { id: string; version: number }) => ({ id, version });

describe('what concerns a place (H-8)', () => {
  test('a caller’s unit shows the outages of its building, of itself and of the community, until they are over', async () => {
    const { clerk, community, one, first, second } = await place();
    const input = { community, ...outage, startsAt: hence(48), endsAt: hence(50) };
    const ids = {
      building: (await published(clerk, { ...input, buildings: [one] })).id,
      unit: (await published(clerk, { ...input, units: [second] })).id,
      all: (await published(clerk, { ...input, endsAt: hence(60) })).id,
    };
    await run(clerk, 'Create', input); // a draft tells nobody
    const shown = async (id: string) =>
      (await clerk.query('query($id: ID!) { unit(id: $id) { notices { id } } }', { id })).unit.notices
        .map((notice: { id: string }) => notice.id)
        .sort();
    expect(await shown(first)).toEqual([ids.building, ids.all].sort());
    expect(await shown(second)).toEqual([ids.unit, ids.all].sort());
    const before = world.clock.now();
    world.clock.set(hence(50));
    expect(await shown(first)).toEqual([ids.all]);
    world.clock.set(before);
  });

  test('a notice ends by itself, once, when its time has come', async () => {
    const { clerk, community } = await place();
    const notice = await published(clerk, { community, ...outage, startsAt: hence(48), endsAt: hence(50) });
    const before = world.clock.now();
    await world.runJob('notice.end');
    const look = async () =>
      (
        await clerk.query(
          'query($id: ID!) { notice(id: $id) { status version endedAt history(first: 9) { nodes { type actor { kind } } } } }',
          notice,
        )
      ).notice;
    expect((await look()).status).toBe('PUBLISHED');
    world.clock.set(hence(50));
    await Promise.all([world.runJob('notice.end'), world.runJob('notice.end')]);
    await world.runJob('notice.end');
    const ended = await look();
    expect(ended.status).toBe('ENDED');
    expect(ended.history.nodes.filter(({ type }: { type: string }) => type === 'notice.end')).toEqual([
      { type: 'notice.end', actor: { kind: 'SYSTEM' } },
    ]);
    world.clock.set(before);
  });

  test('an outage and what was reported because of it are tied together, both ways, and only within the community', async () => {
    const { org, clerk, community, first } = await place();
    const notice = await published(clerk, { community, ...outage, sudden: true });
    const file = async (unit: string, by = clerk) =>
      (await by.mutate('ticketCreate', { unit, kind: 'HELP', title: '没电' }, 'ticket { id }')).ticket.id;
    const [one, two] = [await file(first), await file(first)];
    for (const ticket of [one, two, one])
      expect((await run(clerk, 'LinkTicket', { notice: notice.id, ticket })).userErrors).toEqual([]);
    const found = await clerk.query('query($id: ID!) { ticket(id: $id) { notices { id tickets { id } } } }', {
      id: one,
    });
    expect(found.ticket.notices).toEqual([{ id: notice.id, tickets: [{ id: one }, { id: two }] }]);
    const left = await run(clerk, 'UnlinkTicket', { notice: notice.id, ticket: one });
    expect(left.notice.tickets).toEqual([{ id: two }]);
    const abroad = await file((await org.unit()).id, org.admin);
    expect(
      (await run(org.admin, 'LinkTicket', { notice: notice.id, ticket: abroad })).userErrors,
    ).toMatchObject([{ code: 'PLACE_MISMATCH', field: ['ticket'] }]);
  });
});

describe('who has seen it (H-8)', () => {
  test('an app marks it seen for a resident: 50 reports are one, counted once, and who has not is listed', async () => {
    const { clerk, app, community, anna, bert } = await place();
    const notice = await published(clerk, { community, ...outage, sudden: true });
    const marks = await Promise.all(
      Array.from({ length: 50 }, () => run(app, 'MarkSeen', { notice: notice.id, resident: anna.id })),
    );
    expect(marks.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    const found = await clerk.query(
      `query($id: ID!) { notice(id: $id) { seenCount recipients(filter: { seenAt: { isNull: true }, resident: { isNull: false } }) { totalCount nodes { resident { id } } }
        seen: recipients(filter: { seenAt: { isNull: false } }) { nodes { seenBy history(first: 5) { nodes { type } } } } } }`,
      notice,
    );
    expect(found.notice.seenCount).toBe(1);
    expect(found.notice.recipients).toEqual({ totalCount: 1, nodes: [{ resident: { id: bert.id } }] });
    expect(found.notice.seen.nodes).toEqual([
      { seenBy: expect.stringContaining('PBX'), history: { nodes: [{ type: 'noticeRecipient.seen' }] } },
    ]);
  });

  test('a clerk marks it for herself; a machine must say for whom; a draft is seen by nobody', async () => {
    const { clerk, app, community } = await place();
    const draft = (await run(clerk, 'Create', { community, kind: 'GENERAL', title: '通知', content: '内容' }))
      .notice;
    expect((await run(clerk, 'MarkSeen', { notice: draft.id })).userErrors).toMatchObject([
      { code: 'ILLEGAL_MOVE' },
    ]);
    const { notice } = await run(clerk, 'Publish', pick(draft));
    expect((await run(app, 'MarkSeen', { notice: notice.id })).userErrors).toMatchObject([
      { code: 'REQUIRED', field: ['resident'] },
    ]);
    expect((await run(clerk, 'MarkSeen', { notice: notice.id })).notice.seenCount).toBe(1);
  });

  test('who moved in after the publication is counted when they see it; other communities are not', async () => {
    const { org, clerk, app, community, first } = await place();
    const notice = await published(clerk, { community, ...outage, sudden: true });
    const late = await dweller(org, { community, unit: first, phone: '13811110003' });
    const seen = await run(app, 'MarkSeen', { notice: notice.id, resident: late.id });
    expect(seen.notice).toMatchObject({ seenCount: 1, recipientCount: notice.recipientCount + 1 });
    const abroad = await dweller(org, { community: (await org.community()).id });
    expect((await run(app, 'MarkSeen', { notice: notice.id, resident: abroad.id })).userErrors).toMatchObject(
      [{ code: 'PLACE_MISMATCH', field: ['resident'], rule: 'H-8' }],
    );
  });
});
