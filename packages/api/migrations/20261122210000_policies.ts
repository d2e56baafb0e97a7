import { Migration } from '@mikro-orm/migrations';

const aggregate = `
  organisation_id uuid not null,
  id uuid primary key,
  version int not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  community_id uuid not null`;
const inCommunity = 'foreign key (organisation_id, community_id) references community (organisation_id, id)';
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const departments = `('ENGINEERING', 'CUSTOMER_SERVICE', 'SECURITY', 'ENVIRONMENT', 'FINANCE', 'MANAGEMENT', 'BUILDER')`;

/** Defaults are the handbook's; a community starts with them. Limits are those of the shared contract. */
const numbers: Record<string, [value: number, min: number, max: number]> = {
  dispatch_minutes: [30, 1, 10_080],
  arrival_minutes: [15, 1, 10_080],
  urgent_arrival_minutes: [30, 1, 1_440],
  usual_working_days: [2, 1, 60],
  longest_days: [7, 1, 365],
  postponements: [1, 0, 5],
  minor_hours: [24, 1, 720],
  important_working_days: [3, 1, 60],
  major_answer_working_days: [3, 1, 60],
  major_settle_working_days: [7, 1, 60],
  parked_hours: [24, 1, 720],
  inquiry_hours: [24, 1, 720],
  call_back_hours: [48, 1, 720],
  call_back_percent: [10, 0, 100],
  revisit_hours: [48, 1, 720],
  warn_percent: [80, 1, 99],
  climb_percent: [50, 1, 1_000],
  satisfaction_percent: [90, 0, 100],
  report_day: [28, 1, 28],
};

/** Policies (handbook P-1), calendars (P-4), duty roster and absence (S-5). */
export default class Policies extends Migration {
  override up(): void {
    this.addSql(`
      create table calendar (
        ${aggregate},
        name text not null check (char_length(name) between 1 and 200),
        base text not null default 'CHINA' check (base in ('CHINA', 'NONE')),
        day_minutes int not null default 480 check (day_minutes between 30 and 1440),
        covered_years text[] not null default '{}',
        ${weekdays.map((day) => `${day} text not null default '${day.startsWith('s') ? '' : '08:30-12:00 13:20-17:50'}' check (char_length(${day}) <= 200)`).join(',\n        ')},
        -- What the open promises were last computed with: this version, and the base's last published year.
        computed_version int not null default 1,
        computed_until int not null default 2026,
        unique (organisation_id, id),
        unique (organisation_id, community_id, id),
        constraint calendar_name_unique unique (organisation_id, community_id, name),
        ${inCommunity}
      )`);
    this.addSql(`call make_tenant_table('calendar')`);

    this.addSql(`
      create table calendar_day (
        ${aggregate},
        calendar_id uuid not null,
        date date not null,
        kind text not null check (kind in ('OFF', 'WORKING', 'HALF', 'HOURS')),
        hours text check (char_length(hours) <= 200),
        note text check (char_length(note) <= 200),
        unique (organisation_id, id),
        constraint calendar_day_unique unique (organisation_id, calendar_id, date),
        constraint calendar_day_hours check ((kind = 'HOURS') = (hours is not null)),
        foreign key (organisation_id, community_id, calendar_id) references calendar (organisation_id, community_id, id)
      )`);
    this.addSql(`call make_tenant_table('calendar_day')`);

    this.addSql(`
      create table policy (
        ${aggregate},
        calendar_id uuid not null,
        effective_from timestamptz not null,
        note text check (char_length(note) <= 4000),
        ${Object.entries(numbers)
          .map(
            ([name, [value, min, max]]) =>
              `${name} int not null default ${value} check (${name} between ${min} and ${max})`,
          )
          .join(',\n        ')},
        unique (organisation_id, id),
        constraint policy_effective_unique unique (organisation_id, community_id, effective_from),
        foreign key (organisation_id, community_id, calendar_id) references calendar (organisation_id, community_id, id)
      )`);
    this.addSql(`call make_tenant_table('policy')`);

    // No community is ever without promises: each begins with the handbook's numbers and the statutory calendar.
    this.addSql(`
      create function community_begins() returns trigger language plpgsql as $$
      declare calendar uuid := uuidv7();
      begin
        insert into calendar (organisation_id, id, version, created_at, updated_at, community_id, name)
        values (new.organisation_id, calendar, 1, new.created_at, new.created_at, new.id, '标准工作日历');
        insert into policy (organisation_id, id, version, created_at, updated_at, community_id, calendar_id, effective_from, note)
        values (new.organisation_id, uuidv7(), 1, new.created_at, new.created_at, new.id, calendar, '2000-01-01', '服务手册默认标准');
        return null;
      end $$`);
    this.addSql(
      'create trigger community_begins after insert on community for each row execute function community_begins()',
    );
    this.addSql(`
      with made as (
        insert into calendar (organisation_id, id, version, created_at, updated_at, community_id, name)
        select organisation_id, uuidv7(), 1, created_at, created_at, id, '标准工作日历' from community returning *
      )
      insert into policy (organisation_id, id, version, created_at, updated_at, community_id, calendar_id, effective_from, note)
      select organisation_id, uuidv7(), 1, created_at, created_at, community_id, id, '2000-01-01', '服务手册默认标准' from made`);

    this.addSql(`
      create table duty (
        ${aggregate},
        staff_id uuid not null,
        role text not null check (char_length(role) <= 40),
        building_id uuid,
        department text check (department in ${departments}),
        lead boolean not null default false,
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        note text check (char_length(note) <= 200),
        unique (organisation_id, id),
        constraint duty_period check (starts_at < ends_at),
        constraint duty_lead check (not lead or department is not null),
        constraint duty_once exclude using gist (
          organisation_id with =, staff_id with =, role with =,
          coalesce(building_id, '00000000-0000-0000-0000-000000000000') with =, coalesce(department, '') with =,
          tstzrange(starts_at, ends_at) with &&),
        ${inCommunity},
        foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id),
        foreign key (organisation_id, staff_id) references staff (organisation_id, id)
      )`);
    this.addSql('create index duty_by_time on duty (organisation_id, community_id, ends_at, id)');
    this.addSql(`call make_tenant_table('duty')`);

    this.addSql(`
      create table absence (
        ${aggregate},
        staff_id uuid not null,
        kind text not null check (kind in ('LEAVE', 'SICK', 'TRAINING', 'OTHER')),
        starts_at timestamptz not null,
        ends_at timestamptz not null,
        note text check (char_length(note) <= 200),
        unique (organisation_id, id),
        constraint absence_period check (starts_at < ends_at),
        constraint absence_once exclude using gist (
          organisation_id with =, staff_id with =, tstzrange(starts_at, ends_at) with &&),
        ${inCommunity},
        foreign key (organisation_id, staff_id) references staff (organisation_id, id)
      )`);
    this.addSql('create index absence_by_time on absence (organisation_id, community_id, ends_at, id)');
    this.addSql(`call make_tenant_table('absence')`);
  }

  override down(): void {
    this.addSql('drop trigger community_begins on community');
    this.addSql('drop function community_begins');
    for (const table of ['absence', 'duty', 'policy', 'calendar_day', 'calendar'])
      this.addSql(`drop table ${table}`);
  }
}
