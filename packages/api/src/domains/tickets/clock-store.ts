import type { PromiseConsentWay } from '@desk/schema/tickets/promises';
import type { EntityManager } from '@mikro-orm/postgresql';
import { modelOf } from '../../platform/model.ts';
import { runInside, sendInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { Clock } from './clock.ts';
import type { Moved } from './clock-keeping.ts';
import { Ticket } from './ticket.entity.ts';

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const key = ['kind', 'round', 'number'] as const;
/** Every other column, in any order: rows travel as JSON. */
const values = [
  ...['status', 'rule', 'started_at', 'counted_from', 'unit', 'amount', 'promised_at', 'first_due_at'],
  ...[
    'due_at',
    'warn_at',
    'ended_at',
    'breached_at',
    'paused_at',
    'paused_by',
    'paused_until',
    'paused_ms',
    'postponed',
    'turn',
  ],
  ...['step', 'link', 'next_check_at', 'calendar_id', 'calendar_version', 'provisional'],
];
const all = ['organisation_id', 'ticket_id', ...key, ...values];

const instants = /(_at|_from|_until)$/;

/** A stored row as JSON, read. */
export function clockFrom(row: Record<string, unknown>): Clock {
  const entries = Object.entries(row).map(([name, value]) => [
    camel(name),
    instants.test(name) && typeof value === 'string' ? new Date(value) : value,
  ]);
  return Object.fromEntries(entries) as unknown as Clock;
}

/** The clocks of one ticket, in the order in which they were started. */
export async function readClocks(em: EntityManager, ticketId: string): Promise<Clock[]> {
  const [row] = await runInside(
    em,
    `select coalesce(json_agg(c order by c.round, c.number), '[]')::text
     from (select ${[...key, ...values].join(', ')} from ticket_clock where ticket_id = $1) c`,
    [ticketId],
  );
  return (JSON.parse(String(row?.[0])) as Record<string, unknown>[]).map(clockFrom);
}

/** Writes clocks of one ticket, new and changed ones alike. */
export function writeClocks(
  em: EntityManager,
  organisationId: string,
  ticketId: string,
  clocks: readonly Clock[],
): void {
  if (clocks.length === 0) return;
  const rows = clocks.map((clock) => ({
    organisation_id: organisationId,
    ticket_id: ticketId,
    ...Object.fromEntries(Object.entries(clock).map(([name, value]) => [snake(name), value])),
  }));
  sendInside(em, writeSql, [JSON.stringify(rows)]);
}

const writeSql = `
  insert into ticket_clock (${all.join(', ')})
  select ${all.join(', ')} from jsonb_populate_recordset(null::ticket_clock, $1::jsonb)
  on conflict (organisation_id, ticket_id, kind, round, number)
  do update set ${values.map((name) => `${name} = excluded.${name}`).join(', ')}`;

/** What the resident was told and agreed to (handbook T-04, T-08). */
export interface Consent {
  consentBy: string;
  consentWay: PromiseConsentWay;
  told: string;
}

/** Nobody lets a clock go on whose agreed wait is over; whoever notices is not who did it. */
const byItself = 'system';

/** Records promises that moved; nobody can change the record (handbook P-6). */
export function recordMoves(
  tx: Tx,
  ticketId: string,
  moves: readonly Moved[],
  { consent, approved = false }: { consent?: Consent; approved?: boolean } = {},
): void {
  if (moves.length === 0) return;
  const rows = moves.map(({ clock, change, from, at }) => ({
    ...{ organisation_id: tx.viewer.organisationId, ticket_id: ticketId, kind: clock.kind },
    ...{ round: clock.round, change, from_due_at: from, approved },
    to_due_at: clock.status === 'PAUSED' ? null : clock.dueAt,
    paused_until: change === 'PAUSED' ? clock.pausedUntil : null,
    ...{ consent_by: consent?.consentBy, consent_way: consent?.consentWay, told: consent?.told },
    ...{ actor_name: at ? byItself : tx.viewer.actor.name, at: at ?? tx.now },
  }));
  const columns =
    'organisation_id, ticket_id, kind, round, change, from_due_at, to_due_at, paused_until, consent_by, consent_way, told, approved, actor_name, at';
  sendInside(
    tx.em,
    `insert into ticket_promise_change (${columns}) select ${columns} from jsonb_populate_recordset(null::ticket_promise_change, $1::jsonb)`,
    [JSON.stringify(rows)],
  );
}

/** A line in the ticket's history and an event, without a new version: nobody's work is made stale by time that passes. */
export function observe(
  tx: Tx,
  ticket: Ticket,
  action: string,
  changes: { field: string; from: unknown; to: unknown }[],
): void {
  const { id, community, building } = ticket;
  const row = { id, communityId: community.id, buildingId: building?.id ?? null, changes };
  tx.journal.recordRows(modelOf(Ticket), action, [row]);
}
