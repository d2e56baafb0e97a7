import type { Life, PromiseKind } from './reference-life.ts';

/** Everything that is stored about one ticket and its organisation: a refused move leaves it byte for byte as it was. */
export interface Stored {
  ticket: Record<string, unknown> & { version: number; status: string; assignee_id: string | null };
  clocks: StoredClock[];
  quote: { id: string; version: number; visit_at: string | null } | null;
  form: { id: string; version: number } | null;
  /** Drawn signatures under the work of this round. */
  signed: number;
  counts: Record<string, number>;
}
interface StoredClock {
  kind: PromiseKind;
  round: number;
  number: number;
  turn: number;
  step: number;
  status: string;
  paused_by: Life['open'] extends Map<PromiseKind, { stands: infer S }> ? S : never;
  due_at: string;
  warn_at: string;
  promised_at: string | null;
  postponed: number;
}

const counted = [
  ...['history', 'event', 'notification', 'ticket', 'ticket_round', 'ticket_comment', 'ticket_note', 'fee'],
  ...['ticket_promise_change', 'ticket_signature', 'ticket_watcher'],
];
export const storedSql = `select jsonb_build_object(
  'ticket', to_jsonb(t) - 'search_text',
  'clocks', coalesce((select jsonb_agg(to_jsonb(c) order by c.kind, c.round, c.number) from ticket_clock c where c.ticket_id = t.id), '[]'),
  'quote', (select to_jsonb(q) from ticket_quote q where q.ticket_id = t.id and q.status in ('OFFERED', 'ACCEPTED')),
  'form', (select to_jsonb(f) from complaint_form f where f.ticket_id = t.id),
  'signed', (select count(*) from ticket_signature s where s.ticket_id = t.id and s.round = t.round and s.purpose = 'SIGN_OFF' and s.drawing is not null),
  'counts', jsonb_build_object(${counted.map((table) => `'${table}', (select count(*) from ${table} x where x.organisation_id = t.organisation_id)`).join(', ')})
) as stored from ticket t where t.id = $1`;

/** One line of a ticket's history. */
export interface Line {
  type: string;
  changes: { field: string; from: unknown; to: unknown }[];
}
