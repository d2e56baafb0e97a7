/** A phone number as it is kept: digits, and a leading `+` for foreign ones; mainland prefixes of mobiles are dropped. */
export function normalPhone(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s().-]/g, '')
    .replace(/^(\+86|0086|86)(?=1\d{10}$)/, '');
}

/** Whether a normal phone number can be one: 7 to 15 digits. */
export const isPhone = (normal: string): boolean => /^\+?\d{7,15}$/.test(normal);
