import { expect, test } from 'vitest';
import { guardCell, toCsv } from '../src/platform/exporter.ts';
import {
  formatDateTime,
  formatDecimal,
  formatMoney,
  isoToWall,
  minorToText,
  textToMinor,
  wallToIso,
} from '../src/platform/format.ts';
import { compositionGuard } from '../src/ui/composition.ts';

test('times are shown in the zone of the community, not of the browser', () => {
  expect(formatDateTime('2026-11-22T16:30:00Z', 'Asia/Shanghai')).toBe('2026-11-23 00:30');
  expect(isoToWall('2026-11-22T16:30:00Z', 'Asia/Shanghai')).toBe('2026-11-23T00:30');
});

test('a wall clock becomes an instant, also around a change of the clocks', () => {
  expect(wallToIso('2026-11-23T00:30', 'Asia/Shanghai')).toBe('2026-11-22T16:30:00.000Z');
  expect(wallToIso('2026-03-29T03:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  expect(wallToIso('2026-03-29T01:30', 'Europe/Berlin')).toBe('2026-03-29T00:30:00.000Z');
});

test('money moves digits and divides nothing', () => {
  expect(formatMoney(123450, 'CNY', 'zh-CN')).toBe('¥1,234.50');
  expect(minorToText(5)).toBe('0.05');
  expect(minorToText(-123450)).toBe('-1234.50');
  expect(textToMinor('1,234.5')).toBe(123450);
  expect(textToMinor('￥0.05')).toBe(5);
  expect(textToMinor('1.005')).toBeUndefined();
  expect(textToMinor('abc')).toBeUndefined();
});

test('decimals keep their digits', () => {
  expect(formatDecimal('12345678901234567.10')).toBe('12,345,678,901,234,567.10');
});

test('CSV opens in Excel and runs no formula', () => {
  expect(
    toCsv([
      ['房号', '备注'],
      ['101', '=HYPERLINK("x")'],
      ['-5', 'a"b'],
    ]),
  ).toBe('\uFEFF房号,备注\r\n101,"\'=HYPERLINK(""x"")"\r\n-5,"a""b"\r\n');
  expect(guardCell('@cmd')).toBe("'@cmd");
  expect(guardCell('-12.5')).toBe('-12.5');
  expect(guardCell('-1+2')).toBe("'-1+2");
});

test('nothing is searched while pinyin is being composed', () => {
  const searched: string[] = [];
  const guard = compositionGuard((text) => searched.push(text));
  guard.input('1');
  guard.start();
  guard.input('1w', true);
  guard.input("1wang'li", true);
  guard.end('1王丽');
  guard.input('1王丽2');
  expect(searched).toEqual(['1', '1王丽', '1王丽2']);
});
