import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { done, look, problem, refusal, staffed } from './life.seed.ts';
import { move, ticket } from './tickets.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
const setUp = async () => staffed(await world.organisation());

describe('the catalogue: place, category, problem', () => {
  test('an administrator enters, changes, archives and restores; nobody else does, and nothing is deleted (T-09)', async () => {
    const { org, supervisor } = await setUp();
    const entry = await problem(org, { name: '阀门漏水' });
    expect(entry).toMatchObject({ path: '户内 / 给排水 / 阀门漏水', status: 'ACTIVE', urgent: false });
    const input = {
      place: '户内',
      category: '给排水',
      name: '阀门漏水',
      kinds: ['HELP'],
      department: 'SECURITY',
    };
    expect(await refusal(supervisor, 'ticketProblemCreate', input, 'ticketProblem { id }')).toBe(
      'FORBIDDEN P-3',
    );
    expect(await refusal(org.admin, 'ticketProblemCreate', input, 'ticketProblem { id }')).toBe(
      'DUPLICATE null',
    );
    const changed = await done(
      org.admin,
      'ticketProblemUpdate',
      { id: entry.id, version: entry.version, category: '供水', price: 5000 },
      'ticketProblem { version path price }',
    );
    expect(changed).toMatchObject({ path: '户内 / 供水 / 阀门漏水', price: 5000 });
    const at = { id: entry.id, version: changed.version };
    const archived = await done(org.admin, 'ticketProblemArchive', at, 'ticketProblem { version status }');
    expect(archived.status).toBe('ARCHIVED');
    expect(
      await refusal(
        org.admin,
        'ticketProblemArchive',
        { id: entry.id, version: archived.version },
        'ticketProblem { id }',
      ),
    ).toBe('ILLEGAL_MOVE T-09');
  });

  test.each([
    [{ kinds: [] }],
    [{ kinds: ['HELP', 'HELP'] }],
    [{ price: 0 }],
    [{ name: ' ' }],
    [{ place: 'x'.repeat(201) }],
  ])('wrong entries are refused: %j', async (fields) => {
    const { org } = await setUp();
    const input = {
      place: 'a',
      category: 'b',
      name: 'c',
      kinds: ['HELP'],
      department: 'SECURITY',
      ...fields,
    };
    const { userErrors } = await org.admin.mutate('ticketProblemCreate', input, 'ticketProblem { id }');
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: [Object.keys(fields)[0]] }]);
  });

  test('intake takes urgency from it; an archived entry, or one for other kinds, is refused, and so is a foreign one (T-05)', async () => {
    const [{ org, clerk }, other] = [await setUp(), await world.organisation()];
    const [urgent, errand, old] = await Promise.all([
      problem(org, { urgent: true }),
      problem(org, { kinds: ['ERRAND'] }),
      problem(org),
    ]);
    await done(
      org.admin,
      'ticketProblemArchive',
      { id: old.id, version: old.version },
      'ticketProblem { id }',
    );
    const unit = (await org.unit()).id;
    const take = (input: object) =>
      clerk.mutate(
        'ticketCreate',
        { unit, kind: 'REPAIR_UNIT', title: '漏水', ...input },
        'ticket { urgent problem { path } }',
      );
    expect((await take({ problem: urgent.id })).ticket).toEqual({
      urgent: true,
      problem: { path: urgent.path },
    });
    expect((await take({ problem: urgent.id, urgent: false })).ticket.urgent).toBe(false);
    for (const id of [errand.id, old.id])
      expect((await take({ problem: id })).userErrors).toMatchObject([
        { code: 'PROBLEM_MISMATCH', field: ['problem'], rule: 'T-09' },
      ]);
    expect((await take({ problem: (await problem(other)).id })).userErrors).toMatchObject([
      { code: 'NOT_FOUND', field: ['problem'] },
    ]);
  });
});

describe('dispatch', () => {
  test('by rule it goes to the department of the catalogue, and there to whoever has least on hand (T-04)', async () => {
    const { org, clerk, plumber } = await setUp();
    const second = await org.as('ENGINEERING');
    const entry = await problem(org, { kinds: ['HELP'], department: 'ENGINEERING' });
    const unit = await org.unit();
    const sent: string[] = [];
    for (let count = 0; count < 4; count += 1) {
      let at = await ticket(org, clerk, { unit: unit.id, kind: 'HELP', problem: entry.id });
      at = (await move(clerk, at, 'confirm')).ticket;
      const { ticket: after, userErrors } = await move(clerk, at, 'dispatchByRule');
      expect(userErrors).toEqual([]);
      expect(after).toMatchObject({ status: 'DISPATCHED', department: 'ENGINEERING' });
      sent.push(after.assignee.id);
    }
    for (const { staffId } of [plumber, second]) expect(sent.filter((id) => id === staffId)).toHaveLength(2);
  });

  test('without anybody in the department it waits for whoever accepts (T-04)', async () => {
    const { org, clerk } = await setUp();
    const entry = await problem(org, { department: 'SECURITY' });
    let at = await ticket(org, clerk, { problem: entry.id });
    at = (await move(clerk, at, 'confirm')).ticket;
    expect((await move(clerk, at, 'dispatchByRule')).ticket).toMatchObject({
      department: 'SECURITY',
      assignee: null,
    });
  });

  test('by hand, a dispatcher sees what departments and people have on hand, in his own places only (T-04)', async () => {
    const { org, clerk, plumber } = await setUp();
    const at = await ticket(org, clerk);
    const busy = (
      await move(
        clerk,
        await ticket(org, clerk, { unit: (await look(clerk, at.id, 'unit { id }')).unit.id }),
        'confirm',
      )
    ).ticket;
    await move(clerk, busy, 'dispatch', { department: 'ENGINEERING', assignee: plumber.staffId });
    const source =
      'query($id: ID!) { ticketDispatchCandidates(ticket: $id) { department open people { id open onDuty } } }';
    const found = (await clerk.query(source, { id: at.id })).ticketDispatchCandidates;
    expect(
      found.find(({ department }: { department: string }) => department === 'ENGINEERING'),
    ).toMatchObject({
      open: 1,
      people: [{ id: plumber.staffId, open: 1, onDuty: false }],
    });
    const elsewhere = await org.as('SUPERVISOR', { community: (await org.community()).id });
    expect((await elsewhere.query(source, { id: at.id })).ticketDispatchCandidates).toEqual([]);
    expect((await plumber.send(source, { id: at.id })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('a transfer needs its reason, and starts the department’s work anew (T-09)', async () => {
    const { org, clerk, plumber } = await setUp();
    let at = await ticket(org, clerk);
    at = (await move(clerk, at, 'confirm')).ticket;
    at = (await move(clerk, at, 'dispatch', { department: 'ENGINEERING' })).ticket;
    at = (await move(plumber, at, 'accept')).ticket;
    at = (await move(plumber, at, 'arrive')).ticket;
    expect(
      (await move(plumber, at, 'transfer', { department: 'SECURITY', reason: ' ' })).userErrors,
    ).toMatchObject([{ code: 'REASON_REQUIRED', rule: 'T-09' }]);
    const { ticket: after } = await move(plumber, at, 'transfer', {
      department: 'SECURITY',
      reason: '属秩序部',
    });
    expect(after).toMatchObject({
      status: 'DISPATCHED',
      department: 'SECURITY',
      assignee: null,
      arrivedAt: null,
    });
  });
});

describe('small acts', () => {
  test('an appointment lies ahead, and a rework forgets it (T-05)', async () => {
    const { org, clerk, plumber } = await setUp();
    let at = await ticket(org, clerk);
    at = (await move(clerk, at, 'confirm')).ticket;
    at = (await move(clerk, at, 'dispatch', { department: 'ENGINEERING', assignee: plumber.staffId })).ticket;
    const appoint = (ms: number) =>
      plumber.mutate(
        'ticketAppoint',
        {
          id: at.id,
          version: at.version,
          appointmentAt: new Date(world.clock.now().getTime() + ms).toISOString(),
        },
        'ticket { version appointmentAt }',
      );
    for (const ms of [-1000, 61 * 86_400_000])
      expect((await appoint(ms)).userErrors).toMatchObject([{ code: 'APPOINTMENT_PAST', rule: 'T-05' }]);
    expect((await appoint(3_600_000)).ticket.appointmentAt).not.toBeNull();
  });

  test('what is classified, marked urgent and answered is in the history, once each (P-6)', async () => {
    const { org, clerk } = await setUp();
    const entry = await problem(org);
    let at = await ticket(org, clerk);
    at = (await move(clerk, at, 'classify', { problem: entry.id })).ticket;
    at = (await move(clerk, at, 'setUrgent', { urgent: true, reason: '水流到楼下' })).ticket;
    await move(clerk, at, 'answer', { answer: '师傅马上到' });
    const { history, answeredAt, comments } = await look(
      clerk,
      at.id,
      'answeredAt comments { nodes { text } } history { nodes { type reason } }',
    );
    expect(history.nodes.map(({ type }: { type: string }) => type).reverse()).toEqual([
      ...['ticket.created', 'ticket.classify', 'ticket.setUrgent', 'ticket.answer'],
    ]);
    expect([answeredAt !== null, comments.nodes]).toEqual([true, [{ text: '师傅马上到' }]]);
  });
});
