import { Migration } from '@mikro-orm/migrations';

const aggregate = `
  organisation_id uuid not null,
  id uuid primary key,
  version int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null`;

/** Daily clearing (handbook T-13), exports (S-7) and the figures of months (T-14). */
export default class Reports extends Migration {
  override up(): void {
    this.addSql(`
      create table daily_follow_up (
        ${aggregate},
        community_id uuid not null,
        building_id uuid,
        ticket_id uuid not null,
        day date not null,
        state text not null check (state in ('DONE', 'MISSED')),
        note text check (char_length(note) between 1 and 4000),
        delay_reason text check (char_length(delay_reason) <= 4000),
        resident_told text check (char_length(resident_told) <= 4000),
        staff_id uuid,
        unique (organisation_id, id),
        constraint daily_follow_up_once unique (organisation_id, ticket_id, day),
        constraint daily_follow_up_done check ((state = 'DONE') = (note is not null)),
        foreign key (organisation_id, community_id) references community (organisation_id, id),
        foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id),
        foreign key (organisation_id, community_id, ticket_id) references ticket (organisation_id, community_id, id),
        foreign key (organisation_id, staff_id) references staff (organisation_id, id)
      )`);
    this.addSql('create index daily_follow_up_by_day on daily_follow_up (organisation_id, day, id)');
    this.addSql('create index daily_follow_up_by_entry on daily_follow_up (organisation_id, created_at, id)');
    this.addSql(
      'create index daily_follow_up_by_change on daily_follow_up (organisation_id, updated_at, id)',
    );
    this.addSql(`call make_tenant_table('daily_follow_up')`);
    this.addSql(`
      create table cleared_day (
        organisation_id uuid not null,
        community_id uuid not null,
        day date not null,
        cleared_at timestamptz not null,
        primary key (organisation_id, community_id, day),
        foreign key (organisation_id, community_id) references community (organisation_id, id)
      )`);
    this.addSql('create index cleared_day_last on cleared_day (community_id, day)');
    this.addSql(`call make_tenant_table('cleared_day')`);

    this.addSql(`
      create table export_record (
        ${aggregate},
        community_id uuid,
        staff_name text not null,
        actor_id uuid not null,
        reason text not null check (char_length(reason) between 5 and 200),
        "from" date not null,
        "to" date not null check ("to" >= "from"),
        group_by text not null,
        tickets int not null check (tickets >= 0),
        unique (organisation_id, id),
        foreign key (organisation_id, community_id) references community (organisation_id, id)
      )`);
    this.addSql('create index export_record_by_entry on export_record (organisation_id, created_at, id)');
    this.addSql('create index export_record_by_change on export_record (organisation_id, updated_at, id)');
    this.addSql(`call make_tenant_table('export_record')`);

    this.addSql(`
      create table monthly_report (
        ${aggregate},
        community_id uuid not null,
        month text not null check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
        "from" date not null,
        "to" date not null check ("to" >= "from"),
        frozen_at timestamptz not null,
        content text not null,
        unique (organisation_id, id),
        constraint monthly_report_once unique (organisation_id, community_id, month),
        foreign key (organisation_id, community_id) references community (organisation_id, id)
      )`);
    this.addSql('create index monthly_report_by_month on monthly_report (organisation_id, month, id)');
    this.addSql('create index monthly_report_by_entry on monthly_report (organisation_id, created_at, id)');
    this.addSql('create index monthly_report_by_change on monthly_report (organisation_id, updated_at, id)');
    this.addSql(`call make_tenant_table('monthly_report')`);
    for (const [table, [columns, order]] of Object.entries(filters))
      for (const column of columns)
        this.addSql(
          `create index ${table}_of_${column} on ${table} (organisation_id, ${column}, ${order}, id)`,
        );
    // Frozen is frozen: what was reported is never rewritten (handbook T-14).
    this.addSql('revoke update, delete on monthly_report from desk_app');
  }

  override down(): void {
    for (const table of ['monthly_report', 'export_record', 'cleared_day', 'daily_follow_up'])
      this.addSql(`drop table ${table}`);
  }
}

/** References and choices that lists are filtered by, with their usual order. */
const filters: Record<string, [columns: string[], order: string]> = {
  daily_follow_up: [['community_id', 'building_id', 'ticket_id', 'state', 'staff_id'], 'day'],
  export_record: [['community_id'], 'created_at'],
  monthly_report: [['community_id'], 'month'],
};
