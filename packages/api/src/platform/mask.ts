/** A phone as everybody may see it: `138****1234`; of shorter numbers only the tail that the search knows too. */
export function maskPhone(stored: string): string {
  return `${stored.length >= 11 ? stored.slice(0, 3) : ''}****${stored.slice(-4)}`;
}

/** A document number as everybody may see it: enough to compare it with the paper at hand, no birthday. */
export function maskIdentity(stored: string): string {
  const [head, tail] = stored.length >= 15 ? [3, 2] : [1, 1];
  return `${stored.slice(0, head)}${'*'.repeat(Math.max(stored.length - head - tail, 4))}${stored.slice(-tail)}`;
}
