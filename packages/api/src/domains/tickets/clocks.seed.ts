import type { Client, TestOrganisation } from '../../../test/harness/world.ts';

/** What tests of promises read of a ticket. */
export interface ShownClock {
  kind: string;
  status: string;
  round: number;
  rule: string;
  startedAt: string;
  dueAt: string;
  breachedAt: string | null;
  postponed: number;
}
export interface Shown {
  id: string;
  version: number;
  number: string;
  status: string;
  promiseState: string;
  nextDueAt: string | null;
  policy: { id: string };
  clocks: ShownClock[];
  promiseChanges: { kind: string; change: string; toDueAt: string | null; at: string; actorName: string }[];
  escalations: { nodes: { kind: string; about: string; link: string; recipient: { id: string } }[] };
}

export const shownFields = `id version number status promiseState nextDueAt policy { id }
  clocks { kind status round rule unit amount startedAt dueAt firstDueAt warnAt metAt breachedAt pausedAt pausedUntil provisional postponed }
  promiseChanges { kind change fromDueAt toDueAt pausedUntil at consentBy consentWay told approved actorName }
  escalations(first: 50, orderBy: { field: CREATED_AT, direction: ASC }) { nodes { id version kind about link title dueAt seenAt recipient { id } } }`;

/** Takes in a ticket in a unit of its own. */
export async function report(by: Client, org: TestOrganisation, input: object): Promise<Shown> {
  const unit = 'unit' in input ? {} : { unit: (await org.unit()).id };
  const given = { title: '家里漏水', ...unit, ...input };
  const { ticket, userErrors } = await by.mutate('ticketCreate', given, `ticket { ${shownFields} }`);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return ticket;
}

/** The next command on a ticket; with `refused` the whole answer. */
export async function step(by: Client, at: Shown, action: string, input?: object): Promise<Shown>;
export async function step(
  by: Client,
  at: Shown,
  action: string,
  input: object,
  options: { refused: true },
  // biome-ignore lint/suspicious/noExplicitAny: a refused answer is read by the test beside it
): Promise<any>;
export async function step(
  by: Client,
  { id, version }: Shown,
  action: string,
  input: object = {},
  { refused = false } = {},
) {
  const payload = await by.mutate(`ticket${action}`, { id, version, ...input }, `ticket { ${shownFields} }`);
  if (refused) return payload;
  if (payload.userErrors.length > 0) throw new Error(`${action}: ${JSON.stringify(payload.userErrors)}`);
  return payload.ticket;
}

/** From intake until it is done. */
export async function promised(desk: Client, plumber: Client, start: Shown): Promise<Shown> {
  let at = await step(desk, start, 'Confirm');
  at = await step(desk, at, 'Dispatch', { department: 'ENGINEERING', assignee: plumber.staffId });
  at = await step(plumber, at, 'Accept');
  at = await step(plumber, at, 'Arrive');
  return step(plumber, at, 'Finish', { resolution: '更换角阀' });
}

export function clockOf(ticket: Pick<Shown, 'clocks'>, kind: string): ShownClock {
  const found = ticket.clocks.filter((clock) => clock.kind === kind).at(-1);
  if (!found) throw new Error(`no clock ${kind}`);
  return found;
}

export async function readTicket(by: Client, id: string): Promise<Shown> {
  const { ticket } = await by.query(`query($id: ID!) { ticket(id: $id) { ${shownFields} } }`, { id });
  return ticket;
}
