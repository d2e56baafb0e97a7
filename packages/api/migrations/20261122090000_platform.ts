import { Migration } from '@mikro-orm/migrations';

/** Tenancy, history, outbox, idempotency: what every domain stands on. */
export default class Platform extends Migration {
  override up(): void {
    this.addSql(`
      do $$ begin
        if not exists (select from pg_roles where rolname = 'desk_app') then create role desk_app nologin; end if;
      exception when duplicate_object or unique_violation then null; -- another database of the same server was faster
      end $$`);
    this.addSql(
      `do $$ begin execute format('grant desk_app to %I', current_user); exception when others then null; end $$`,
    );
    this.addSql('create extension if not exists btree_gist');
    this.addSql('create extension if not exists pg_trgm');
    this.addSql('grant usage on schema public to desk_app');

    this.addSql(`
      create function app_org() returns uuid language sql stable parallel safe
      return nullif(current_setting('app.org', true), '')::uuid`);
    this.addSql(`
      create function refuse_change() returns trigger language plpgsql as
      $$ begin raise exception 'history cannot be changed (handbook P-6)' using errcode = 'restrict_violation'; end $$`);
    // Every table of a tenant goes through this: row-level security, rights of the application's role.
    this.addSql(`
      create procedure make_tenant_table(name text) language plpgsql as $$
      begin
        execute format('alter table %I enable row level security', name);
        execute format('create policy tenant on %I using (organisation_id = app_org()) with check (organisation_id = app_org())', name);
        execute format('grant select, insert, update, delete on %I to desk_app', name);
      end $$`);

    this.addSql(`
      create table organisation (
        id uuid primary key,
        organisation_id uuid generated always as (id) stored unique,
        version int not null default 1,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        name text not null check (char_length(name) between 1 and 200)
      )`);
    this.addSql(`call make_tenant_table('organisation')`);

    this.addSql(`
      create table history (
        id uuid not null,
        organisation_id uuid not null references organisation (id),
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
        primary key (organisation_id, id)
      )`);
    this.addSql('create index history_subject on history (organisation_id, subject_id, id)');
    this.addSql(`call make_tenant_table('history')`);
    this.addSql('revoke update, delete on history from desk_app');
    this.addSql(
      'create trigger history_is_forever before update or delete on history for each row execute function refuse_change()',
    );

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
    // Replays for one organisation behind a cursor.
    this.addSql('create index event_replay on event (organisation_id, xid, id)');
    this.addSql(`call make_tenant_table('event')`);
    this.addSql('revoke update, delete on event from desk_app');

    this.addSql(`
      create table idempotency_key (
        organisation_id uuid not null references organisation (id),
        actor_id uuid not null,
        key text not null check (char_length(key) between 1 and 300),
        request_hash text not null,
        response jsonb,
        created_at timestamptz not null default now(),
        primary key (organisation_id, actor_id, key)
      )`);
    this.addSql('create index idempotency_key_age on idempotency_key (created_at)');
    this.addSql(`call make_tenant_table('idempotency_key')`);
  }

  override down(): void {
    for (const table of ['idempotency_key', 'event', 'history', 'organisation'])
      this.addSql(`drop table ${table}`);
    this.addSql('drop procedure make_tenant_table');
    this.addSql('drop function refuse_change');
    this.addSql('drop function app_org');
    this.addSql('drop extension pg_trgm');
    this.addSql('drop extension btree_gist');
    this.addSql('revoke usage on schema public from desk_app'); // the role stays: other databases of the server may use it
  }
}
