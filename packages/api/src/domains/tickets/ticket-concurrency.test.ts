import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { crew, fields, move, ticket } from './tickets.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const setUp = async () => {
  const org = await world.organisation();
  return { org, ...(await crew(org)) };
};

describe('many at once', () => {
  test('of 50 clerks who act on one ticket exactly one wins, and the history has one entry', async () => {
    const { org, clerk } = await setUp();
    const made = await ticket(org, clerk);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        n % 2 ? move(clerk, made, 'confirm') : move(clerk, made, 'cancel', { reason: `第${n}位` }),
      ),
    );
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(answers.filter(({ userErrors }) => userErrors[0]?.code === 'CONFLICT')).toHaveLength(49);
    const { history } = (
      await clerk.query('query($id: ID!) { ticket(id: $id) { history { nodes { type } } } }', { id: made.id })
    ).ticket;
    expect(history.nodes).toHaveLength(2);
  });

  test('two clerks who save the same ticket: the second sees the first one’s words', async () => {
    const { org, clerk, supervisor } = await setUp();
    const { id, version } = await ticket(org, clerk);
    const [one, two] = await Promise.all([
      clerk.mutate('ticketUpdate', { id, version, title: '甲' }, fields),
      supervisor.mutate('ticketUpdate', { id, version, title: '乙' }, fields),
    ]);
    const [won, lost] = one.userErrors.length === 0 ? [one, two] : [two, one];
    expect(lost).toMatchObject({
      ticket: { version: 2, title: won.ticket.title },
      userErrors: [{ code: 'CONFLICT' }],
    });
  });

  test('the same key twice or at once makes one ticket and one answer; another body is refused', async () => {
    const { org, clerk } = await setUp();
    const input = { unit: (await org.unit()).id, kind: 'HELP', title: '开锁', idempotencyKey: 'call-1' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => clerk.mutate('ticketCreate', input, fields)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(
      (await clerk.mutate('ticketCreate', { ...input, title: '开门' }, fields)).userErrors,
    ).toMatchObject([{ code: 'IDEMPOTENCY_MISMATCH' }]);
    const { ticket: made } = answers[0];
    const keyed = { id: made.id, version: 1, idempotencyKey: 'call-2' };
    const confirmed = await Promise.all(
      Array.from({ length: 10 }, () => clerk.mutate('ticketConfirm', keyed, fields)),
    );
    expect(new Set(confirmed.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(confirmed[0].ticket).toMatchObject({ status: 'CONFIRMED', version: 2 });
    expect((await clerk.query('{ tickets { totalCount } }')).tickets.totalCount).toBe(1);
  });
});
