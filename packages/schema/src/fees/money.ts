/** Minor units as people read them: `123456` is `1234.56`. Digits are moved, nothing is computed. */
export function showMoney(minor: bigint | number): string {
  const text = String(minor).replace('-', '').padStart(3, '0');
  return `${String(minor).startsWith('-') ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}
