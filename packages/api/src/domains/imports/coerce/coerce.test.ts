import { unitKinds } from '@desk/schema/units/enums';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Cell } from '../reading/table.ts';
import { Bad } from './bad.ts';
import { type Coercion, cellText, choicesOf, coerce, type FieldKind } from './coerce.ts';
import { ambiguousFormat } from './dates.ts';

const read = (kind: FieldKind, cell: Cell, rest: Partial<Coercion> = {}) => {
  const value = coerce(cell, { kind, zone: 'Asia/Shanghai', ...rest });
  return value instanceof Bad ? `! ${value.text.en}` : value;
};

describe('numbers', () => {
  test.each([
    ['12', 12],
    ['12.0', 12],
    ['1,200', 1200],
    [' -3 ', -3],
    ['３层', 3],
    ['5楼', 5],
    ['负1层', -1],
    ['B2', -2],
    ['12.5', '! is not a whole number'],
    ['低楼层（6层）', '! is not a whole number'],
    ['1e3', '! is not a whole number'],
  ])('whole number %s', (cell, expected) => expect(read('int', cell)).toBe(expected));

  test.each([
    ['59㎡', '59'],
    ['89.50 m²', '89.50'],
    ['1,234.5平方米', '1234.5'],
    ['120平', '120'],
    ['６５．５', '65.5'],
    ['89,5', '89.5'],
    ['1.234,5', '1234.5'],
    ['1,234', '1234'],
    ['007.50', '7.50'],
    ['.5', '0.5'],
    ['约60', '! is not a number'],
    ['石景山', '! is not a number'],
    ['1,23,4', '! is not a number'],
  ])('area %s', (cell, expected) => expect(read('decimal', cell)).toBe(expected));

  test.each([
    ['1234.56', 123456],
    ['¥1,234.5', 123450],
    ['￥88', 8800],
    ['100元', 10000],
    ['1.2万', 1200000],
    ['0.1', 10],
    ['0.10', 10],
    ['-20', -2000],
    ['19.999', '! is not an amount of money (at most two decimals)'],
    ['免费', '! is not an amount of money (at most two decimals)'],
  ])('money %s', (cell, expected) => expect(read('money', cell)).toBe(expected));

  test('money is exact to the last fen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), (amount) => {
        const text = `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
        expect(read('money', text)).toBe(amount);
      }),
    );
  });

  test.each([
    ['138 0013 8000', '13800138000'],
    ['+86 138-0013-8000', '13800138000'],
    ['(010) 8888-6666', '01088886666'],
    ['010-88886666转802', '! is not a phone number (7 to 15 digits)'],
    ['+1 212 555 0100', '+12125550100'],
    [
      '1.38001E+10',
      '! was turned into scientific notation by a spreadsheet and lost digits: make the column text',
    ],
    ['没有', '! is not a phone number (7 to 15 digits)'],
  ])('phone %s', (cell, expected) => expect(read('phone', cell)).toBe(expected));
});

describe('dates', () => {
  test.each([
    ['2026-11-22', '2026-11-22'],
    ['2026/1/2', '2026-01-02'],
    ['2026.1.2', '2026-01-02'],
    ['2026年1月2日', '2026-01-02'],
    ['20260102', '2026-01-02'],
    ['2026-01-02 23:59:59', '2026-01-02'],
    ['22/11/2026', '2026-11-22'],
    ['11/22/2026', '2026-11-22'],
    ['5/5/2026', '2026-05-05'],
    ['43952', '2020-05-01'],
    ['3/4/2011', '! may be month/day or day/month: state the format in the mapping'],
    ['2026-02-30', '! is not a date such as 2026-11-22'],
    ['明天', '! is not a date such as 2026-11-22'],
  ])('date %s', (cell, expected) => expect(read('date', cell)).toBe(expected));

  test('a spreadsheet’s date is the day that it shows', () => {
    expect(read('date', new Date(Date.UTC(2020, 4, 1)))).toBe('2020-05-01');
    expect(read('dateTime', new Date(Date.UTC(2020, 4, 1, 8, 30)))).toBe('2020-05-01T00:30:00.000Z');
  });

  test.each([
    ['2026-11-22T08:30:00Z', '2026-11-22T08:30:00.000Z'],
    ['2026-11-22T08:30+01:00', '2026-11-22T07:30:00.000Z'],
    ['2026-11-22 08:30', '2026-11-22T00:30:00.000Z'],
    ['2026/11/22 8:30:15', '2026-11-22T00:30:15.000Z'],
    ['2026年11月22日 8时30分', '2026-11-22T00:30:00.000Z'],
    ['2026/11/22 下午2:05', '2026-11-22T06:05:00.000Z'],
    ['2026/11/22 12:05 AM', '2026-11-21T16:05:00.000Z'],
    ['2026/11/22 12:05 PM', '2026-11-22T04:05:00.000Z'],
    ['20261122083015', '2026-11-22T00:30:15.000Z'],
    ['43952.5', '2020-05-01T04:00:00.000Z'],
    ['2026-11-22 25:00', '! is not a time such as 2026-11-22 08:30'],
  ])('time %s', (cell, expected) => expect(read('dateTime', cell)).toBe(expected));

  test('a format and a zone from the mapping are followed, over the change to summer time', () => {
    const reading = { format: 'MM/dd/yyyy hh:mm:ss a', zone: 'America/New_York' };
    expect(read('dateTime', '03/01/2011 02:27:57 PM', reading)).toBe('2011-03-01T19:27:57.000Z');
    expect(read('dateTime', '03/14/2011 03:59:20 PM', reading)).toBe('2011-03-14T19:59:20.000Z');
    expect(read('dateTime', '2011-03-14', reading)).toBe('! does not have the form MM/dd/yyyy hh:mm:ss a');
    expect(read('date', '04.03.2011', { format: 'dd.MM.yyyy' })).toBe('2011-03-04');
  });

  test('samples that allow one order only settle it for their column', () => {
    expect(ambiguousFormat(['3/4/2011', '3/14/2011'])).toBe('M/d/yyyy');
    expect(ambiguousFormat(['03/04/2011 02:27:57 PM', '03/14/2011 03:59:20 PM'])).toBe('M/d/yyyy h:mm:ss a');
    expect(ambiguousFormat(['3.4.2011 8:30', '14.3.2011 9:00'])).toBe('d.M.yyyy H:mm');
    expect(ambiguousFormat(['3/4/2011', '5/6/2011'])).toBeUndefined();
    expect(ambiguousFormat(['2011-03-04'])).toBeUndefined();
    expect(read('dateTime', '03/04/2011 02:27:57 PM', { format: 'M/d/yyyy h:mm:ss a' })).toBe(
      '2011-03-04T06:27:57.000Z',
    );
  });
});

describe('words', () => {
  const choices = choicesOf(unitKinds, { RESIDENCE: ['公寓'] });
  test.each([
    ['RESIDENCE', 'RESIDENCE'],
    ['住宅', 'RESIDENCE'],
    ['公寓', 'RESIDENCE'],
    ['parking space', 'PARKING'],
    ['Parking_Space', 'PARKING'],
    ['城堡', '! is not one of: Residence, Shop, Office, Parking space, Storage'],
  ])('kind %s', (cell, expected) =>
    expect(read('enum', cell, { choices, values: unitKinds })).toBe(expected),
  );

  test.each([
    ['是', true],
    ['YES', true],
    ['1', true],
    ['√', true],
    ['否', false],
    ['No', false],
    ['×', false],
    ['也许', '! is neither yes nor no'],
  ])('yes or no: %s', (cell, expected) => expect(read('boolean', cell)).toBe(expected));

  test('texts lose blanks around them, control characters and the wrapping that spreadsheets need', () => {
    expect(cellText('  南 北        ')).toBe('南 北');
    expect(cellText('="007"')).toBe('007');
    expect(cellText('"quoted" ')).toBe('quoted');
    expect(cellText('\u3000两\r\n行\u0000 ')).toBe('两\n行');
  });
});
