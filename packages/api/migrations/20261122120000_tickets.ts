import { Migration } from '@mikro-orm/migrations';

const aggregate = `
  organisation_id uuid not null,
  id uuid primary key,
  version int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  community_id uuid not null,
  building_id uuid`;
const departments = `('ENGINEERING', 'CUSTOMER_SERVICE', 'SECURITY', 'ENVIRONMENT', 'FINANCE', 'MANAGEMENT', 'BUILDER')`;
const place = `
  foreign key (organisation_id, community_id) references community (organisation_id, id),
  foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id)`;

/** Tickets with the rounds that ended in rework, comments and notes (handbook T-01–T-03, T-09). */
export default class Tickets extends Migration {
  override up(): void {
    this.addSql(`
      create table ticket (
        ${aggregate},
        number text not null check (number ~ '^[A-Z]{2}-[0-9]{8}-[0-9]{4,}$'),
        unit_id uuid,
        location text check (char_length(location) <= 200),
        reporter_id uuid,
        reporter_name text check (char_length(reporter_name) <= 200),
        reporter_phone text check (char_length(reporter_phone) <= 40),
        kind text not null check (kind in ('REPAIR_UNIT', 'REPAIR_PUBLIC', 'REPAIR_WARRANTY', 'COMPLAINT', 'HELP', 'SUGGESTION', 'INQUIRY', 'ERRAND', 'PAID_SERVICE', 'DEFECT')),
        channel text not null check (channel in ('HOTLINE', 'FRONT_DESK', 'WECHAT', 'SMS', 'EMAIL', 'WEB', 'LETTER', 'STEWARD', 'PATROL', 'INTEGRATOR')),
        category text,
        title text not null check (char_length(title) between 1 and 200),
        description text check (char_length(description) <= 4000),
        urgent boolean not null,
        convenient_time text,
        read_back boolean not null,
        first_handler_id uuid,
        department text check (department in ${departments}),
        assignee_id uuid,
        status text not null check (status in ('RECEIVED', 'CONFIRMED', 'DISPATCHED', 'ACCEPTED', 'ON_SITE', 'DONE', 'SIGNED_OFF', 'REVISITED', 'CLOSED', 'REWORK', 'OUT_OF_SCOPE', 'CANCELLED')),
        received_at timestamptz not null,
        confirmed_at timestamptz,
        dispatched_at timestamptz,
        accepted_at timestamptz,
        arrived_at timestamptz,
        done_at timestamptz,
        signed_off_at timestamptz,
        revisited_at timestamptz,
        closed_at timestamptz,
        resolution text,
        handed_to text,
        sign_off_words text,
        satisfaction int check (satisfaction between 1 and 5),
        revisit_words text,
        round int not null default 0 check (round >= 0),
        external_key text,
        search_text text not null generated always as (lower(
          number || ' ' || title || ' ' || coalesce(location, '') || ' ' || coalesce(category, '') || ' ' || coalesce(reporter_name, '') || ' ' || coalesce(description, '')
        )) stored,
        unique (organisation_id, id),
        unique (organisation_id, community_id, id),
        constraint ticket_number_unique unique (organisation_id, community_id, number),
        constraint ticket_external_key_unique unique (organisation_id, community_id, external_key),
        constraint ticket_place check (unit_id is not null or location is not null),
        constraint ticket_department check (status not in ('DISPATCHED', 'ACCEPTED', 'ON_SITE') or department is not null),
        constraint ticket_ended check (closed_at is null or status in ('CLOSED', 'OUT_OF_SCOPE', 'CANCELLED')),
        ${place},
        foreign key (organisation_id, community_id, unit_id) references unit (organisation_id, community_id, id),
        foreign key (organisation_id, reporter_id) references resident (organisation_id, id),
        foreign key (organisation_id, first_handler_id) references staff (organisation_id, id),
        foreign key (organisation_id, assignee_id) references staff (organisation_id, id)
      )`);
    for (const [name, columns] of Object.entries(indexes)) {
      this.addSql(`create index ticket_by_${name} on ticket (organisation_id, ${columns}, id)`);
    }
    this.addSql('create index ticket_search on ticket using gin (trigram_key(search_text) gin_trgm_ops)');
    this.addSql(`call make_tenant_table('ticket')`);

    // Its row is locked by each intake until it commits: numbers have no gaps and never repeat.
    this.addSql(`
      create table ticket_counter (
        organisation_id uuid not null,
        community_id uuid not null,
        series text not null check (series ~ '^[A-Z]{2}$'),
        day date not null,
        last int not null check (last > 0),
        primary key (organisation_id, community_id, series, day),
        foreign key (organisation_id, community_id) references community (organisation_id, id)
      )`);
    this.addSql(`call make_tenant_table('ticket_counter')`);

    this.addSql(`
      create table ticket_round (
        ${aggregate},
        ticket_id uuid not null,
        number int not null check (number > 0),
        department text check (department in ${departments}),
        assignee_id uuid,
        dispatched_at timestamptz,
        accepted_at timestamptz,
        arrived_at timestamptz,
        done_at timestamptz,
        signed_off_at timestamptz,
        ended_at timestamptz not null,
        resolution text,
        words text,
        satisfaction int check (satisfaction between 1 and 5),
        unique (organisation_id, id),
        constraint ticket_round_once unique (organisation_id, ticket_id, number),
        ${place},
        foreign key (organisation_id, community_id, ticket_id) references ticket (organisation_id, community_id, id),
        foreign key (organisation_id, assignee_id) references staff (organisation_id, id)
      )`);
    this.addSql(`call make_tenant_table('ticket_round')`);

    for (const table of ['ticket_comment', 'ticket_note']) {
      this.addSql(`
        create table ${table} (
          ${aggregate},
          ticket_id uuid not null,
          text text not null check (char_length(text) between 1 and 4000),
          author_name text not null,
          unique (organisation_id, id),
          ${place},
          foreign key (organisation_id, community_id, ticket_id) references ticket (organisation_id, community_id, id)
        )`);
      this.addSql(`create index ${table}_of on ${table} (organisation_id, ticket_id, created_at, id)`);
      this.addSql(`call make_tenant_table('${table}')`);
    }
  }

  override down(): void {
    for (const table of ['ticket_note', 'ticket_comment', 'ticket_round', 'ticket_counter', 'ticket'])
      this.addSql(`drop table ${table}`);
  }
}

const indexes = {
  time: 'received_at',
  entry: 'created_at',
  status: 'status, received_at',
  community: 'community_id, received_at',
  building: 'building_id, received_at',
  unit: 'unit_id, received_at',
  reporter: 'reporter_id, received_at',
  assignee: 'assignee_id, status, received_at',
};
