/** What a page answers about its place in the connection. */
export interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  endCursor: string | null;
}

/** Largest page that the API gives. */
export const largestPage = 100;

/**
 * react-admin counts pages, the API goes by cursors. Remembers where each page of a list starts; a page that nobody
 * has come to yet is walked to from the nearest known one before it.
 */
export class Cursors {
  private readonly starts = new Map<string, Map<number, string | null>>();

  /** The `after` of the page that begins at `offset`; undefined when the list ends before it. */
  async find(
    list: string,
    offset: number,
    step: (first: number, after: string | null) => Promise<PageInfo>,
  ): Promise<string | null | undefined> {
    const known = this.of(list);
    let at = Math.max(...[...known.keys()].filter((start) => start <= offset));
    while (at < offset) {
      const size = Math.min(largestPage, offset - at);
      const { endCursor, hasNextPage } = await step(size, known.get(at) ?? null);
      if (!hasNextPage || endCursor === null) return undefined;
      at += size;
      known.set(at, endCursor);
    }
    return known.get(offset) ?? null;
  }

  /** Remembers where the page after the one that ends at `offset` begins. */
  learn(list: string, offset: number, endCursor: string | null): void {
    if (endCursor !== null) this.of(list).set(offset, endCursor);
  }

  /** Rows came or went: what was learnt may start in the wrong place. */
  forget(): void {
    this.starts.clear();
  }

  private of(list: string): Map<number, string | null> {
    const known = this.starts.get(list) ?? new Map<number, string | null>([[0, null]]);
    this.starts.set(list, known);
    return known;
  }
}
