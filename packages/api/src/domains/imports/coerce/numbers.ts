import { isPhone, normalPhone } from '@desk/schema/residents/phone';
import { Bad, reasons } from './bad.ts';

/** Full-width digits and signs become plain ones, and `㎡` becomes `m2`. */
const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

const areaUnit = /(?:m2|m\^2|平方米|平米|平方|平|sqm|sq\.?m\.?)$/i;
const countUnit = /(?:层|楼|f|户|人|个|间|岁|次|天|月|年)$/i;
const moneySign = /^(?:¥|rmb|cny|人民币)|(?:元整?|圆整?|rmb|cny)$/gi;

/**
 * Digits of a decimal: `1,234.50`, `89,5` and `1.234,5` (a comma that cannot separate thousands is a decimal one).
 * Undefined when the text is no number.
 */
function digits(text: string): string | undefined {
  if (/^[+-]?\d+(?:\.\d+)?$/.test(text)) return text;
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text)) return text.replaceAll(',', '');
  if (/^[+-]?\d{1,3}(?:\.\d{3})*,\d{1,2}$/.test(text)) return text.replaceAll('.', '').replace(',', '.');
  return /^[+-]?\.\d+$/.test(text) ? text.replace('.', '0.') : undefined;
}

const tidy = (number: string): string => number.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1');

/** A whole number: `12`, `12.0`, `1,200`, `3层`, `-1`, `负1层`, `B1`. */
export function wholeNumber(cell: string): number | Bad {
  const text = plain(cell).replace(countUnit, '');
  const below = /^(?:负|b|地下)(\d+)$/i.exec(text);
  if (below) return -Number(below[1]);
  const number = digits(text);
  if (number === undefined || !/^[+-]?\d{1,15}(?:\.0+)?$/.test(number)) return new Bad(reasons.whole);
  return Number(number);
}

/** An exact decimal as text: `59㎡`, `1,234.5 平方米`. */
export function decimalText(cell: string): string | Bad {
  const number = digits(plain(cell).replace(areaUnit, ''));
  return number === undefined ? new Bad(reasons.decimal) : tidy(number);
}

/** Yuan to whole fen, digit by digit: `¥1,234.5`, `1.2万`. */
export function fen(cell: string): number | Bad {
  const text = plain(cell).replace(moneySign, '');
  const tenThousands = text.endsWith('万');
  const number = digits(tenThousands ? text.slice(0, -1) : text);
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(number ?? '');
  if (!match) return new Bad(reasons.money);
  const [, sign, yuan = '', fraction = ''] = match;
  const places = tenThousands ? 6 : 2;
  const cut = fraction.replace(/0+$/, '');
  if (cut.length > places || yuan.length > 13) return new Bad(reasons.money);
  const amount = Number(BigInt(yuan + cut.padEnd(places, '0')));
  return sign === '-' ? -amount : amount;
}

/** A phone number as the desk keeps it: `(+86) 138-0013-8000` → `13800138000`. */
export function phone(cell: string): string | Bad {
  const text = cell.normalize('NFKC').trim();
  if (/^\d(?:\.\d+)?e\+?\d+$/i.test(text)) return new Bad(reasons.scientific);
  const number = normalPhone(text);
  return isPhone(number) ? number : new Bad(reasons.phone);
}
