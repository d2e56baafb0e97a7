import type { Locale } from '@desk/schema';
import type { ClockStatus, PromiseState } from '@desk/schema/tickets/promises';

export interface Promised {
  promiseState?: PromiseState | null | undefined;
  nextDueAt?: string | null | undefined;
}

/** What the API said, and what has become of it since by the clock alone. */
export function stateAt({ promiseState, nextDueAt }: Promised, now: number): PromiseState {
  const state = promiseState ?? (nextDueAt ? 'ON_TRACK' : 'NONE');
  if (state === 'PAUSED' || state === 'NONE' || !nextDueAt) return state;
  return now >= Date.parse(nextDueAt) ? 'BREACHED' : state;
}

/** One clock: running ones by the time, ended ones as they ended. */
export type ClockState = Exclude<PromiseState, 'NONE'> | 'MET' | 'MISSED' | 'CANCELLED';

export interface Running {
  status: ClockStatus;
  dueAt: string;
  warnAt: string;
}

/** How one clock stands at a moment, whatever it was when it was read (handbook T-16). */
export function clockStateAt({ status, dueAt, warnAt }: Running, now: number): ClockState {
  if (status !== 'RUNNING' && status !== 'BREACHED') return status;
  if (now >= Date.parse(dueAt)) return 'BREACHED';
  return now >= Date.parse(warnAt) ? 'AT_RISK' : 'ON_TRACK';
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `2天3小时`, `1小时05分`, `04分09秒`: two units are as exact as anybody acts on. */
export function span(ms: number, locale: Locale): string {
  const left = Math.abs(ms);
  const zh = locale !== 'en';
  const two = (value: number) => String(value).padStart(2, '0');
  if (left >= day)
    return `${Math.floor(left / day)}${zh ? '天' : 'd '}${Math.floor((left % day) / hour)}${zh ? '小时' : 'h'}`;
  if (left >= hour)
    return `${Math.floor(left / hour)}${zh ? '小时' : 'h '}${two(Math.floor((left % hour) / minute))}${zh ? '分' : 'm'}`;
  return `${two(Math.floor(left / minute))}${zh ? '分' : 'm '}${two(Math.floor((left % minute) / second))}${zh ? '秒' : 's'}`;
}
