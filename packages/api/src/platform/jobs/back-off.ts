/** How long to wait after `failures` failures in a row, in ms: 1 s, doubled each time, at most a minute. */
export const backOff = (failures: number): number => Math.min(60_000, 1000 * 2 ** (failures - 1));

/** Rows that failed in this process, and when each may be tried again. */
export class Setbacks {
  readonly #rows = new Map<string, { failures: number; until: number }>();

  /** Whether this row may be tried now. */
  ready(key: string): boolean {
    return (this.#rows.get(key)?.until ?? 0) <= performance.now();
  }

  failed(key: string): void {
    const failures = (this.#rows.get(key)?.failures ?? 0) + 1;
    this.#rows.set(key, { failures, until: performance.now() + backOff(failures) });
  }

  succeeded(key: string): void {
    this.#rows.delete(key);
  }
}
