import { resourceNamed } from '@desk/schema';
import { request } from '../platform/client.ts';

interface Named {
  id: string;
  name: string;
}

export interface CallUnit {
  id: string;
  fullName: string;
  arrears?: number;
  specialCare: boolean;
  underRenovation: boolean;
  community: { id: string };
  notices: { id: string; title: string }[];
  tickets: { totalCount: number; nodes: { id: string; number: string; title: string }[] };
}

export interface CallCandidate extends Named {
  specialCare: boolean;
  residencies: { nodes: { current: boolean; unit: CallUnit | null }[] };
}

export interface Call {
  id: string;
  version: number;
  exchangeId: string;
  status: 'RINGING' | 'ANSWERED' | 'ENDED' | 'MISSED';
  phone: string | null;
  line: string | null;
  community: Named;
  staff: Named | null;
  candidates: CallCandidate[];
}

/** What has rung longer than this is a ring whose end the exchange forgot to report. */
const longestMs = 10 * 60_000;
const unit = `id fullName arrears specialCare underRenovation community { id } notices { id title }
  tickets(first: 3, filter: { status: { notIn: $ended } }) { totalCount nodes { id number title } }`;
const document = `query ringing($since: DateTime!, $ended: [TicketStatus!]) {
  callRecords(first: 5, filter: { status: { in: [RINGING, ANSWERED] }, direction: { eq: INBOUND }, ringAt: { gte: $since } }, orderBy: { field: RING_AT, direction: DESC }) {
    nodes { id version exchangeId status phone line community { id name } staff { id name }
      candidates { id name specialCare residencies(first: 5) { nodes { current unit { ${unit} } } } } } } }`;

/** Calls that ring for the viewer or the whole desk, and the one that the viewer has taken; caller and units with them. */
export async function ringingCalls(viewer: string, signal: AbortSignal): Promise<Call[]> {
  const { callRecords } = await request<{ callRecords: { nodes: Call[] } }>(
    document,
    {
      since: new Date(Date.now() - longestMs).toISOString(),
      ended: resourceNamed('tickets')?.lifecycle?.final,
    },
    { signal },
  );
  return callRecords.nodes.filter(
    ({ status, staff }) => staff?.id === viewer || (status === 'RINGING' && !staff),
  );
}

/** Says that the viewer has taken the call; the exchange may have said so already. */
export async function takeCall({ community, exchangeId }: Call): Promise<void> {
  await request(
    'mutation take($input: CallRecordAnswerInput!) { callRecordAnswer(input: $input) { userErrors { code } } }',
    { input: { community: community.id, exchangeId } },
  );
}

/** Writes down that the caller is from outside: told a room number and nothing else (handbook U-4). */
export const markOutside = (call: Call): Promise<void> => note(call.id, { outsider: true });

/** Ties the ticket that came of a call to it; of no account to the ticket when it fails. */
export const tieTicket = (call: string, ticket: string): Promise<void> => note(call, { ticket });

/** Changes the call as it is by now: the exchange reports at the same time. */
async function note(call: string, more: object): Promise<void> {
  const found = await request<{ callRecord: { id: string; version: number } | null }>(
    'query call($id: ID!) { callRecord(id: $id) { id version } }',
    { id: call },
  );
  if (!found.callRecord) return;
  const { callRecordUpdate } = await request<{ callRecordUpdate: { userErrors: { message: string }[] } }>(
    'mutation note($input: CallRecordUpdateInput!) { callRecordUpdate(input: $input) { userErrors { message } } }',
    { input: { ...found.callRecord, ...more } },
  );
  const [refused] = callRecordUpdate.userErrors;
  if (refused) throw new Error(refused.message);
}

/** Where a new ticket for the caller is filed, with what is known filled in. */
export function addressFor({ id }: Call, candidate?: CallCandidate, home?: CallUnit): string {
  const known = { unit: home?.id, resident: candidate?.id, call: id };
  return `/tickets/create?${new URLSearchParams(
    Object.entries(known).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )}`;
}

/** The homes of a caller today. */
export const homesOf = ({ residencies }: CallCandidate): CallUnit[] =>
  residencies.nodes.flatMap(({ current, unit: home }) => (current && home ? [home] : []));
