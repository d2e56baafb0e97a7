import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type TestOrganisation, unique, type World } from '../../../test/harness/world.ts';
import { crew, fields, move, ticket, walk } from './tickets.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const resident = async ({ admin }: TestOrganisation, community: string): Promise<string> =>
  (await admin.mutate('residentCreate', { community, name: '张三' }, 'resident { id }')).resident.id;

describe('rights', () => {
  test('another organisation’s ids look exactly like missing ones, in every mutation', async () => {
    const [ours, theirs] = [await world.organisation(), await world.organisation()];
    const [people, others] = [await crew(ours), await crew(theirs)];
    const foreign = await ticket(theirs, others.clerk);
    const missing = foreign.id.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    const own = await ticket(ours, people.clerk);
    const inputs: Record<string, object> = {
      dispatch: { department: 'ENGINEERING' },
      finish: { resolution: 'x' },
      signOff: { satisfied: true },
      revisit: { satisfied: true, score: 5 },
      judgeOutOfScope: { answer: 'x' },
      cancel: { reason: 'x' },
      rework: { reason: 'x' },
    };
    for (const action of ['confirm', 'accept', 'arrive', 'close', 'update', ...Object.keys(inputs)]) {
      const answers = [foreign.id, missing].map((id) =>
        move(people.supervisor, { id, version: 1 }, action, inputs[action]),
      );
      const [one, two] = await Promise.all(answers);
      expect(one, action).toEqual(two);
      expect(one.userErrors, action).toMatchObject([{ code: 'NOT_FOUND', field: ['id'] }]);
    }
    const unit = await theirs.unit();
    const alien = {
      unit: unit.id,
      building: unit.building.id,
      community: unit.community.id,
      reporter: await resident(theirs, unit.community.id),
    };
    for (const [name, id] of Object.entries(alien)) {
      const place = name === 'reporter' ? { unit: (await ours.unit()).id } : { location: '大堂' };
      const { userErrors } = await people.clerk.mutate(
        'ticketCreate',
        { kind: 'HELP', title: 'x', ...place, [name]: id },
        fields,
      );
      expect(userErrors, name).toMatchObject([{ code: 'NOT_FOUND', field: [name] }]);
    }
    const { ticket: confirmed } = await move(people.clerk, own, 'confirm');
    const lent = await move(people.clerk, confirmed, 'dispatch', {
      department: 'ENGINEERING',
      assignee: others.plumber.staffId,
    });
    expect(lent.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['assignee'] }]);
    const { userErrors } = await people.clerk.mutate(
      'ticketCommentCreate',
      { ticket: foreign.id, text: 'x' },
      'ticketComment { id }',
    );
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['ticket'] }]);
  });

  test('an integrator reports and follows, but makes no move and reads no internal notes', async () => {
    const org = await world.organisation();
    const [app, { clerk }] = [await org.as('INTEGRATOR'), await crew(org)];
    const made = await ticket(org, app, { externalKey: unique('app') });
    expect(made.availableActions.filter(({ allowed }) => allowed)).toEqual([]);
    expect((await move(app, made, 'confirm')).userErrors).toMatchObject([{ code: 'FORBIDDEN', rule: 'P-3' }]);
    await clerk.mutate(
      'ticketCommentCreate',
      { ticket: made.id, text: '师傅下午到' },
      'ticketComment { id }',
    );
    await clerk.mutate('ticketNoteCreate', { ticket: made.id, text: '业主脾气急' }, 'ticketNote { id }');
    const read = 'query($id: ID!) { ticket(id: $id) { version comments { nodes { text authorName } } } }';
    const { ticket: seen } = await app.query(read, { id: made.id });
    expect(seen).toMatchObject({ version: 1, comments: { nodes: [{ text: '师傅下午到' }] } });
    const notes = 'query($id: ID!) { ticket(id: $id) { notes { nodes { text } } } }';
    expect((await app.send(notes, { id: made.id })).errors).toMatchObject([
      { extensions: { code: 'FORBIDDEN' } },
    ]);
    expect((await clerk.query(notes, { id: made.id })).ticket.notes.nodes).toEqual([{ text: '业主脾气急' }]);
  });

  test('a screen in the hall sees work, not people', async () => {
    const org = await world.organisation();
    const [hall, { clerk }] = [await org.as('DASHBOARD'), await crew(org)];
    await ticket(org, clerk, { reporterName: '李四' });
    expect((await hall.query('{ tickets { totalCount nodes { number status } } }')).tickets.totalCount).toBe(
      1,
    );
    for (const field of ['reporterName', 'reporterPhone', 'description']) {
      const { errors } = await hall.send(`{ tickets { nodes { ${field} } } }`);
      expect(errors, field).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    }
  });

  test('a steward takes in and sees the tickets of his buildings only', async () => {
    const org = await world.organisation();
    const { clerk } = await crew(org);
    const mine = await org.building();
    const other = await org.building({ community: mine.community.id });
    const steward = await org.as('STEWARD', { community: mine.community.id, buildings: [mine.id] });
    const foreign = await org.unit({ building: other.id });
    await ticket(org, clerk, { unit: foreign.id });
    const seen = await ticket(org, steward, { unit: (await org.unit({ building: mine.id })).id });
    expect((await steward.query('{ tickets { nodes { id } } }')).tickets.nodes).toEqual([{ id: seen.id }]);
    const away = await steward.mutate('ticketCreate', { unit: foreign.id, kind: 'HELP', title: 'x' }, fields);
    expect(away.userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['unit'] }]);
  });
});

test('the database is the last wall: status, place, department and score', async () => {
  const org = await world.organisation();
  const { clerk } = await crew(org);
  const id = world.app.uuidOf((await ticket(org, clerk)).id);
  for (const [change, constraint] of [
    [`status = 'LOST'`, /status/],
    [`unit_id = null`, /ticket_place/],
    [`status = 'ACCEPTED'`, /ticket_department/],
    [`closed_at = now()`, /ticket_ended/],
    [`satisfaction = 6`, /satisfaction/],
    [`number = 'WX-1'`, /number/],
    [`building_id = '${world.app.uuidOf((await org.building()).id)}'`, /foreign key/],
  ] as const)
    await expect(
      world.app.db.owner.query(`update ticket set ${change} where id = $1`, [id]),
      change,
    ).rejects.toThrow(constraint);
});

describe('masked phones (handbook U-4)', () => {
  test('the desk and the person who works on it see the number for a reason, and each look is recorded', async () => {
    const org = await world.organisation();
    const { clerk, plumber } = await crew(org);
    const dispatched = await walk(await ticket(org, clerk, { reporterPhone: '13812345678' }), [
      [clerk, 'confirm'],
      [clerk, 'dispatch', { department: 'ENGINEERING', assignee: plumber.staffId }],
    ]);
    const look = (by: typeof clerk, reason: string) =>
      by.mutate(
        'ticketUnmask',
        { id: dispatched.id, reason },
        'reporterPhone ticket { version reporterPhone }',
      );
    for (const by of [clerk, plumber]) {
      const answer = await look(by, '联系住户约上门时间');
      expect(answer).toEqual({
        reporterPhone: '13812345678',
        ticket: { version: dispatched.version, reporterPhone: '138****5678' },
        userErrors: [],
      });
    }
    expect((await look(await org.as('ENGINEERING'), '联系住户约上门时间')).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect((await look(clerk, '看看')).userErrors).toMatchObject([
      { code: 'REASON_REQUIRED', field: ['reason'], rule: 'U-4' },
    ]);
    const document =
      'query($id: ID!) { ticket(id: $id) { history(first: 2) { nodes { type reason changes { field to } } } } }';
    const { nodes } = (await clerk.query(document, { id: dispatched.id })).ticket.history;
    expect(nodes).toHaveLength(2);
    for (const node of nodes)
      expect(node).toMatchObject({ type: 'ticket.unmask', reason: '联系住户约上门时间' });
    expect(JSON.stringify(nodes)).not.toContain('13812345678');
  });
});
