import type { Client } from '../../../test/harness/world.ts';

const fields = `callRecord { id version exchangeId direction status phone line rings ringTarget settleTarget outcome
  ringAt answeredAt endedAt talkSeconds answeredInTime endedInTime
  staff { id } resident { id } unit { id } ticket { id } candidates { id name } }`;

export const report = (by: Client, what: 'Ring' | 'Answer' | 'End' | 'Update', input: object) =>
  by.mutate(`callRecord${what}`, input, fields);
