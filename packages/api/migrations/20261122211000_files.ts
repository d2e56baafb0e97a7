import { Migration } from '@mikro-orm/migrations';

/** Uploaded files and what they are attached to; the contents lie outside the database, by their hash. */
export default class Files extends Migration {
  override up(): void {
    this.addSql(`
      create table file (
        organisation_id uuid not null references organisation (id),
        id uuid primary key,
        hash text not null check (hash ~ '^[0-9a-f]{64}$'),
        name text not null check (char_length(name) between 1 and 200),
        type text not null,
        size int not null check (size > 0),
        width int check (width > 0),
        height int check (height > 0),
        uploaded_by uuid not null,
        uploaded_by_name text not null,
        uploaded_at timestamptz not null,
        subject_type text,
        subject_id uuid,
        group_id uuid,
        attached_at timestamptz,
        unique (organisation_id, id),
        check (num_nulls(subject_type, subject_id, group_id, attached_at) in (0, 4))
      )`);
    this.addSql('create index file_of on file (organisation_id, subject_id, attached_at, id)');
    this.addSql('create index file_group on file (organisation_id, group_id)');
    this.addSql('create index file_content on file (organisation_id, hash)');
    this.addSql('create index file_waiting on file (uploaded_at) where subject_id is null');
    this.addSql(`call make_tenant_table('file')`);
  }

  override down(): void {
    this.addSql('drop table file');
  }
}
