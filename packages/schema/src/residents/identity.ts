import type { IdentityKind } from './enums.ts';

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Check digit of the first 17 digits of a Chinese identity number (GB 11643). */
export function identityCheckDigit(digits: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return '10X98765432'.charAt(sum % 11);
}

/** A document number as it is kept: capital letters, no blanks. */
export const normalIdentity = (typed: string): string =>
  typed.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** Whether a normal document number can belong to that kind of paper; catches slips of the pen, not forgeries. */
export function isIdentityNumber(kind: IdentityKind, normal: string): boolean {
  if (kind === 'ID_CARD') return /^\d{17}[\dX]$/.test(normal) && identityCheckDigit(normal) === normal[17];
  if (kind === 'BUSINESS_LICENCE') return /^([0-9A-Z]{18}|\d{15})$/.test(normal);
  return /^[0-9A-Z()/-]{4,32}$/.test(normal);
}
