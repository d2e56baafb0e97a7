import { residentDescriptor } from '@desk/schema/residents/descriptor';
import { isIdentityNumber } from '@desk/schema/residents/identity';
import { normalPhone } from '@desk/schema/residents/phone';
import { describe, expect, test } from 'vitest';
import { maskIdentity, maskPhone } from '../../platform/mask.ts';
import { card } from './residents.seed.ts';

describe('masks', () => {
  test('hide the middle of long numbers and all but the end of short ones', () => {
    expect([maskPhone('13812341234'), maskPhone('62345678'), maskPhone('+85291234567')]).toEqual([
      '138****1234',
      '****5678',
      '+85****4567',
    ]);
    expect([maskIdentity('E12345678'), maskIdentity('1234')]).toEqual(['E*******8', '1****4']);
  });

  test('stand before every field that is unmasked by a right', () => {
    for (const field of ['phone', 'secondPhone', 'idNumber', 'emergencyPhone'] as const)
      expect(residentDescriptor.fields[field].personal).toBe(true);
  });
});

describe('papers', () => {
  test('are checked as their kind demands', () => {
    expect(isIdentityNumber('ID_CARD', card)).toBe(true);
    expect(isIdentityNumber('ID_CARD', '11010519491231002X')).toBe(card.endsWith('X'));
    expect(isIdentityNumber('BUSINESS_LICENCE', '91350100M000100Y43')).toBe(true);
    expect(isIdentityNumber('PASSPORT', 'E12345678')).toBe(true);
    expect(isIdentityNumber('PASSPORT', '甲')).toBe(false);
  });

  test('and phones are kept without what people type around them', () => {
    expect(
      ['+86 138-1234-1234', '0086 13812341234', '(010) 6234 5678', '１３８１２３４１２３４'].map(normalPhone),
    ).toEqual(['13812341234', '13812341234', '01062345678', '13812341234']);
  });
});
