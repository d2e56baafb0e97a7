import { Migration } from '@mikro-orm/migrations';

/** Files brought in: what was uploaded and run, which rows were bad, what a file's rows became, how files are mapped. */
export default class Imports extends Migration {
  override up(): void {
    this.addSql(`
      create table import_run (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        resource text not null check (resource in ('UNITS', 'RESIDENTS', 'TICKETS')),
        file_name text not null check (char_length(file_name) between 1 and 200),
        status text not null check (status in ('UPLOADED', 'RUNNING', 'CHECKED', 'DONE', 'REJECTED', 'FAILED')),
        dry_run boolean not null default false,
        skip_bad boolean not null default false,
        mapping text,
        locale text not null,
        headers text[] not null,
        percent int not null default 0 check (percent between 0 and 100),
        done int not null default 0,
        total int,
        created int not null default 0,
        updated int not null default 0,
        unchanged int not null default 0,
        skipped int not null default 0,
        failed int not null default 0,
        failure text,
        started_at timestamptz,
        finished_at timestamptz,
        unique (organisation_id, id),
        unique (organisation_id, community_id, id),
        foreign key (organisation_id, community_id) references community (organisation_id, id)
      )`);
    this.addSql('create index import_run_by_time on import_run (organisation_id, created_at, id)');
    this.addSql(
      `create index import_run_running on import_run (organisation_id, id) where status = 'RUNNING'`,
    );
    this.addSql(`call make_tenant_table('import_run')`);

    this.addSql(`
      create table import_problem (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null default 1,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        import_id uuid not null,
        row int not null,
        "column" text,
        field text,
        severity text not null check (severity in ('ERROR', 'SKIPPED', 'NOTICE')),
        value text,
        message_zh text not null,
        message_en text not null,
        unique (organisation_id, id),
        foreign key (organisation_id, community_id, import_id) references import_run (organisation_id, community_id, id)
      )`);
    this.addSql('create index import_problem_of on import_problem (organisation_id, import_id, row, id)');
    this.addSql(`call make_tenant_table('import_problem')`);

    // Which record a row of a file became, and what the file said about it then (handbook P-6: later imports change only that).
    this.addSql(`
      create table import_key (
        organisation_id uuid not null,
        community_id uuid not null,
        resource text not null,
        key text not null,
        record_id uuid not null,
        prints jsonb not null,
        primary key (organisation_id, community_id, resource, key),
        foreign key (organisation_id, community_id) references community (organisation_id, id)
      )`);
    this.addSql(`call make_tenant_table('import_key')`);

    this.addSql(`
      create table import_mapping (
        organisation_id uuid not null references organisation (id),
        resource text not null,
        signature text not null,
        mapping jsonb not null,
        used_at timestamptz not null,
        primary key (organisation_id, resource, signature)
      )`);
    this.addSql(`call make_tenant_table('import_mapping')`);
  }

  override down(): void {
    for (const table of ['import_mapping', 'import_key', 'import_problem', 'import_run'])
      this.addSql(`drop table ${table}`);
  }
}
