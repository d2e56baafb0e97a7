import { refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';

/** Whether the actor is on the phone with somebody from outside. */
type Listening = (tx: Tx) => Promise<boolean>;

let listening: Listening | undefined;

/** Calls know of residents, not the other way round: they say here who is listening. */
export function askWhoListens(calls: Listening): void {
  listening = calls;
}

/** Nothing is shown in clear to whoever is on the phone with somebody who may be told a room number only (handbook U-4). */
export async function assertPrivate(tx: Tx): Promise<void> {
  if (await listening?.(tx)) refuse('OUTSIDE_CALLER');
}
