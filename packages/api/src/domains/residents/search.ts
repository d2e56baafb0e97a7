import { createHash } from 'node:crypto';
import type { ResidentKind } from '@desk/schema/residents/enums';
import { isPhone, normalPhone } from '@desk/schema/residents/phone';
import { pinyin } from 'pinyin-pro';

/**
 * Pinyin of a name in lower-case syllables, `shan xiong xin`: the first syllable of a person is read as a surname, `ü` is
 * written `v` as on keyboards. Whoever writes the table `resident` fills its column `pinyin` with it; initials, full
 * pinyin and the rest of `search_text` are made from there by the database.
 */
export function pinyinOf(name: string, kind: ResidentKind): string {
  const syllables = pinyin(name, {
    toneType: 'none',
    type: 'array',
    v: true,
    nonZh: 'consecutive',
    surname: kind === 'PERSON' ? 'head' : 'off',
  });
  return syllables.join(' ').toLowerCase().replace(/[·•]/g, ' ').replace(/\s+/g, ' ').trim();
}

/**
 * How a whole number is found without keeping its digits in the searched text, where a search by parts would reveal
 * what the mask hides. In capitals, which no typed word contains; the database makes the same (`phone_token`).
 */
function phoneToken(phone: string): string {
  const hash = createHash('sha256').update(normalPhone(phone)).digest('hex').slice(0, 16);
  return hash.replace(/[0-9a-f]/g, (digit) => String.fromCharCode(65 + Number.parseInt(digit, 16)));
}

const mobile = /(?:\+?86[\s-]?)?1\d{2}[\s-]?\d{4}[\s-]?\d{4}(?!\d)/g;
const landline = /^0\d{2,3}-\d{7,8}$/;

/** What is typed into the search field, as it stands in `search_text`: whole phone numbers as tokens, plates without dots. */
export function searchedText(typed: string): string {
  const text = typed.normalize('NFKC').toLowerCase().replace(/[·•]/g, '');
  const words = text.replace(mobile, (number) => normalPhone(number)).split(/\s+/);
  return words
    .map((word) =>
      landline.test(word) || (/^\+?\d+$/.test(word) && isPhone(word)) ? phoneToken(word) : word,
    )
    .join(' ');
}
