import { describe, expect, test } from 'vitest';
import { parseDates, writeDates } from '../src/policies/dates.ts';

describe('days as they are written down (P-4)', () => {
  test('stretches, single days and days without their year are read, in any order, once each', () => {
    const text = '2027-02-06 至 2027-02-08，10-01\n2027年1月1日、2027/1/1; 02-07';
    expect(parseDates(text, 2027)).toEqual({
      dates: ['2027-01-01', '2027-02-06', '2027-02-07', '2027-02-08', '2027-10-01'],
      wrong: [],
    });
    expect(parseDates(' \n', 2027)).toEqual({ dates: [], wrong: [] });
  });

  test('what is no day is named: impossible ones, turned stretches, words', () => {
    expect(parseDates('02-29 2027-13-01 02-08~02-06 春节 02-06~', 2027).wrong).toEqual([
      '02-29',
      '2027-13-01',
      '02-08~02-06',
      '春节',
      '02-06~',
    ]);
    expect(parseDates('02-29', 2028)).toEqual({ dates: ['2028-02-29'], wrong: [] });
  });

  test('what is written is read back the same', () => {
    const dates = ['2027-01-01', '2027-02-06', '2027-02-07', '2027-02-08', '2027-02-28', '2027-03-01'];
    expect(writeDates([...dates].reverse())).toBe('2027-01-01\n2027-02-06~2027-02-08\n2027-02-28~2027-03-01');
    expect(parseDates(writeDates(dates), 2027).dates).toEqual(dates);
  });
});
