import { Migration } from '@mikro-orm/migrations';

const aggregate = `
  organisation_id uuid not null,
  id uuid primary key,
  version int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null`;
const ofTicket = `
  community_id uuid not null,
  building_id uuid,
  ticket_id uuid not null`;
const keys = `
  unique (organisation_id, id),
  foreign key (organisation_id, community_id) references community (organisation_id, id),
  foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id),
  foreign key (organisation_id, community_id, ticket_id) references ticket (organisation_id, community_id, id)`;
const departments = `('ENGINEERING', 'CUSTOMER_SERVICE', 'SECURITY', 'ENVIRONMENT', 'FINANCE', 'MANAGEMENT', 'BUILDER')`;
const before = [
  ...[
    'RECEIVED',
    'CONFIRMED',
    'DISPATCHED',
    'ACCEPTED',
    'ON_SITE',
    'DONE',
    'SIGNED_OFF',
    'REVISITED',
    'CLOSED',
  ],
  ...['REWORK', 'OUT_OF_SCOPE', 'CANCELLED'],
];
const ended = ['CLOSED', 'OUT_OF_SCOPE', 'CANCELLED'];
const list = (names: readonly string[]): string => `(${names.map((name) => `'${name}'`).join(', ')})`;

/** The whole life of a ticket: catalogue, work order, prices, signatures, complaints, links between tickets (handbook T-06 to T-15). */
export default class TicketLife extends Migration {
  override up(): void {
    this.addSql(`
      create table ticket_problem (
        ${aggregate},
        path text not null check (char_length(path) <= 610),
        place text not null check (char_length(place) between 1 and 200),
        category text not null check (char_length(category) between 1 and 200),
        name text not null check (char_length(name) between 1 and 200),
        kinds text[] not null check (cardinality(kinds) > 0),
        department text not null check (department in ${departments}),
        urgent boolean not null,
        price bigint check (price > 0),
        price_unit text check (char_length(price_unit) <= 200),
        status text not null check (status in ('ACTIVE', 'ARCHIVED')),
        search_text text not null generated always as (lower(path)) stored,
        unique (organisation_id, id),
        constraint ticket_problem_unique unique (organisation_id, path)
      )`);
    this.addSql(`call make_tenant_table('ticket_problem')`);

    this.addSql(`
      alter table ticket
        add problem_id uuid,
        add severity text check (severity in ('MINOR', 'IMPORTANT', 'MAJOR')),
        add appointment_at timestamptz,
        add answered_at timestamptz,
        add findings text,
        add price bigint check (price > 0),
        add price_agreed bigint check (price_agreed > 0),
        add charged_at timestamptz,
        add referred_to text,
        add revisit_way text check (revisit_way in ('PHONE', 'IN_PERSON', 'MESSAGE')),
        add revisited_by_id uuid,
        add parked_at timestamptz,
        add tracked_at timestamptz,
        add form_accepted_at timestamptz,
        add apologised_at timestamptz,
        add incident_id uuid,
        add merged_into_id uuid,
        add split_from_id uuid,
        add foreign key (organisation_id, problem_id) references ticket_problem (organisation_id, id),
        add foreign key (organisation_id, revisited_by_id) references staff (organisation_id, id),
        add foreign key (organisation_id, community_id, incident_id) references ticket (organisation_id, community_id, id),
        add foreign key (organisation_id, community_id, merged_into_id) references ticket (organisation_id, community_id, id),
        add foreign key (organisation_id, community_id, split_from_id) references ticket (organisation_id, community_id, id),
        add constraint ticket_severity check (severity is null or kind = 'COMPLAINT'),
        add constraint ticket_merged check ((status = 'MERGED') = (merged_into_id is not null)),
        add constraint ticket_parked check ((status = 'PARKED') = (parked_at is not null)),
        add constraint ticket_other check (id not in (incident_id, merged_into_id, split_from_id)),
        add constraint ticket_agreed check (price_agreed is null or price_agreed = price)`);
    this.#states([...before, 'PARKED', 'INVALID', 'MERGED'], [...ended, 'INVALID', 'MERGED']);
    for (const name of ['problem', 'incident', 'merged_into', 'split_from'])
      this.addSql(
        `create index ticket_by_${name} on ticket (organisation_id, ${name}_id, received_at, id) where ${name}_id is not null`,
      );
    // How much each department and person has on hand, for the dispatch.
    this.addSql(`
      create index ticket_on_hand on ticket (organisation_id, community_id, department, assignee_id)
      where status in ('DISPATCHED', 'ACCEPTED', 'ON_SITE', 'REWORK')`);

    this.addSql(`
      create table ticket_item (
        ${aggregate}, ${ofTicket},
        kind text not null check (kind in ('MATERIAL', 'LABOUR', 'OTHER')),
        name text not null check (char_length(name) between 1 and 200),
        quantity numeric(8, 2) not null check (quantity >= 0),
        unit text check (char_length(unit) <= 200),
        unit_price bigint check (unit_price >= 0),
        amount bigint not null check (amount >= 0),
        resident_owned boolean not null,
        fit boolean,
        round int not null,
        constraint ticket_item_checked check (not resident_owned or fit is not null),
        constraint ticket_item_fit check (fit is not false or quantity = 0),
        ${keys}
      )`);
    this.addSql(`
      create table ticket_quote (
        ${aggregate}, ${ofTicket},
        content text not null check (char_length(content) between 1 and 4000),
        price bigint not null check (price > 0),
        status text not null check (status in ('OFFERED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
        answered_at timestamptz,
        words text,
        ${keys}
      )`);
    this.addSql(`
      create unique index ticket_quote_one on ticket_quote (organisation_id, ticket_id) where status in ('OFFERED', 'ACCEPTED')`);
    this.addSql(`
      create table ticket_signature (
        ${aggregate}, ${ofTicket},
        purpose text not null check (purpose in ('QUOTE', 'SIGN_OFF', 'REVISIT', 'DEPARTMENT_HEAD', 'COMPLAINT')),
        signer_name text not null check (char_length(signer_name) between 1 and 200),
        drawing text check (char_length(drawing) <= 20000),
        round int not null,
        ${keys}
      )`);
    this.addSql(`
      create table ticket_watcher (
        ${aggregate}, ${ofTicket},
        staff_id uuid not null,
        constraint ticket_watcher_once unique (organisation_id, ticket_id, staff_id),
        foreign key (organisation_id, staff_id) references staff (organisation_id, id),
        ${keys}
      )`);
    this.addSql(
      'create index ticket_watcher_staff on ticket_watcher (organisation_id, staff_id, created_at, id)',
    );
    this.addSql(`
      create table complaint_form (
        ${aggregate}, ${ofTicket},
        status text not null check (status in ('DRAFT', 'SIGNED', 'ACCEPTED')),
        cause text not null check (char_length(cause) between 1 and 4000),
        corrective_action text not null check (char_length(corrective_action) between 1 and 4000),
        responsible_id uuid not null,
        deadline date not null,
        head_name text,
        signed_at timestamptz,
        accepted_at timestamptz,
        acceptance_words text,
        apology text,
        apologised_at timestamptz,
        constraint complaint_form_once unique (organisation_id, ticket_id),
        foreign key (organisation_id, responsible_id) references staff (organisation_id, id),
        ${keys}
      )`);
    this.addSql('create index complaint_form_deadline on complaint_form (organisation_id, deadline, id)');
    for (const table of ['ticket_item', 'ticket_quote', 'ticket_signature'])
      this.addSql(`create index ${table}_of on ${table} (organisation_id, ticket_id, created_at, id)`);
    for (const table of [
      'ticket_item',
      'ticket_quote',
      'ticket_signature',
      'ticket_watcher',
      'complaint_form',
    ])
      this.addSql(`call make_tenant_table('${table}')`);
    for (const table of ['ticket_comment', 'ticket_note'])
      this.addSql(`alter table ${table} add mentioned text[] not null default '{}'`);
  }

  override down(): void {
    for (const table of ['ticket_comment', 'ticket_note']) this.addSql(`alter table ${table} drop mentioned`);
    for (const table of [
      'complaint_form',
      'ticket_watcher',
      'ticket_signature',
      'ticket_quote',
      'ticket_item',
    ])
      this.addSql(`drop table ${table}`);
    this.addSql('drop index ticket_on_hand');
    this.#states(before, ended);
    this.addSql(`alter table ticket ${columns.map((name) => `drop ${name}`).join(', ')}`);
    this.addSql('drop table ticket_problem');
  }

  #states(states: readonly string[], final: readonly string[]): void {
    this.addSql(`
      alter table ticket drop constraint ticket_status_check, drop constraint ticket_ended,
        add constraint ticket_status_check check (status in ${list(states)}),
        add constraint ticket_ended check (closed_at is null or status in ${list(final)})`);
  }
}

const columns = [
  ...[
    'problem_id',
    'severity',
    'appointment_at',
    'answered_at',
    'findings',
    'price',
    'price_agreed',
    'charged_at',
  ],
  ...['referred_to', 'revisit_way', 'revisited_by_id', 'parked_at', 'tracked_at', 'form_accepted_at'],
  ...['apologised_at', 'incident_id', 'merged_into_id', 'split_from_id'],
];
