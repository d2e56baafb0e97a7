import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sendFile } from '../../../test/harness/files.ts';
import { type Client, startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { look } from './life.seed.ts';
import { accepted, crew, fields, move, type TicketData, ticket, untilDone, walk } from './tickets.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld({ LOG_LEVEL: 'silent' });
});
afterAll(() => world.close());

const setUp = async () => {
  const org = await world.organisation();
  return { org, ...(await crew(org)) };
};

/** Everything that a refusal must leave as it was. */
async function trace({ uuid }: TestOrganisation): Promise<unknown> {
  const { rows } = await world.app.db.owner.query(
    `select (select jsonb_agg(to_jsonb(t) order by id) from ticket t where organisation_id = $1) as tickets,
       (select count(*)::int from history where organisation_id = $1) as history, (select count(*)::int from event where organisation_id = $1) as events,
       (select jsonb_agg(to_jsonb(c) order by ticket_id, kind, round, number) from ticket_clock c where organisation_id = $1) as clocks`,
    [uuid],
  );
  return rows;
}

const impossible = [
  ...['2026-02-30T08:00:00Z', '2026-13-01T08:00:00Z', '2026-11-31T08:00:00+08:00', '2026-11-23T25:00:00Z'],
  ...[
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-12:00',
    '2026-11-23',
    'tomorrow',
    '',
  ],
];

describe('impossible dates', () => {
  test.each(impossible)(
    '%j is no time for an appointment or a promise, and nothing is left of it (T-05, T-08)',
    async (at) => {
      const { org, clerk } = await setUp();
      const { id, version } = await walk(await ticket(org, clerk), [[clerk, 'confirm']]);
      const before = await trace(org);
      const told = { clock: 'SETTLE', consentBy: '李女士', consentWay: 'PHONE', told: '改期' };
      for (const [name, more] of [
        ['Appoint', { appointmentAt: at }],
        ['Postpone', { ...told, dueAt: at }],
      ] as const) {
        const source = `mutation($input: Ticket${name}Input!) { ticket${name}(input: $input) { ticket { id } } }`;
        const { status, errors } = await clerk.send(source, { input: { id, version, ...more } });
        expect([status, errors?.[0]?.extensions.code], name).toEqual([200, 'BAD_USER_INPUT']);
      }
      const list = 'query($at: DateTime) { tickets(filter: { receivedAt: { gte: $at } }) { totalCount } }';
      expect((await clerk.send(list, { at })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
      expect(await trace(org)).toEqual(before);
    },
  );

  test('a visit in the past or in the year 9999 is refused with its rule (T-05)', async () => {
    const { org, clerk } = await setUp();
    const at = await walk(await ticket(org, clerk), [[clerk, 'confirm']]);
    const before = await trace(org);
    for (const appointmentAt of ['1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])
      expect((await move(clerk, at, 'appoint', { appointmentAt })).userErrors).toMatchObject([
        { code: 'APPOINTMENT_PAST', rule: 'T-05' },
      ]);
    expect(await trace(org)).toEqual(before);
  });

  test.each(['2026-02-30', '0000-01-01', '2026-00-10', '26-1-1'])(
    '%j is no deadline of a complaint (T-11)',
    async (deadline) => {
      const { org, clerk, plumber } = await setUp();
      const { id } = await ticket(org, clerk, { kind: 'COMPLAINT' });
      const input = {
        ticket: id,
        cause: '漏水',
        correctiveAction: '更换',
        responsible: plumber.staffId,
        deadline,
      };
      const source =
        'mutation($input: ComplaintFormCreateInput!) { complaintFormCreate(input: $input) { complaintForm { id } } }';
      expect((await clerk.send(source, { input })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
      const figures =
        'query($day: Date!) { ticketFigures(from: $day, to: "2026-11-30", groupBy: KIND) { total { volume } } }';
      expect((await clerk.send(figures, { day: deadline })).errors?.[0]?.extensions.code).toBe(
        'BAD_USER_INPUT',
      );
    },
  );
});

describe('too much', () => {
  test('a text of 4,001 characters is refused in every field that takes words, and changes nothing (T-02)', async () => {
    const { org, clerk, supervisor } = await setUp();
    const at = await walk(await ticket(org, clerk), [[clerk, 'confirm']]);
    const before = await trace(org);
    const long = '长'.repeat(4_001);
    for (const [name, more] of [
      ['cancel', { reason: long }],
      ['park', { reason: long }],
      ['track', { words: long }],
      ['answer', { answer: long }],
      ['judgeOutOfScope', { answer: long }],
      ['transfer', { department: 'SECURITY', reason: long }],
    ] as const) {
      const { userErrors } = await move(supervisor, at, name, more);
      expect(userErrors, name).toHaveLength(1);
      expect(userErrors[0].code, name).toMatch(/VALIDATION|ILLEGAL_MOVE/);
      expect(userErrors[0].rule, name).toMatch(/^T-\d\d$/);
    }
    expect(await trace(org)).toEqual(before);
  });

  test('10 MB of text called photo.jpg is no photo, and a name of 10,000 characters is cut or refused (T-02)', async () => {
    const { clerk } = await setUp();
    const text = await sendFile(world, clerk, Buffer.alloc(10 * 1024 * 1024 - 1, '长'), {
      name: 'photo.jpg',
    });
    expect([text.status, text.body.code]).toEqual([415, 'FILE_REFUSED']);
    const named = await sendFile(world, clerk, Buffer.from('MZ'), { name: `${'名'.repeat(10_000)}.jpg` });
    expect(named.status).toBeGreaterThanOrEqual(400);
    expect(named.status).toBeLessThan(500);
  });
});

describe('50 clerks on one ticket', () => {
  test('of 50 people and 50 different acts on the same version one comes through, the others see what it did; all remarks stay (P-6)', async () => {
    const { org, clerk } = await setUp();
    const { id, version } = await ticket(org, clerk);
    const clerks = await Promise.all(Array.from({ length: 50 }, () => org.as('FRONT_DESK')));
    const acts: readonly ((by: Client) => Promise<{ ticket: TicketData; userErrors: { code: string }[] }>)[] =
      [
        (by) => move(by, { id, version }, 'confirm'),
        (by) => move(by, { id, version }, 'cancel', { reason: '重复' }),
        (by) => move(by, { id, version }, 'setUrgent', { urgent: true }),
        (by) => move(by, { id, version }, 'track', { words: '跟进' }),
        (by) => by.mutate('ticketUpdate', { id, version, title: '改题' }, fields),
      ];
    const remarks = clerks.map((by, n) =>
      by.mutate('ticketCommentCreate', { ticket: id, text: `第${n}条` }, 'ticketComment { id }'),
    );
    const answers = await Promise.all(clerks.map((by, n) => acts[n % acts.length]?.(by)));
    expect((await Promise.all(remarks)).flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(answers.filter((answer) => answer?.userErrors.length === 0)).toHaveLength(1);
    const lost = answers.filter((answer) => answer?.userErrors[0]?.code === 'CONFLICT');
    expect(lost).toHaveLength(49);
    expect(new Set(lost.map((answer) => answer?.ticket.version))).toEqual(new Set([version + 1]));
    const shown = await look(clerk, id, 'version history { nodes { type } } comments { totalCount }');
    expect(shown).toMatchObject({ version: version + 1, comments: { totalCount: 50 } });
    expect(shown.history.nodes).toHaveLength(2);
  });
});

describe('a clock that is set back', () => {
  test('in the middle of its life a ticket goes on: nothing ends before it began, nobody hears twice, no time is negative (P-6, T-16)', async () => {
    const { org, clerk, plumber, supervisor } = await setUp();
    world.clock.set('2026-03-11T02:00:00Z');
    const unit = (await org.unit()).id;
    const started = await walk(await ticket(org, clerk, { unit }), [
      [clerk, 'confirm'],
      [clerk, 'dispatch', { department: 'ENGINEERING', assignee: plumber.staffId }],
    ]);
    world.clock.set('2026-03-11T04:00:00Z');
    await world.runJob('ticket.escalate');
    const heard = async () =>
      (await look(clerk, started.id, 'escalations(first: 50) { nodes { about kind link } }')).escalations
        .nodes;
    const before = await heard();
    expect(before.length).toBeGreaterThan(0);
    world.clock.set('2026-03-11T01:00:00Z'); // an hour before the call
    await world.runJob('ticket.escalate');
    const again = await look(clerk, started.id, 'id version number status');
    const done = await walk(again, [
      [plumber, 'accept'],
      [plumber, 'arrive'],
      [plumber, 'finish', { resolution: '更换角阀' }],
      [plumber, 'signOff', accepted],
      [clerk, 'revisit', { satisfied: true, score: 5 }],
      [clerk, 'close'],
    ]);
    world.clock.set('2026-03-11T05:00:00Z');
    await world.runJob('ticket.escalate');
    expect(await heard()).toEqual(before);
    const { clocks } = await look(clerk, done.id, 'clocks { kind status startedAt metAt breachedAt }');
    for (const { kind, startedAt, metAt } of clocks)
      expect(Date.parse(metAt ?? startedAt), kind).toBeGreaterThanOrEqual(Date.parse(startedAt));
    const document =
      '{ ticketFigures(from: "2026-03-01", to: "2026-03-31", groupBy: KIND) { total { volume responseMedian settleMedian } } }';
    const { total } = (await supervisor.query(document)).ticketFigures;
    expect(total.volume).toBe(1);
    for (const minutes of [total.responseMedian, total.settleMedian])
      expect(minutes ?? 0).toBeGreaterThanOrEqual(0);
  });

  test('a rework whose round began later than now keeps its order (T-09)', async () => {
    const { org, clerk, plumber, supervisor } = await setUp();
    world.clock.set('2026-03-11T02:00:00Z');
    const done = await untilDone(await ticket(org, clerk), { clerk, plumber, supervisor });
    world.clock.set('2026-03-10T02:00:00Z');
    const back = await walk(done, [[plumber, 'signOff', { satisfied: false, words: '还漏' }]]);
    await walk(back, [
      [plumber, 'accept'],
      [plumber, 'arrive'],
      [plumber, 'finish', { resolution: '再换' }],
      [plumber, 'signOff', accepted],
    ]);
    const { history, rounds } = await look(
      clerk,
      back.id,
      'history(first: 50) { nodes { type } } rounds { totalCount }',
    );
    expect(rounds.totalCount).toBe(1);
    expect(history.nodes.map(({ type }: { type: string }) => type)[0]).toBe('ticket.signOff');
  });
});
