import { Migration } from '@mikro-orm/migrations';

/**
 * Sign-in of staff: the tables of better-auth, in this house's spelling, and the throttle. They belong to no
 * organisation (nobody is known before the sign-in) and are closed to the application's role.
 */
export default class Auth extends Migration {
  override up(): void {
    this.addSql(`
      create table auth_user (
        id uuid primary key default uuidv7(),
        name text not null,
        email text not null constraint auth_user_email unique check (email = lower(email)),
        email_verified boolean not null default false,
        image text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`);
    this.addSql(`
      create table auth_session (
        id uuid primary key default uuidv7(),
        expires_at timestamptz not null,
        token text not null unique,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        ip_address text,
        user_agent text,
        user_id uuid not null references auth_user (id) on delete cascade
      )`);
    this.addSql('create index auth_session_user on auth_session (user_id)');
    this.addSql('create index auth_session_expiry on auth_session (expires_at)');
    this.addSql(`
      create table auth_account (
        id uuid primary key default uuidv7(),
        account_id text not null,
        provider_id text not null,
        user_id uuid not null references auth_user (id) on delete cascade,
        access_token text,
        refresh_token text,
        id_token text,
        access_token_expires_at timestamptz,
        refresh_token_expires_at timestamptz,
        scope text,
        password text,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        unique (provider_id, account_id)
      )`);
    this.addSql('create index auth_account_user on auth_account (user_id)');
    this.addSql(`
      create table auth_verification (
        id uuid primary key default uuidv7(),
        identifier text not null,
        value text not null,
        expires_at timestamptz not null,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now()
      )`);
    this.addSql('create index auth_verification_identifier on auth_verification (identifier)');
    // Not logged: a crash may forget who tried how often, but a sign-in need not wait for the disk.
    this.addSql(`
      create unlogged table auth_throttle (
        key text primary key,
        attempts int not null,
        expires_at timestamptz not null
      )`);
    this.addSql('create index auth_throttle_expiry on auth_throttle (expires_at)');
  }

  override down(): void {
    for (const table of ['auth_throttle', 'auth_verification', 'auth_account', 'auth_session', 'auth_user'])
      this.addSql(`drop table ${table}`);
  }
}
