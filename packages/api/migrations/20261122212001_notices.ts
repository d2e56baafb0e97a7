import { Migration } from '@mikro-orm/migrations';

const aggregate = `
  organisation_id uuid not null,
  id uuid primary key,
  version int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  community_id uuid not null`;

/** Notices, what they are for, who was told, and the tickets of the same matter (handbook H-8). */
export default class Notices extends Migration {
  override up(): void {
    this.addSql(`
      create table notice (
        ${aggregate},
        kind text not null check (kind in ('WATER', 'POWER', 'GAS', 'LIFT', 'GENERAL')),
        sudden boolean not null,
        title text not null check (char_length(title) between 1 and 200),
        content text not null check (char_length(content) between 1 and 4000),
        place text,
        starts_at timestamptz,
        ends_at timestamptz check (ends_at > starts_at),
        status text not null check (status in ('DRAFT', 'PUBLISHED', 'ENDED', 'WITHDRAWN')),
        published_at timestamptz,
        lead_hours int check (lead_hours >= 0),
        late_reason text,
        ended_at timestamptz,
        search_text text not null generated always as (lower(title || ' ' || content || ' ' || coalesce(place, ''))) stored,
        unique (organisation_id, id),
        unique (organisation_id, community_id, id),
        constraint notice_range check (kind = 'GENERAL' or sudden or (starts_at is not null and ends_at is not null)),
        constraint notice_published check (status = 'DRAFT' or status = 'WITHDRAWN' or published_at is not null),
        constraint notice_ended check ((status in ('ENDED', 'WITHDRAWN')) = (ended_at is not null)),
        foreign key (organisation_id, community_id) references community (organisation_id, id)
      )`);
    this.addSql('create index notice_by_entry on notice (organisation_id, created_at, id)');
    this.addSql(
      'create index notice_by_status on notice (organisation_id, community_id, status, starts_at, id)',
    );
    this.addSql('create index notice_by_start on notice (organisation_id, starts_at, id)');
    this.addSql(
      `create index notice_due on notice (ends_at) where status = 'PUBLISHED' and ends_at is not null`,
    );
    this.addSql('create index notice_search on notice using gin (trigram_key(search_text) gin_trgm_ops)');
    this.addSql(`call make_tenant_table('notice')`);

    this.addSql(`
      create table notice_target (
        organisation_id uuid not null,
        community_id uuid not null,
        notice_id uuid not null,
        building_id uuid not null,
        unit_id uuid,
        constraint notice_target_once unique nulls not distinct (organisation_id, notice_id, building_id, unit_id),
        foreign key (organisation_id, community_id, notice_id) references notice (organisation_id, community_id, id),
        constraint notice_target_building foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id),
        constraint notice_target_unit foreign key (organisation_id, community_id, building_id, unit_id) references unit (organisation_id, community_id, building_id, id)
      )`);
    this.addSql('create index notice_target_of on notice_target (notice_id, building_id)');
    this.addSql(`call make_tenant_table('notice_target')`);

    this.addSql(`
      create table notice_recipient (
        ${aggregate},
        building_id uuid,
        notice_id uuid not null,
        unit_id uuid,
        resident_id uuid,
        staff_id uuid,
        seen_at timestamptz,
        seen_by text,
        unique (organisation_id, id),
        constraint notice_recipient_once unique nulls not distinct (organisation_id, notice_id, resident_id, staff_id),
        constraint notice_recipient_is_one check (num_nonnulls(resident_id, staff_id) = 1),
        foreign key (organisation_id, community_id, notice_id) references notice (organisation_id, community_id, id),
        foreign key (organisation_id, community_id, building_id, unit_id) references unit (organisation_id, community_id, building_id, id),
        foreign key (organisation_id, community_id, resident_id) references resident (organisation_id, community_id, id),
        foreign key (organisation_id, staff_id) references staff (organisation_id, id)
      )`);
    this.addSql(
      'create index notice_recipient_of on notice_recipient (organisation_id, notice_id, seen_at, id)',
    );
    this.addSql(
      'create index notice_recipient_by_resident on notice_recipient (organisation_id, resident_id, id)',
    );
    this.addSql('create index notice_recipient_by_seen on notice_recipient (organisation_id, seen_at, id)');
    this.addSql(`call make_tenant_table('notice_recipient')`);

    this.addSql(`
      create table notice_ticket (
        organisation_id uuid not null,
        community_id uuid not null,
        notice_id uuid not null,
        ticket_id uuid not null,
        primary key (organisation_id, notice_id, ticket_id),
        foreign key (organisation_id, community_id, notice_id) references notice (organisation_id, community_id, id),
        foreign key (organisation_id, community_id, ticket_id) references ticket (organisation_id, community_id, id)
      )`);
    this.addSql('create index notice_ticket_back on notice_ticket (organisation_id, ticket_id, notice_id)');
    this.addSql(`call make_tenant_table('notice_ticket')`);
  }

  override down(): void {
    for (const table of ['notice_ticket', 'notice_recipient', 'notice_target', 'notice'])
      this.addSql(`drop table ${table}`);
  }
}
