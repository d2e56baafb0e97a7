import { Migration } from '@mikro-orm/migrations';

/** Staff, the roles that they hold (handbook P-3), and the tokens of machines. */
export default class Staff extends Migration {
  override up(): void {
    this.addSql(`
      create table staff (
        organisation_id uuid not null references organisation (id),
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        user_id uuid not null references auth_user (id) constraint staff_user unique,
        name text not null check (char_length(name) between 1 and 200),
        email text not null check (char_length(email) between 3 and 254),
        active boolean not null default true,
        access text[] not null,
        password_set_at timestamptz,
        search_text text not null generated always as (lower(name)) stored,
        unique (organisation_id, id)
      )`);
    this.addSql('create index staff_name on staff (organisation_id, name, id)');
    this.addSql(`call make_tenant_table('staff')`);

    // The references to communities and buildings come with those tables.
    this.addSql(`
      create table role_assignment (
        organisation_id uuid not null,
        id uuid primary key,
        staff_id uuid not null,
        role text not null,
        community_id uuid,
        by_building boolean not null default false,
        unique (organisation_id, id, community_id),
        constraint role_assignment_once unique nulls not distinct (organisation_id, staff_id, role, community_id),
        foreign key (organisation_id, staff_id) references staff (organisation_id, id),
        check (role <> 'ADMINISTRATOR' or community_id is null),
        check (not by_building or (role = 'STEWARD' and community_id is not null))
      )`);
    this.addSql('create index role_assignment_community on role_assignment (organisation_id, community_id)');
    this.addSql(`call make_tenant_table('role_assignment')`);
    this.addSql(`
      create table role_assignment_building (
        organisation_id uuid not null,
        assignment_id uuid not null,
        community_id uuid not null,
        building_id uuid not null,
        primary key (organisation_id, assignment_id, building_id),
        foreign key (organisation_id, assignment_id, community_id) references role_assignment (organisation_id, id, community_id) on delete cascade
      )`);
    this.addSql(
      'create index role_assignment_building_of on role_assignment_building (organisation_id, building_id)',
    );
    this.addSql(`call make_tenant_table('role_assignment_building')`);

    this.addSql(`
      create table api_token (
        organisation_id uuid not null references organisation (id),
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        name text not null check (char_length(name) between 1 and 200),
        role text not null,
        community_id uuid,
        hash bytea not null check (length(hash) = 32),
        last_four text not null check (char_length(last_four) = 4),
        created_by text not null,
        expires_at timestamptz not null,
        last_used_at timestamptz,
        revoked_at timestamptz,
        unique (organisation_id, id),
        check (role <> 'ADMINISTRATOR' or community_id is null)
      )`);
    // Not unique, because it could not be so per organisation: 256 random bits do not collide.
    this.addSql('create index api_token_hash on api_token (hash)');
    this.addSql('create index api_token_community on api_token (organisation_id, community_id)');
    this.addSql(`call make_tenant_table('api_token')`);

    // The application's role cannot touch the sign-in tables; these doors open only for staff of the current organisation.
    this.addSql(`
      create function staff_user_create(new_id uuid, new_email text, new_name text, password_hash text) returns void
      language sql security definer set search_path = public, pg_temp begin atomic
        insert into auth_user (id, email, name, email_verified) values (new_id, new_email, new_name, true);
        insert into auth_account (account_id, provider_id, user_id, password) values (new_id::text, 'credential', new_id, password_hash);
      end`);
    this.addSql(`
      create function staff_user_rename(which uuid, new_email text, new_name text) returns void
      language sql security definer set search_path = public, pg_temp begin atomic
        update auth_user u set email = new_email, name = new_name, updated_at = now()
        from staff s where u.id = which and s.user_id = u.id and s.organisation_id = app_org();
      end`);
    this.addSql(`
      create function staff_password_set(which uuid, password_hash text) returns void
      language sql security definer set search_path = public, pg_temp begin atomic
        update auth_account a set password = password_hash, updated_at = now()
        from staff s where a.user_id = which and a.provider_id = 'credential' and s.user_id = a.user_id and s.organisation_id = app_org();
      end`);
    this.addSql(`
      create function staff_sessions_end(which uuid) returns void
      language sql security definer set search_path = public, pg_temp begin atomic
        delete from auth_session a using staff s where a.user_id = which and s.user_id = a.user_id and s.organisation_id = app_org();
      end`);
    for (const door of doors) {
      this.addSql(`revoke execute on function ${door} from public`);
      this.addSql(`grant execute on function ${door} to desk_app`);
    }
  }

  override down(): void {
    for (const door of doors) this.addSql(`drop function ${door}`);
    for (const table of ['api_token', 'role_assignment_building', 'role_assignment', 'staff'])
      this.addSql(`drop table ${table}`);
  }
}

const doors = [
  'staff_user_create(uuid, text, text, text)',
  'staff_user_rename(uuid, text, text)',
  'staff_password_set(uuid, text)',
  'staff_sessions_end(uuid)',
];
