import type { Role } from './roles.ts';
import type { Text } from './text.ts';

/** One legal move of a life cycle: what the server guards, the console draws and the documentation prints. */
export interface Move<State extends string = string, Action extends string = string> {
  action: Action;
  label: Text;
  from: readonly State[];
  to: State;
  who: readonly Role[];
  /** Inputs of the action's mutation that the mover must give, beyond `id` and `version`. */
  needs?: readonly string[];
  /** Handbook rule that this move keeps. */
  rule?: string;
  /** The console asks for confirmation and paints it as dangerous. */
  danger?: boolean;
  /** Follows from another command (a payment settles a fee): nobody makes it by hand, so it has no mutation and no `who`. */
  automatic?: true;
}

export interface Lifecycle<State extends string = string, Action extends string = string> {
  states: Record<State, Text>;
  initial: State;
  final: readonly State[];
  moves: readonly Move<State, Action>[];
}

/** Keeps the literal types of a table. */
export function lifecycle<const State extends string, const Action extends string>(
  table: Lifecycle<State, Action>,
): Lifecycle<State, Action> {
  return table;
}

/** Acts that leave the state as it is, such as attaching a photo: one row for each state in which they are possible. */
export function within<const State extends string, const Action extends string>(
  states: readonly State[],
  act: Omit<Move<State, Action>, 'from' | 'to'>,
): Move<State, Action>[] {
  return states.map((state) => ({ ...act, from: [state], to: state }));
}

/** The move that `action` makes from `state`, or undefined when the table has none. */
export function moveFrom<S extends string, A extends string>(
  table: Lifecycle<S, A>,
  state: S,
  action: A,
): Move<S, A> | undefined {
  return table.moves.find((move) => move.action === action && move.from.includes(state));
}

/**
 * What is wrong with a table: states nobody reaches, states nobody leaves though they are not final, moves out of final
 * states (what follows by itself may: a voided payment opens a settled fee again), names without a state.
 */
export function lifecycleFaults(table: Lifecycle): string[] {
  const faults: string[] = [];
  const reached = new Set([table.initial]);
  for (let before = 0; before !== reached.size; ) {
    before = reached.size;
    for (const move of table.moves) if (move.from.some((state) => reached.has(state))) reached.add(move.to);
  }
  for (const state of Object.keys(table.states)) {
    const leaves = table.moves.some((move) => move.from.includes(state) && move.to !== state);
    if (!reached.has(state)) faults.push(`${state} is never reached`);
    if (!leaves && !table.final.includes(state)) faults.push(`${state} is a dead end`);
  }
  for (const state of [table.initial, ...table.final])
    if (!(state in table.states)) faults.push(`${state} is unknown`);
  const seen = new Set<string>();
  for (const move of table.moves) {
    if (move.who.length === 0 && !move.automatic) faults.push(`nobody may ${move.action}`);
    for (const state of [...move.from, move.to])
      if (!(state in table.states)) faults.push(`${state} is unknown`);
    for (const from of move.from) {
      const key = `${move.action} from ${from}`;
      if (seen.has(key)) faults.push(`${key} is ambiguous`);
      seen.add(key);
      if (table.final.includes(from) && move.to !== from && !move.automatic)
        faults.push(`${from} is final, but ${move.action} leaves it`);
    }
  }
  return faults;
}
