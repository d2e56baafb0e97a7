import type { RefObject } from 'react';
import { type KeyMap, useKeys } from './keys.ts';
import type { TicketRow } from './rows.ts';

interface DeskKeys {
  rows: readonly TicketRow[];
  /** Place of the line that the keys are at. */
  current: number;
  frame: RefObject<HTMLElement | null>;
  searchBox: RefObject<HTMLInputElement | null>;
  letters: ReadonlyMap<string, string>;
  /** Something was asked for and is about to open: keys are meant for it. */
  waiting: boolean;
  setPlace(id: string): void;
  select(ids: readonly string[]): void;
  toggle(id: string): void;
  open(id: string): void;
  compose(): void;
  dispatch(): void;
  print(): unknown;
  help(): void;
  back(): void;
  /** Answers false when no action has the letter. */
  ask(letter: string): boolean;
}

/** What the keys do at the desk; `KeysHelp` says the same in words. */
export function useDeskKeys(desk: DeskKeys): void {
  const { rows, current, frame, searchBox, letters } = desk;
  const move = (step: number) => {
    const target = current < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, current + step));
    const row = rows[target];
    if (row) desk.setPlace(row.id);
    return row;
  };
  const extend = (step: number) => {
    const here = rows[current];
    const next = move(step);
    desk.select([here, next].flatMap((row) => (row ? [row.id] : [])));
  };
  /** Enter belongs to the button that has the focus; only from the list or from nowhere it opens the current line. */
  const enter = ({ target }: KeyboardEvent) => {
    if (target !== document.body && target !== frame.current && !(target instanceof HTMLHeadingElement))
      return false;
    const row = rows[current];
    if (row) desk.open(row.id);
    return row !== undefined;
  };
  const mark = () => {
    const row = rows[current];
    if (row) desk.toggle(row.id);
  };
  const keys: KeyMap = {
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    'shift+arrowdown': () => extend(1),
    'shift+arrowup': () => extend(-1),
    home: () => move(Number.NEGATIVE_INFINITY),
    x: mark,
    n: desk.compose,
    b: desk.dispatch,
    p: desk.print,
    '/': () => searchBox.current?.focus(),
    '?': desk.help,
    enter,
    escape: desk.back,
    ...Object.fromEntries([...letters.values()].map((letter) => [letter, () => desk.ask(letter)])),
  };
  useKeys(desk.waiting ? {} : keys, {
    escape: ({ target }) => {
      if (target !== searchBox.current) return false;
      frame.current?.focus();
      return true;
    },
  });
}
