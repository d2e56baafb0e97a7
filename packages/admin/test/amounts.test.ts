import { expect, test } from 'vitest';
import { amountOf, blankLine, contentOf, totalOf } from '../src/tickets/forms/amounts.ts';

/** Long division on paper: hundredths of units times fen, the half fen rounded up. */
function byHand(units: number, hundredths: number, fen: number): number {
  const product = (units * 100 + hundredths) * fen;
  const rest = product % 100;
  return (product - rest) / 100 + (rest >= 50 ? 1 : 0);
}

/** Numbers that look random and are the same in each run. */
function* numbers(): Generator<number, number> {
  for (let state = 20_261_123; ; ) yield (state = (state * 48_271) % 2_147_483_647);
}

test('a line comes to quantity times price, to the fen (T-15)', () => {
  const random = numbers();
  const below = (limit: number) => random.next().value % limit;
  for (let turn = 0; turn < 20_000; turn += 1) {
    const [whole, part, price] = [below(10_000), below(100), below(1_000_001)];
    const quantity = `${whole}.${String(part).padStart(2, '0')}`;
    expect(amountOf(quantity, price), `${quantity} × ${price}`).toBe(byHand(whole, part, price));
  }
});

test('the total is the sum of its lines, and there is none while a line has no amount (T-15)', () => {
  const line = (price: number) => ({ ...blankLine(), name: '工料', unitPrice: price });
  for (const prices of [[0], [1, 2, 3], [100_000, 5, 99_999_999]]) {
    const lines = prices.map(line);
    expect(totalOf(lines)).toBe(prices.reduce((sum, price) => sum + price, 0));
    expect(totalOf([...lines, blankLine()])).toBe(totalOf(lines));
    expect(totalOf([...lines, { ...line(1), quantity: '1.234' }])).toBeUndefined();
  }
  expect(totalOf([blankLine()])).toBeUndefined();
});

test('what is no quantity or no price comes to nothing', () => {
  for (const quantity of ['', 'x', '-1', '1.234', '1e3', '123456', '１'])
    expect(amountOf(quantity, 100), quantity).toBeUndefined();
  for (const price of ['', '12', undefined, 1.5]) expect(amountOf('1', price)).toBeUndefined();
});

test('the resident reads numbered lines with their sums, and the remark below', () => {
  const lines = [
    { name: ' 换软管 ', quantity: '2', unit: '根', unitPrice: 3_000 },
    { name: '', quantity: '1', unit: '', unitPrice: '' },
    { name: '人工', quantity: '1.5', unit: '', unitPrice: 6_000 },
  ];
  expect(contentOf(lines, ' 含税 ')).toBe(
    '1. 换软管 2 根 × ¥30.00 = ¥60.00\n2. 人工 1.5 × ¥60.00 = ¥90.00\n含税',
  );
});
