import { hash } from 'node:crypto';

/** A row that was seen, and a fingerprint of what it said. */
export interface SeenRow {
  row: number;
  content: number;
}

/**
 * Texts and the rows that they were first seen in: some 30 bytes for each row whatever the texts, outside the collected
 * heap. Texts are told apart by 64 bits of their SHA-256, which among a million is wrong once in 30 million files.
 */
export class RowIndex {
  #size = 0;
  #slots = table(1 << 12);

  get(text: string): SeenRow | undefined {
    const { high, low } = bitsOf(text);
    const at = find(this.#slots, high, low);
    const row = this.#slots.row[at] ?? 0;
    return row === 0 ? undefined : { row, content: this.#slots.content[at] ?? 0 };
  }

  /** Remembers a text that is not there yet; rows count from 1. */
  add(text: string, { row, content }: SeenRow): void {
    if (this.#size * 2 >= this.#slots.row.length) this.#slots = grown(this.#slots);
    const { high, low } = bitsOf(text);
    put(this.#slots, high, low, row, content);
    this.#size += 1;
  }
}

/** 32 bits of a text, to see whether two rows say the same. */
export const contentOf = (text: string): number => bitsOf(text).low;

interface Slots {
  high: Uint32Array;
  low: Uint32Array;
  /** 0 where the slot is free. */
  row: Uint32Array;
  content: Uint32Array;
}

function table(length: number): Slots {
  const column = () => new Uint32Array(length);
  return { high: column(), low: column(), row: column(), content: column() };
}

function bitsOf(text: string): { high: number; low: number } {
  const digest = hash('sha256', text, 'buffer');
  return { high: digest.readUInt32LE(0), low: digest.readUInt32LE(4) };
}

/** The slot of the bits, or the free one where they belong. */
function find({ high, low, row }: Slots, wantedHigh: number, wantedLow: number): number {
  const mask = row.length - 1;
  let at = wantedLow & mask;
  while (row[at] !== 0 && (high[at] !== wantedHigh || low[at] !== wantedLow)) at = (at + 1) & mask;
  return at;
}

function put(slots: Slots, high: number, low: number, row: number, content: number): void {
  const at = find(slots, high, low);
  slots.high[at] = high;
  slots.low[at] = low;
  slots.row[at] = row;
  slots.content[at] = content;
}

function grown(before: Slots): Slots {
  const after = table(before.row.length * 2);
  for (const [at, row] of before.row.entries())
    if (row !== 0) put(after, before.high[at] ?? 0, before.low[at] ?? 0, row, before.content[at] ?? 0);
  return after;
}
