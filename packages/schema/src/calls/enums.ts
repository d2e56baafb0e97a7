import type { Text } from '../text.ts';

export const callDirections = {
  INBOUND: { zh: '呼入', en: 'Inbound' },
  OUTBOUND: { zh: '呼出', en: 'Outbound' },
} as const satisfies Record<string, Text>;
export type CallDirection = keyof typeof callDirections;
export const callDirectionNames = Object.keys(callDirections) as CallDirection[];

/** What came of a call (handbook U-6). */
export const callOutcomes = {
  SETTLED: { zh: '当场解决', en: 'Settled on the phone' },
  TICKET: { zh: '已登记工单', en: 'Ticket filed' },
  CALL_BACK: { zh: '需回电', en: 'To be called back' },
  TRANSFERRED: { zh: '已转接', en: 'Transferred' },
  HUNG_UP: { zh: '对方挂断', en: 'Caller hung up' },
  WRONG_NUMBER: { zh: '打错或骚扰', en: 'Wrong number or nuisance' },
} as const satisfies Record<string, Text>;
export type CallOutcome = keyof typeof callOutcomes;
export const callOutcomeNames = Object.keys(callOutcomes) as CallOutcome[];
