import { Migration } from '@mikro-orm/migrations';

/** Columns of `event` besides its number, in both shapes of the table. */
const columns = `xid, organisation_id, community_id, building_id, type, subject_type, subject_id, changes, reason,
  actor_id, actor_kind, actor_name, at, recorded_at`;

/** Rows in the old order (transaction, number) get the numbers that are there in that order, so most keep their own. */
const renumbered = (table: string, order: string): string => `
  select numbers.id, ${columns}
  from (select *, row_number() over (order by ${order}) as place from ${table}) rows
  join (select id, row_number() over (order by id) as place from ${table}) numbers using (place)`;

/**
 * The outbox in days, which are dropped as a whole, and read in the order of its numbers below the publishers' horizon
 * (docs/decisions/horizon-of-publishers.md).
 */
export default class EventDays extends Migration {
  override up(): void {
    this.addSql('alter table event rename to event_whole');
    this.addSql('alter table event_whole rename constraint event_pkey to event_whole_pkey');
    this.addSql('alter index event_replay rename to event_whole_replay');
    this.addSql('alter sequence event_id_seq rename to event_whole_id_seq');
    this.addSql(`
      create table event (
        id bigint generated always as identity,
        xid xid8 not null default pg_current_xact_id(),
        organisation_id uuid not null,
        community_id uuid,
        building_id uuid,
        type text not null,
        subject_type text not null,
        subject_id uuid not null,
        changes jsonb not null,
        reason text,
        actor_id uuid not null,
        actor_kind text not null,
        actor_name text not null,
        at timestamptz not null,
        recorded_at timestamptz not null default clock_timestamp(),
        primary key (id, recorded_at)
      ) partition by range (recorded_at)`);
    this.addSql('create index event_replay on event (organisation_id, id)');
    // A write never fails because nobody made the day's table: it lands here, and moves when the day is made.
    this.addSql('create table event_rest partition of event default');
    this.addSql(`call make_tenant_table('event')`);
    this.addSql('revoke update, delete on event from desk_app');

    this.addSql(horizon);
    this.addSql(keepDay);
    this.addSql(`
      do $$
      declare day date;
      begin
        for day in select generate_series(coalesce((select min(recorded_at at time zone 'UTC') from event_whole), now() at time zone 'UTC')::date, (now() at time zone 'UTC')::date + 3, interval '1 day')
        loop call keep_event_day(day); end loop;
      end $$`);
    this.addSql(
      `insert into event (id, ${columns}) overriding system value ${renumbered('event_whole', 'xid, id')}`,
    );
    this.addSql(
      `select setval('event_id_seq', (select max(id) from event)) where exists (select from event)`,
    );
    this.addSql('drop table event_whole');

    this.addSql(register);
    this.addSql('grant select on sequence event_id_seq to desk_app');
    this.addSql(
      'create trigger publisher before insert on event for each statement execute function register_publisher()',
    );
  }

  override down(): void {
    this.addSql('alter table event rename to event_days');
    this.addSql('alter table event_days rename constraint event_pkey to event_days_pkey');
    this.addSql('alter index event_replay rename to event_days_replay');
    this.addSql('alter sequence event_id_seq rename to event_days_id_seq');
    this.addSql(`
      create table event (
        xid xid8 not null default pg_current_xact_id(),
        id bigint generated always as identity,
        organisation_id uuid not null,
        community_id uuid,
        building_id uuid,
        type text not null,
        subject_type text not null,
        subject_id uuid not null,
        changes jsonb not null,
        reason text,
        actor_id uuid not null,
        actor_kind text not null,
        actor_name text not null,
        at timestamptz not null,
        recorded_at timestamptz not null default clock_timestamp(),
        primary key (xid, id)
      )`);
    this.addSql('create index event_replay on event (organisation_id, xid, id)');
    this.addSql(`call make_tenant_table('event')`);
    this.addSql('revoke update, delete on event from desk_app');
    this.addSql(
      `insert into event (id, ${columns}) overriding system value select id, ${columns} from event_days order by id`,
    );
    this.addSql(
      `select setval('event_id_seq', (select max(id) from event)) where exists (select from event)`,
    );
    this.addSql('drop table event_days');
    this.addSql('drop procedure keep_event_day');
    this.addSql('drop function register_publisher');
    this.addSql('drop function event_horizon');
  }
}

/**
 * Up to which number the outbox is final. Whoever publishes first takes a shared lock that names the last number of that
 * moment, and only then gets numbers (`register_publisher`). Here the order is the other way round: first the last number,
 * then the locks. So a publisher of any number up to `given` is either seen with its lock, or has ended; and what it
 * committed is seen by the NEXT statement (not by the one that asks, whose snapshot is older than the answer).
 */
const horizon = `
  create function event_horizon(out horizon bigint, out given bigint) language plpgsql volatile as $$
  declare oldest bigint;
  begin
    given := coalesce(pg_sequence_last_value('event_id_seq'), 0);
    -- Locks have room for 32 bits of the number; beyond half of them it is one that was given after ours.
    select min(given - behind) into oldest
    from pg_locks l, lateral (select (given - l.objid::bigint) & 4294967295 as behind) d
    where l.locktype = 'advisory' and l.objsubid = 2 and l.classid = 'event'::regclass
      and l.database = (select oid from pg_database where datname = current_database()) and behind < 2147483648;
    horizon := least(given, oldest);
  end $$`;

/** Runs before an insert gets its numbers. Once for each transaction: its first lock holds all its numbers back. */
const register = `
  create function register_publisher() returns trigger language plpgsql as $$
  declare last bigint;
  begin
    if current_setting('app.publisher', true) is not distinct from pg_current_xact_id()::text then return null; end if;
    last := coalesce(pg_sequence_last_value('event_id_seq'), 0) & 4294967295;
    perform pg_advisory_xact_lock_shared('event'::regclass::oid::int, (case when last < 2147483648 then last else last - 4294967296 end)::int);
    perform set_config('app.publisher', pg_current_xact_id()::text, true);
    return null;
  end $$`;

/** Makes the table of a day (UTC), with what already waits in `event_rest`. Attaching stops no writer and no reader of other days. */
const keepDay = `
  create procedure keep_event_day(day date) language plpgsql as $$
  declare
    name text := format('event_%s', to_char(day, 'YYYYMMDD'));
    since timestamptz := day::timestamp at time zone 'UTC';
    until timestamptz := (day + 1)::timestamp at time zone 'UTC';
  begin
    if to_regclass(name) is not null then return; end if;
    execute format('create table %I (like event including defaults including constraints)', name);
    execute format('with waiting as (delete from event_rest where recorded_at >= %L and recorded_at < %L returning *) insert into %I select * from waiting', since, until, name);
    execute format('alter table event attach partition %I for values from (%L) to (%L)', name, since, until);
  end $$`;
