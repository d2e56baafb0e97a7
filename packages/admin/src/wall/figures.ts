import type { TicketStatus } from '@desk/schema/tickets/lifecycle';
import { ask } from './access.ts';

/** A ticket whose promise is broken or about to be. */
export interface Pressing {
  id: string;
  number: string;
  title: string;
  status: TicketStatus;
  nextDueAt: string | null;
  unit: { fullName: string } | null;
}

export interface Figures {
  at: string;
  tickets: {
    states: { status: TicketStatus; count: number; urgent: number }[];
    promises: { onTrack: number; atRisk: number; breached: number; paused: number };
  };
  day: { received: number; arrived: number; closed: number };
  money: { takenToday: number; payments: number };
  debts: { owed: number; overdue: number };
  keys: { out: number; overdue: number; escalated: number };
  permits: { onSite: number; expired: number; suspended: number; inspecting: number; pending: number };
}

export interface Place {
  id: string;
  name: string;
  timeZone: string;
  currency: string;
}

export interface WallData {
  wall: Figures | null;
  pressing: { nodes: Pressing[] };
  communities: { nodes: Place[] };
}

const document = `query wall($community: ID, $pressing: TicketFilter) {
  wall(community: $community) { at
    tickets { states { status count urgent } promises { onTrack atRisk breached paused } }
    day { received arrived closed } money { takenToday payments } debts { owed overdue }
    keys { out overdue escalated } permits { onSite expired suspended inspecting pending } }
  pressing: tickets(first: 4, filter: $pressing, orderBy: { field: NEXT_DUE_AT, direction: ASC }) {
    nodes { id number title status nextDueAt unit { fullName } } }
  communities(first: 100) { nodes { id name timeZone currency } }
}`;

/** Everything that the wall shows, in one request. */
export function readWall(community: string | undefined, token: string | undefined): Promise<WallData> {
  const pressing = {
    promiseState: { in: ['AT_RISK', 'BREACHED'] },
    ...(community !== undefined && { community: { eq: community } }),
  };
  return ask<WallData>(document, { community: community ?? null, pressing }, token);
}
