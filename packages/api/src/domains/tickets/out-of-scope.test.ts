import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { done, look, staffed } from './life.seed.ts';
import { move, ticket, walk } from './tickets.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const judged = { answer: '属自来水公司', handedTo: '自来水公司' };
const hence = (days: number) => new Date(world.clock.now().getTime() + days * 86_400_000).toISOString();

/** An engineer who heads the department, or something else, where and when the duty says. */
async function onDuty(crew: Awaited<ReturnType<typeof staffed>>, community: string, more: object = {}) {
  const head = await crew.org.as('ENGINEERING', { locale: 'en' });
  const duty = { community, staff: head.staffId, role: 'ENGINEERING', department: 'ENGINEERING', lead: true };
  const period = { startsAt: hence(-1), endsAt: hence(1) };
  await done(crew.org.admin, 'dutyCreate', { ...duty, ...period, ...more }, 'duty { id }');
  return head;
}

test('out of scope is judged by the head of engineering on duty, with the answer that the resident gets and who has it from now on (T-09)', async () => {
  const crew = await staffed(await world.organisation());
  const unit = await crew.org.unit();
  const head = await onDuty(crew, unit.community.id);
  const made = await ticket(crew.org, crew.clerk, { unit: unit.id });
  expect((await move(crew.clerk, made, 'judgeOutOfScope', judged)).userErrors).toMatchObject([
    { code: 'FORBIDDEN' },
  ]);
  expect((await move(head, made, 'judgeOutOfScope', { ...judged, answer: '' })).userErrors).toMatchObject([
    { code: 'VALIDATION', field: ['answer'] },
  ]);
  for (const handedTo of [undefined, null, ' '])
    expect((await move(head, made, 'judgeOutOfScope', { ...judged, handedTo })).userErrors).toMatchObject([
      { code: 'REQUIRED', field: ['handedTo'], rule: 'T-09' },
    ]);
  const { ticket: after } = await move(head, made, 'judgeOutOfScope', judged);
  expect(await look(crew.clerk, made.id, 'comments { nodes { text } } handedTo')).toEqual({
    comments: { nodes: [{ text: '属自来水公司' }] },
    handedTo: '自来水公司',
  });
  expect(after).toMatchObject({ status: 'OUT_OF_SCOPE', resolution: '属自来水公司' });
  expect(after.closedAt).not.toBeNull();
});

test('an engineer who heads nothing here and now is told who judges, before he tries and when he does; a supervisor may (T-09)', async () => {
  const crew = await staffed(await world.organisation());
  const unit = await crew.org.unit();
  const elsewhere = await crew.org.unit();
  const made = await walk(await ticket(crew.org, crew.clerk, { unit: unit.id }), [
    [crew.clerk, 'confirm'],
    [crew.clerk, 'dispatch', { department: 'ENGINEERING', assignee: crew.plumber.staffId }],
  ]);
  const here = unit.community.id;
  const others = [
    await onDuty(crew, here, { lead: false }),
    await onDuty(crew, here, { startsAt: hence(-3), endsAt: hence(-2) }),
    await onDuty(crew, here, { department: 'SECURITY' }),
    await onDuty(crew, here, { building: (await crew.org.building({ community: here })).id }),
    await onDuty(crew, elsewhere.community.id),
  ];
  const message =
    'What is out of scope is judged by the head of engineering on duty, or a supervisor and above.';
  for (const by of others) {
    const refused = { code: 'ENGINEERING_HEAD', rule: 'T-09' };
    expect((await move(by, made, 'judgeOutOfScope', judged)).userErrors).toMatchObject([
      { ...refused, message },
    ]);
    const { availableActions } = await look(by, made.id, 'availableActions { action allowed code rule }');
    expect(availableActions).toContainEqual({ action: 'judgeOutOfScope', allowed: false, ...refused });
  }
  const { userErrors } = await move(crew.plumber, made, 'judgeOutOfScope', judged);
  expect(userErrors).toMatchObject([{ message: '是否超出范围，由当值的工程负责人或主管及以上人员判定。' }]);
  expect((await move(crew.supervisor, made, 'judgeOutOfScope', judged)).ticket.status).toBe('OUT_OF_SCOPE');
});
