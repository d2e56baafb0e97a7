import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { done, look, problem, refusal, type Staffed, staffed } from './life.seed.ts';
import { accepted, drawn, move, type TicketData, ticket, untilDone, walk } from './tickets.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
const setUp = async (locale?: 'en') => staffed(await world.organisation(), locale);

/** An order for a service, accepted by the plumber. */
async function order({ org, clerk, plumber }: Staffed, more: object = {}): Promise<TicketData> {
  return walk(await ticket(org, clerk, { kind: 'PAID_SERVICE', title: '换龙头', ...more }), [
    [clerk, 'confirm'],
    [clerk, 'dispatch', { department: 'ENGINEERING', assignee: plumber.staffId }],
    [plumber, 'accept'],
  ]);
}
const tomorrow = () => new Date(world.clock.now().getTime() + 86_400_000).toISOString();
const again = async ({ clerk }: Staffed, { id }: { id: string }): Promise<TicketData> =>
  look(clerk, id, 'id version number status');

describe('a paid service (T-15)', () => {
  test('the published price is accepted in words or by signature before anybody goes, and charged when the work is accepted (T-15)', async () => {
    const crew = await setUp();
    const { org, plumber } = crew;
    const entry = await problem(org, { kinds: ['PAID_SERVICE'], price: 12_000 });
    const at = await order(crew, { problem: entry.id });
    expect((await move(plumber, at, 'arrive')).userErrors).toMatchObject([
      { code: 'QUOTE_REQUIRED', rule: 'T-15' },
    ]);
    const offered = at.availableActions.find(({ action }) => action === 'arrive');
    expect(offered).toMatchObject({ allowed: false, code: 'QUOTE_REQUIRED', rule: 'T-15' });

    const quote = await done(
      plumber,
      'ticketQuoteCreate',
      { ticket: at.id, content: '更换龙头一个', visitAt: tomorrow() },
      'ticketQuote { id version price status }',
    );
    expect(quote).toMatchObject({ price: 12_000, status: 'OFFERED' });
    expect((await move(plumber, await again(crew, at), 'arrive')).userErrors).toMatchObject([
      { code: 'QUOTE_REQUIRED' },
    ]);
    await done(
      plumber,
      'ticketQuoteAccept',
      { id: quote.id, version: quote.version, words: '同意', signerName: '李女士', signature: drawn },
      'ticketQuote { status words }',
    );
    const finished = await walk(await again(crew, at), [
      [plumber, 'arrive'],
      [plumber, 'finish', { resolution: '已更换', findings: '旧件老化' }],
    ]);
    const signed = await walk(finished, [[plumber, 'signOff', accepted]]);
    const { fees, signatures, priceAgreed, chargedAt } = await look(
      org.admin,
      signed.id,
      'priceAgreed chargedAt fees { nodes { kind amount status outstanding note } } signatures { nodes { purpose signerName drawing } }',
    );
    expect(priceAgreed).toBe(12_000);
    expect(chargedAt).not.toBeNull();
    expect(fees.nodes).toEqual([
      {
        kind: 'PAID_SERVICE',
        amount: 12_000,
        status: 'ISSUED',
        outstanding: 12_000,
        note: `${at.number} 换龙头`,
      },
    ]);
    expect(signatures.nodes).toEqual([
      { purpose: 'QUOTE', signerName: '李女士', drawing: drawn },
      { purpose: 'SIGN_OFF', signerName: '李女士', drawing: drawn },
    ]);
  });

  test('unsatisfied means rework, and after it the price is charged once (T-15)', async () => {
    const crew = await setUp();
    const { org, plumber, clerk } = crew;
    const at = await order(crew);
    const quote = await done(
      plumber,
      'ticketQuoteCreate',
      { ticket: at.id, content: '清洗', price: 9_900, visitAt: tomorrow() },
      'ticketQuote { id version }',
    );
    await done(
      plumber,
      'ticketQuoteAccept',
      { id: quote.id, version: quote.version, words: '好' },
      'ticketQuote { id }',
    );
    const round = async (start: TicketData) =>
      walk(start, [
        [plumber, 'arrive'],
        [plumber, 'finish', { resolution: '完成' }],
      ]);
    let now = await round(await again(crew, at));
    now = (await move(plumber, now, 'signOff', { satisfied: false, words: '没洗干净' })).ticket;
    const fees = async () => (await look(org.admin, at.id, 'fees { nodes { amount } }')).fees.nodes;
    expect(await fees()).toEqual([]);
    now = await round(await walk(now, [[plumber, 'accept']]));
    now = await walk(now, [[plumber, 'signOff', accepted]]);
    now = (await move(clerk, now, 'rework', { reason: '又坏了' })).ticket;
    now = await round(await walk(now, [[plumber, 'accept']]));
    await walk(now, [[plumber, 'signOff', accepted]]);
    expect(await fees()).toEqual([{ amount: 9_900 }]);
  });

  test('a refusal to pay is charged and referred, with its reason (T-15)', async () => {
    const crew = await setUp();
    const { org, plumber } = crew;
    const at = await order(crew);
    const quote = await done(
      plumber,
      'ticketQuoteCreate',
      { ticket: at.id, content: '疏通', price: 15_000, visitAt: tomorrow() },
      'ticketQuote { id version }',
    );
    await done(
      plumber,
      'ticketQuoteAccept',
      { id: quote.id, version: quote.version, words: '好' },
      'ticketQuote { id }',
    );
    const finished = await walk(await again(crew, at), [
      [plumber, 'arrive'],
      [plumber, 'finish', { resolution: '已通' }],
    ]);
    expect(
      (await move(plumber, finished, 'refusePayment', { referredTo: '客服经理' })).userErrors,
    ).toMatchObject([{ code: 'REASON_REQUIRED', rule: 'T-15' }]);
    const { ticket: after } = await move(plumber, finished, 'refusePayment', {
      referredTo: '客服经理',
      reason: '嫌贵',
    });
    expect(after.status).toBe('SIGNED_OFF');
    expect(await look(org.admin, at.id, 'referredTo fees { nodes { amount status } }')).toEqual({
      referredTo: '客服经理',
      fees: { nodes: [{ amount: 15_000, status: 'ISSUED' }] },
    });
  });

  test('one price at a time: a new one withdraws the old, a declined one leaves none, and done work is not priced (T-15)', async () => {
    const crew = await setUp();
    const { org, clerk, plumber } = crew;
    const at = await order(crew);
    const offer = (price?: number) =>
      plumber.mutate(
        'ticketQuoteCreate',
        { ticket: at.id, content: '服务', price, visitAt: tomorrow() },
        'ticketQuote { id version status }',
      );
    expect((await offer()).userErrors).toMatchObject([{ code: 'REQUIRED', field: ['price'], rule: 'T-15' }]);
    await offer(1_000);
    const { ticketQuote: second } = await offer(2_000);
    const statuses = async () =>
      (await look(clerk, at.id, 'price priceAgreed quotes { nodes { price status } }')) as object;
    expect(await statuses()).toMatchObject({
      price: 2_000,
      quotes: {
        nodes: [
          { price: 1_000, status: 'WITHDRAWN' },
          { price: 2_000, status: 'OFFERED' },
        ],
      },
    });
    const answer = { id: second.id, version: second.version, words: '太贵' };
    await done(plumber, 'ticketQuoteDecline', answer, 'ticketQuote { id }');
    expect(await statuses()).toMatchObject({ price: null, priceAgreed: null });
    expect(
      await refusal(
        plumber,
        'ticketQuoteAccept',
        { ...answer, version: second.version + 1 },
        'ticketQuote { id }',
      ),
    ).toBe('ILLEGAL_MOVE T-15');
    const repair = await untilDone(await ticket(org, clerk), crew);
    const late = { ticket: repair.id, content: '补收', price: 100 };
    expect(await refusal(plumber, 'ticketQuoteCreate', late, 'ticketQuote { id }')).toBe(
      'QUOTE_TOO_LATE T-15',
    );
    const stranger = await org.as('SECURITY');
    const theirs = { ticket: (await order(crew)).id, content: '服务', price: 100 };
    expect(await refusal(stranger, 'ticketQuoteCreate', theirs, 'ticketQuote { id }')).toBe(
      'NOT_YOUR_TICKET T-09',
    );
  });

  test('of twenty who answer one quote at once exactly one is recorded (T-15)', async () => {
    const crew = await setUp();
    const { plumber } = crew;
    const at = await order(crew);
    const quote = await done(
      plumber,
      'ticketQuoteCreate',
      { ticket: at.id, content: '服务', price: 100, visitAt: tomorrow() },
      'ticketQuote { id version }',
    );
    const input = { id: quote.id, version: quote.version, words: '好' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        plumber.mutate(n % 2 ? 'ticketQuoteAccept' : 'ticketQuoteDecline', input, 'ticketQuote { status }'),
      ),
    );
    expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code))).toEqual(
      Array.from({ length: 19 }, () => 'CONFLICT'),
    );
  });
});

describe('the work order (T-10)', () => {
  const working = async (crew: Staffed) => {
    const { org, clerk, plumber } = crew;
    return walk(await ticket(org, clerk), [
      [clerk, 'confirm'],
      [clerk, 'dispatch', { department: 'ENGINEERING', assignee: plumber.staffId }],
      [plumber, 'accept'],
      [plumber, 'arrive'],
    ]);
  };

  test('the resident’s own materials are checked first, and unfit ones are not used (T-10)', async () => {
    const crew = await setUp('en');
    const { id } = await working(crew);
    const add = (more: object) =>
      crew.plumber.mutate(
        'ticketItemCreate',
        { ticket: id, kind: 'MATERIAL', name: 'hose', quantity: '1', residentOwned: true, ...more },
        'ticketItem { id version amount fit }',
      );
    expect((await add({})).userErrors).toMatchObject([
      { code: 'MATERIAL_UNCHECKED', field: ['fit'], rule: 'T-10' },
    ]);
    expect((await add({ fit: false })).userErrors).toMatchObject([
      {
        code: 'MATERIAL_UNFIT',
        message: "An unfit material of the resident's may not be used: its quantity must be 0.",
      },
    ]);
    expect((await add({ fit: false, quantity: '0' })).userErrors).toEqual([]);
    const { ticketItem: good } = await add({ fit: true, quantity: '2', unitPrice: 0 });
    const turned = { id: good.id, version: good.version, fit: false };
    expect(await refusal(crew.plumber, 'ticketItemUpdate', turned, 'ticketItem { id }')).toBe(
      'MATERIAL_UNFIT T-10',
    );
  });

  test('lines are written while the work goes on, by who does it, and amounts are exact (T-10)', async () => {
    const crew = await setUp();
    const { org, clerk, plumber } = crew;
    const at = await working(crew);
    const line = { ticket: at.id, kind: 'LABOUR', name: '人工', quantity: '1', unitPrice: 100 };
    const stranger = await org.as('SECURITY');
    expect(await refusal(stranger, 'ticketItemCreate', line, 'ticketItem { id }')).toBe(
      'NOT_YOUR_TICKET T-09',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: 999_999 }),
        fc.nat({ max: 10_000_000 }),
        async (hundredths, unitPrice) => {
          const quantity = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
          const made = await done(
            plumber,
            'ticketItemCreate',
            { ...line, quantity, unitPrice },
            'ticketItem { amount quantity }',
          );
          // Independently: round half up on whole numbers.
          expect(made.amount).toBe(Number((BigInt(hundredths) * BigInt(unitPrice) * 2n + 100n) / 200n));
        },
      ),
      { numRuns: 25 },
    );
    for (const quantity of ['-1', '1.234', '100000'])
      expect(await refusal(plumber, 'ticketItemCreate', { ...line, quantity }, 'ticketItem { id }')).toBe(
        'VALIDATION null',
      );
    const finished = await walk(at, [[plumber, 'finish', { resolution: '好' }]]);
    expect(await refusal(plumber, 'ticketItemCreate', line, 'ticketItem { id }')).toBe('ILLEGAL_MOVE T-10');
    expect((await look(clerk, finished.id, 'items { totalCount }')).items.totalCount).toBe(25);
  });
});
