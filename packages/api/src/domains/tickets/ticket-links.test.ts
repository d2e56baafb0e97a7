import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { done, look, problem, refusal, type Staffed, staffed } from './life.seed.ts';
import { move, ticket, untilDone } from './tickets.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
const setUp = async () => staffed(await world.organisation());
/** Several tickets of one community. */
async function several({ org, clerk }: Staffed, count: number, fields: object = {}) {
  const building = (await org.building()).id;
  const unit = async () => (await org.unit({ building })).id;
  const found = [];
  for (let index = 0; index < count; index += 1)
    found.push(await ticket(org, clerk, { unit: await unit(), ...fields }));
  return found as [Awaited<ReturnType<typeof ticket>>, ...Awaited<ReturnType<typeof ticket>>[]];
}

describe('duplicates (T-09)', () => {
  test('the duplicate ends and points to the main ticket, which its watchers follow from now on, and its comments stay to be read (T-09)', async () => {
    const crew = await setUp();
    const { clerk, supervisor } = crew;
    const [main, copy] = await several(crew, 2);
    if (!copy) throw new Error('two');
    await done(supervisor, 'ticketWatcherCreate', { ticket: copy.id }, 'ticketWatcher { id }');
    await done(clerk, 'ticketCommentCreate', { ticket: copy.id, text: '住户又来电' }, 'ticketComment { id }');
    const { ticket: merged } = await move(clerk, copy, 'merge', { into: main.id, reason: '同一事项' });
    expect(merged).toMatchObject({ status: 'MERGED', closedAt: expect.any(String) });
    expect(await look(clerk, copy.id, 'mergedInto { id }')).toEqual({ mergedInto: { id: main.id } });
    const seen = await look(
      clerk,
      main.id,
      'watchers { nodes { staff { id } } } mergedTickets { nodes { id comments { nodes { text } } } }',
    );
    expect(seen).toEqual({
      watchers: { nodes: [{ staff: { id: supervisor.staffId } }] },
      mergedTickets: { nodes: [{ id: copy.id, comments: { nodes: [{ text: '住户又来电' }] } }] },
    });
  });

  test('nothing is merged into itself, into another community, into what has ended, nor two into each other at once (T-09)', async () => {
    const crew = await setUp();
    const { clerk } = crew;
    const [one, two, ended] = await several(crew, 3);
    const [abroad] = await several(crew, 1);
    if (!two || !ended) throw new Error('three');
    await move(clerk, ended, 'cancel', { reason: '误报' });
    for (const into of [one.id, abroad.id, ended.id])
      expect((await move(clerk, one, 'merge', { into })).userErrors).toMatchObject([
        { code: 'MERGE_TARGET', field: ['into'], rule: 'T-09' },
      ]);
    const both = await Promise.all([
      move(clerk, one, 'merge', { into: two.id }),
      move(clerk, two, 'merge', { into: one.id }),
    ]);
    expect(both.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const states = await Promise.all([one, two].map(({ id }) => look(clerk, id, 'status')));
    expect(states.map(({ status }) => status).sort()).toEqual(['MERGED', 'RECEIVED']);
  });
});

describe('several matters in one call (T-09)', () => {
  test('they become tickets of their own, with place, reporter and first handler; the ticket goes on (T-09)', async () => {
    const crew = await setUp();
    const { org, clerk } = crew;
    const entry = await problem(org, { kinds: ['HELP'] });
    const [at] = await several(crew, 1, { reporterName: '李女士', reporterPhone: '13812345678' });
    const parts = [{ title: '对讲没声音' }, { title: '帮忙搬家具', kind: 'HELP', problem: entry.id }];
    const { ticket: after } = await move(clerk, at, 'split', { parts });
    expect(after).toMatchObject({ status: 'RECEIVED', version: at.version + 1 });
    const { unit, splitTickets } = await look(
      clerk,
      at.id,
      'unit { id } splitTickets(orderBy: { field: ID }) { nodes { title kind status reporterName number unit { id } firstHandler { id } splitFrom { id } } }',
    );
    expect(splitTickets.nodes).toMatchObject(
      parts.map(({ title, kind = 'REPAIR_UNIT' }) => ({
        ...{ title, kind, status: 'RECEIVED', reporterName: '李女士', unit },
        ...{ firstHandler: { id: clerk.staffId }, splitFrom: { id: at.id } },
      })),
    );
    expect(new Set(splitTickets.nodes.map(({ number }: { number: string }) => number)).size).toBe(2);
    const wrong = [{ title: '好' }, { title: '坏', problem: entry.id }];
    expect((await move(clerk, after, 'split', { parts: wrong })).userErrors).toMatchObject([
      { code: 'PROBLEM_MISMATCH' },
    ]);
    expect((await look(clerk, at.id, 'splitTickets { totalCount }')).splitTickets.totalCount).toBe(2);
  });
});

describe('an incident that covers many (T-09)', () => {
  test('an outage is answered once for all who called, and each ticket is signed off on its own (T-09)', async () => {
    const crew = await setUp();
    const { clerk, plumber } = crew;
    const [main, ...calls] = await several(crew, 4);
    for (const call of calls) await move(clerk, call, 'linkIncident', { incident: main.id });
    const [cancelled, ...open] = calls;
    if (!cancelled) throw new Error('three');
    await move(clerk, { id: cancelled.id, version: cancelled.version + 1 }, 'cancel', { reason: '已恢复' });
    const finished = await untilDone(main, crew);
    const { ticket: after, userErrors } = await move(plumber, finished, 'answerCovered', {
      resolution: '水泵已修复，供水恢复',
    });
    expect(userErrors).toEqual([]);
    const { coveredTickets } = await look(
      clerk,
      main.id,
      'coveredTickets { nodes { id status resolution comments { nodes { text } } } }',
    );
    const told = {
      resolution: '水泵已修复，供水恢复',
      comments: { nodes: [{ text: '水泵已修复，供水恢复' }] },
    };
    for (const { id } of open) expect(coveredTickets.nodes).toContainEqual({ id, status: 'DONE', ...told });
    expect(coveredTickets.nodes.find(({ id }: { id: string }) => id === cancelled.id).status).toBe(
      'CANCELLED',
    );
    expect(
      (await move(plumber, after, 'answerCovered', { resolution: '再说一次' })).userErrors,
    ).toMatchObject([{ code: 'NOTHING_COVERED', rule: 'T-09' }]);
  });

  test('a call that is sent back after the answer was never with a department: it is dispatched before anybody accepts it (T-04)', async () => {
    const crew = await setUp();
    const { clerk, plumber, supervisor } = crew;
    const [main, call] = await several(crew, 2);
    if (!call) throw new Error('two');
    await move(clerk, call, 'linkIncident', { incident: main.id });
    const finished = await untilDone(main, crew);
    await move(plumber, finished, 'answerCovered', { resolution: '供水恢复' });
    const { ticket: back } = await move(clerk, await look(clerk, call.id, 'id version'), 'rework', {
      reason: '仍然没有水',
    });
    expect(back).toMatchObject({ status: 'REWORK', department: null });
    expect((await move(supervisor, back, 'accept')).userErrors).toMatchObject([
      { code: 'DISPATCH_REQUIRED', rule: 'T-04' },
    ]);
    const { ticket: dispatched } = await move(supervisor, back, 'dispatch', { department: 'ENGINEERING' });
    expect((await move(supervisor, dispatched, 'accept')).ticket).toMatchObject({ status: 'ACCEPTED' });
  });

  test('an incident is another ticket of the community that is not covered itself; a link ends with a reason (T-09)', async () => {
    const crew = await setUp();
    const { clerk } = crew;
    const [main, covered, third] = await several(crew, 3);
    const [abroad] = await several(crew, 1);
    if (!covered || !third) throw new Error('three');
    const link = (at: { id: string; version: number }, incident: string) =>
      move(clerk, at, 'linkIncident', { incident });
    const { ticket: linked } = await link(covered, main.id);
    for (const [at, incident] of [
      [main, main.id],
      [main, covered.id],
      [third, abroad.id],
      [third, covered.id],
    ] as const)
      expect((await link(at, incident)).userErrors).toMatchObject([
        { code: 'INCIDENT_TARGET', rule: 'T-09' },
      ]);
    expect((await move(clerk, linked, 'unlinkIncident', {})).userErrors).toMatchObject([
      { code: 'REASON_REQUIRED' },
    ]);
    await move(clerk, linked, 'unlinkIncident', { reason: '另一回事' });
    expect(await look(clerk, covered.id, 'incident { id }')).toEqual({ incident: null });
  });
});

describe('who follows (T-03)', () => {
  test('staff watch and stop watching; those mentioned in a comment follow it (T-03)', async () => {
    const crew = await setUp();
    const { org, clerk, plumber, supervisor } = crew;
    const at = await ticket(org, clerk);
    const mine = await done(
      plumber,
      'ticketWatcherCreate',
      { ticket: at.id },
      'ticketWatcher { id version staff { id } }',
    );
    expect(mine.staff.id).toBe(plumber.staffId);
    expect(await refusal(plumber, 'ticketWatcherCreate', { ticket: at.id }, 'ticketWatcher { id }')).toBe(
      'ALREADY_WATCHING T-03',
    );
    const comment = { ticket: at.id, text: '请主管看看', mentions: [supervisor.staffId] };
    const made = await done(clerk, 'ticketCommentCreate', comment, 'ticketComment { mentions { id name } }');
    expect(made.mentions).toMatchObject([{ id: supervisor.staffId }]);
    expect(
      await refusal(
        clerk,
        'ticketWatcherDelete',
        { id: mine.id, version: mine.version },
        'ticketWatcher { id }',
      ),
    ).toBe('FORBIDDEN P-3');
    await plumber.mutate(
      'ticketWatcherDelete',
      { id: mine.id, version: mine.version },
      'ticketWatcher { id }',
    );
    const { watchers } = await look(clerk, at.id, 'watchers { nodes { staff { id } } }');
    expect(watchers.nodes).toEqual([{ staff: { id: supervisor.staffId } }]);
    // Nobody's work on the ticket is made stale by it.
    expect((await look(clerk, at.id, 'version')).version).toBe(at.version);
  });

  test('who received it first is told the outcome, once, unless it was their own doing (T-03)', async () => {
    const crew = await setUp();
    const { org, clerk, supervisor } = crew;
    const [theirs, own] = [await ticket(org, clerk), await ticket(org, clerk)];
    await move(supervisor, theirs, 'cancel', { reason: '住户撤回' });
    await move(clerk, own, 'cancel', { reason: '误报' });
    const { notifications } = await clerk.query(
      '{ notifications { nodes { kind subject recipient { id } } } }',
    );
    expect(notifications.nodes).toEqual([
      { kind: 'OUTCOME', subject: theirs.id, recipient: { id: clerk.staffId } },
    ]);
  });

  test('those of another organisation cannot be mentioned', async () => {
    const [crew, other] = [await setUp(), await setUp()];
    const at = await ticket(crew.org, crew.clerk);
    const comment = { ticket: at.id, text: '看', mentions: [other.clerk.staffId] };
    expect(await refusal(crew.clerk, 'ticketCommentCreate', comment, 'ticketComment { id }')).toBe(
      'NOT_FOUND null',
    );
  });
});
