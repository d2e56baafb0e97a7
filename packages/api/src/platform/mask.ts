/** A phone as it is shown without a reason to see more (handbook U-4): `138****5678`; short numbers keep their last two digits. */
export function maskPhone(stored: string): string {
  const head = stored.length >= 11 ? stored.slice(0, 3) : '';
  return `${head}****${stored.slice(stored.length >= 8 ? -4 : -2)}`;
}
