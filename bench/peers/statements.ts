/** The statements by hand: one for each query, which makes the whole JSON. */

interface Statement {
  text: string;
  values: (sample: Record<string, string>) => unknown[];
}

const pair = (alias: string, name = 'name') =>
  `case when ${alias}.id is not null then json_build_object('id', ${alias}.id, '${name === 'full_name' ? 'fullName' : name}', ${alias}.${name}) end`;
/** `columns` of a row as an object: `a.b_c` as `bC`. */
const object = (columns: string): string =>
  `json_build_object(${columns
    .split(/,\s*/)
    .map(
      (column) =>
        `'${column.replace(/^.*\./, '').replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())}', ${column}`,
    )
    .join(', ')})`;
const list = (row: string, from: string, order: string, count: number | 'all'): string =>
  `(select coalesce(json_agg(x.row), '[]') from (select ${row} as row from ${from} order by ${order} limit ${count}) x)`;
const count = (table: string, condition: string): string =>
  `(select json_build_object('totalCount', least(count(*), 10000), 'totalCountPrecision', case when count(*) > 10000 then 'AT_LEAST' else 'EXACT' end)
    from (select from ${table} where ${condition} limit 10001) c)`;

const listedTickets = (condition: string): string => `
  select json_build_object('tickets', coalesce(json_agg(x.row), '[]'))::text from (
    select json_build_object('id', t.id, 'number', t.number, 'title', t.title, 'status', t.status, 'urgent', t.urgent, 'receivedAt', t.received_at,
      'unit', ${pair('u', 'full_name')}, 'building', ${pair('b')}, 'reporter', ${pair('r')}, 'assignee', ${pair('s')}) as row
    from ticket t left join unit u on u.id = t.unit_id left join building b on b.id = t.building_id left join resident r on r.id = t.reporter_id left join staff s on s.id = t.assignee_id
    where t.status = 'CLOSED' ${condition} order by t.received_at desc, t.id desc limit 50) x`;

const ofUnit = (alias: string): string => `${alias}.unit_id = u.id`;
const feesOfUnit = (condition: string): string =>
  list(
    `json_build_object('id', f.id, 'number', f.number, 'kind', f.kind, 'amount', f.amount, 'dueOn', f.due_on, 'status', f.status,
            'outstanding', (select coalesce(sum(p.amount) filter (where a.type = 'RECEIVABLE'), 0)::bigint from ledger_posting p join ledger_account a on a.id = p.account_id where p.fee_id = f.id))`,
    `fee f where ${ofUnit('f')}${condition}`,
    'f.created_at desc, f.id desc',
    20,
  );
const ticketsOfUnit = (kind: string): string =>
  list(
    object('t.id, t.number, t.title, t.status, t.received_at'),
    `ticket t where ${ofUnit('t')} and t.kind = '${kind}'`,
    't.received_at desc, t.id desc',
    20,
  );
const balance = (name: string, sign: string, condition: string): string =>
  `'${name}', (select ${sign}coalesce(sum(p.amount), 0)::bigint from ledger_account a join ledger_posting p on p.account_id = a.id left join fee f on f.id = p.fee_id where a.unit_id = u.id and ${condition})`;

const open =
  "('RECEIVED', 'CONFIRMED', 'DISPATCHED', 'ACCEPTED', 'ON_SITE', 'DONE', 'SIGNED_OFF', 'REVISITED', 'REWORK')";
const states = open.match(/[A-Z_]+/g) ?? [];

export const statements: Record<string, Statement> = {
  ticket: {
    text: `select json_build_object('ticket', json_build_object('id', t.id, 'number', t.number, 'title', t.title, 'status', t.status, 'kind', t.kind, 'urgent', t.urgent, 'receivedAt', t.received_at,
        'unit', case when u.id is not null then json_build_object('id', u.id, 'fullName', u.full_name, 'floor', u.floor) end, 'building', ${pair('b')}, 'reporter', ${pair('r')}))::text
      from ticket t left join unit u on u.id = t.unit_id left join building b on b.id = t.building_id left join resident r on r.id = t.reporter_id where t.id = $1`,
    values: ({ id }) => [id],
  },
  tickets: { text: listedTickets(''), values: () => [] },
  page1000: {
    text: listedTickets('and (t.received_at, t.id) < ($1::timestamptz, $2::uuid)'),
    values: ({ after }) => (JSON.parse(after ?? '[]') as unknown[]).slice(1),
  },
  units: {
    text: `select json_build_object('units', coalesce(json_agg(x.row order by x.full_name, x.id), '[]'))::text from (
      select u.id, u.full_name, json_build_object('id', u.id, 'fullName', u.full_name, 'status', u.status, 'area', u.area::text,
        'residencies', (select coalesce(json_agg(json_build_object('id', y.id, 'relation', y.relation, 'startsOn', y.starts_on, 'resident', ${pair('r')}) order by y.starts_on desc, y.id desc), '[]')
          from (select * from residency where unit_id = u.id order by starts_on desc, id desc limit 10) y left join resident r on r.id = y.resident_id),
        'fees', (select coalesce(json_agg(json_build_object('id', f.id, 'number', f.number, 'kind', f.kind, 'amount', f.amount, 'dueOn', f.due_on, 'status', f.status) order by f.created_at desc, f.id desc), '[]')
          from (select * from fee where unit_id = u.id order by created_at desc, id desc limit 5) f)) as row
      from unit u where u.building_id = $1 order by u.full_name, u.id limit 20) x`,
    values: ({ id }) => [id],
  },
  file: {
    text: `select json_build_object('unit', json_build_object('id', u.id, 'fullName', u.full_name, 'kind', u.kind, 'status', u.status, 'area', u.area::text, 'layout', u.layout,
        'building', ${pair('b')}, 'community', ${pair('c')},
        ${balance('balance', '', "a.type in ('RECEIVABLE', 'PREPAYMENT')")},
        ${balance('arrears', '', "a.type = 'RECEIVABLE' and f.due_on < (now() at time zone c.time_zone)::date")},
        ${balance('prepaid', '-', "a.type = 'PREPAYMENT'")},
        ${balance('depositsHeld', '-', "(a.type = 'DEPOSIT' or (a.type = 'RECEIVABLE' and a.fee_kind like 'DEPOSIT%'))")},
        'residencies', ${list(
          `json_build_object('id', y.id, 'relation', y.relation, 'share', y.share::text, 'startsOn', y.starts_on, 'endsOn', y.ends_on,
            'resident', json_build_object('id', r.id, 'name', r.name, 'phone', overlay(r.phone placing '****' from 4 for 4), 'specialCare', r.special_care,
              'emergencyName', r.emergency_name, 'emergencyPhone', overlay(r.emergency_phone placing '****' from 4 for 4)))`,
          `residency y join resident r on r.id = y.resident_id where ${ofUnit('y')}`,
          'y.starts_on desc, y.id desc',
          20,
        )},
        'fees', ${feesOfUnit('')}, 'unpaid', ${feesOfUnit(" and f.status = 'ISSUED'")},
        'payments', ${list(
          `json_build_object('id', p.id, 'number', p.number, 'method', p.method, 'amount', p.amount, 'receivedAt', p.received_at,
            'refunded', (select coalesce(-sum(g.amount), 0)::bigint from ledger_entry e join ledger_posting g on g.entry_id = e.id where e.payment_id = p.id and e.kind = 'REFUND' and g.amount < 0))`,
          `payment p where ${ofUnit('p')}`,
          'p.created_at desc, p.id desc',
          20,
        )},
        'repairs', ${ticketsOfUnit('REPAIR_UNIT')}, 'complaints', ${ticketsOfUnit('COMPLAINT')}, 'defects', ${ticketsOfUnit('DEFECT')},
        'calls', ${list(object('l.id, l.direction, l.status, l.ring_at'), `call_record l where ${ofUnit('l')}`, 'l.ring_at desc, l.id desc', 20)},
        'notices', ${list(
          object('n.id, n.title, n.status'),
          `notice n where n.community_id = u.community_id and n.status = 'PUBLISHED' and (n.ends_at is null or n.ends_at > now())
            and (not exists (select from notice_target t where t.notice_id = n.id)
              or exists (select from notice_target t where t.notice_id = n.id and t.building_id = u.building_id and (t.unit_id is null or t.unit_id = u.id)))`,
          'n.starts_at nulls last, n.id',
          'all',
        )},
        'renovationPermits', ${list(object('n.id, n.number, n.status, n.papers'), `renovation_permit n where ${ofUnit('n')}`, 'n.created_at desc, n.id desc', 10)},
        'keys', ${list(object('k.id, k.number, k.status'), `key k where ${ofUnit('k')}`, 'k.number, k.id', 20)},
        'keyLoans', ${list(object('l.id, l.status, l.due_at'), `key_loan l where ${ofUnit('l')}`, 'l.created_at desc, l.id desc', 20)},
        'history', ${list(`json_build_object('type', h.type, 'at', h.at, 'actor', json_build_object('name', h.actor_name))`, 'history h where h.subject_id = u.id', 'h.id desc', 20)}))::text
      from unit u join building b on b.id = u.building_id join community c on c.id = u.community_id where u.id = $1`,
    values: ({ id }) => [id],
  },
  home: {
    text: `select json_build_object('open', ${count('ticket', `status in ${open}`)}, 'urgent', ${count('ticket', `status in ${open} and urgent`)},
        ${states.map((state) => `'${state}', ${count('ticket', `status = '${state}'`)}`).join(', ')},
        'loans', ${count('key_loan', "status = 'OUT'")}, 'permits', ${count('renovation_permit', 'true')}, 'unpaid', ${count('fee', "status = 'ISSUED'")},
        'overdue', ${count('fee', "status = 'ISSUED' and due_on <= '2026-11-21'")})::text`,
    values: () => [],
  },
  search: {
    text: `select json_build_object('residents', coalesce(json_agg(x.row), '[]'))::text from (
      select json_build_object('id', r.id, 'name', r.name, 'phone', overlay(r.phone placing '****' from 4 for 4),
        'residencies', (select coalesce(json_agg(json_build_object('relation', y.relation, 'unit', ${pair('u', 'full_name')}) order by y.starts_on desc, y.id desc), '[]')
          from (select * from residency where resident_id = r.id order by starts_on desc, id desc limit 3) y left join unit u on u.id = y.unit_id)) as row
      from resident r where r.id = any(array(select search_rows('resident', array[$1]))) order by r.pinyin, r.id limit 10) x`,
    values: ({ search }) => [search],
  },
};
