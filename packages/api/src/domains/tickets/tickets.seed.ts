import type { Client, TestOrganisation } from '../../../test/harness/world.ts';

export const fields = `ticket { id version number status title location round resolution satisfaction readBack reporterName reporterPhone
  department assignee { id } firstHandler { id } unit { fullName } building { id }
  receivedAt confirmedAt dispatchedAt acceptedAt arrivedAt doneAt signedOffAt revisitedAt closedAt
  availableActions { action allowed code reason rule } }`;

export interface TicketData {
  id: string;
  version: number;
  number: string;
  status: string;
  availableActions: {
    action: string;
    allowed: boolean;
    code: string | null;
    reason: string | null;
    rule: string | null;
  }[];
}

export interface Crew {
  clerk: Client;
  plumber: Client;
  supervisor: Client;
}

/** The people that a ticket meets. */
export async function crew(org: TestOrganisation, locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<Crew> {
  const [clerk, plumber, supervisor] = await Promise.all([
    org.as('FRONT_DESK', { locale }),
    org.as('ENGINEERING', { locale }),
    org.as('SUPERVISOR', { locale }),
  ]);
  return { clerk, plumber, supervisor };
}

/** A fresh ticket of a fresh unit unless something else is given. */
export async function ticket(org: TestOrganisation, by: Client, input: object = {}): Promise<TicketData> {
  const unit = 'unit' in input || 'community' in input ? {} : { unit: (await org.unit()).id };
  const payload = await by.mutate(
    'ticketCreate',
    { kind: 'REPAIR_UNIT', title: '厨房水管漏水', ...unit, ...input },
    fields,
  );
  if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
  return payload.ticket;
}

/** A signature as a finger draws it. */
export const drawn = 'M40 120 Q80 20 120 110 L180 90';

/** The resident accepts the work and signs for it (T-10). */
export const accepted = { satisfied: true, signerName: '李女士', signature: drawn };

/** Makes one move and answers its payload. */
export const move = (by: Client, at: { id: string; version: number }, action: string, more: object = {}) =>
  by.mutate(
    `ticket${action[0]?.toUpperCase()}${action.slice(1)}`,
    { id: at.id, version: at.version, ...more },
    fields,
  );

/** Makes moves that must succeed, one after the other. */
export async function walk(
  start: TicketData,
  steps: readonly [Client, string, object?][],
): Promise<TicketData> {
  let at = start;
  for (const [by, action, more] of steps) {
    const payload = await move(by, at, action, more);
    if (payload.userErrors.length > 0) throw new Error(`${action}: ${JSON.stringify(payload.userErrors)}`);
    at = payload.ticket;
  }
  return at;
}

/** From intake to done, the plumber named. */
export const untilDone = (start: TicketData, { clerk, plumber }: Crew): Promise<TicketData> =>
  walk(start, [
    [clerk, 'confirm'],
    [clerk, 'dispatch', { department: 'ENGINEERING', assignee: plumber.staffId }],
    [plumber, 'accept'],
    [plumber, 'arrive'],
    [plumber, 'finish', { resolution: '更换角阀' }],
  ]);
