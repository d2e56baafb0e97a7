const numbered = (letter: string, count: number, digits: number): string[] =>
  Array.from({ length: count }, (_, index) => `${letter}-${String(index + 1).padStart(digits, '0')}`);

/** The handbook's rules about policy, people and calendar (P) and about tickets (T): each is cited by a test. */
export const promiseRules: readonly string[] = [...numbered('P', 6, 1), ...numbered('T', 16, 2)];
