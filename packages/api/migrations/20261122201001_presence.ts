import { Migration } from '@mikro-orm/migrations';

/**
 * Who is at which record now. Not logged: it is worth nothing after a crash. Like the tables of the sign-in it is closed
 * to the application's role; the presence service asks for one record of one organisation at a time.
 */
export default class Presence extends Migration {
  override up(): void {
    this.addSql(`
      create unlogged table presence_process (
        id uuid primary key,
        seen_at timestamptz not null
      )`);
    this.addSql(`
      create unlogged table presence (
        organisation_id uuid not null,
        session uuid not null,
        process_id uuid not null references presence_process (id) on delete cascade,
        subject_id uuid not null,
        staff_id uuid not null,
        name text not null,
        mode text not null check (mode in ('VIEWING', 'EDITING')),
        since timestamptz not null,
        primary key (organisation_id, session)
      )`);
    this.addSql('create index presence_by_subject on presence (organisation_id, subject_id)');
    this.addSql('create index presence_by_session on presence (session)');
    this.addSql('create index presence_by_process on presence (process_id)');
  }

  override down(): void {
    this.addSql('drop table presence');
    this.addSql('drop table presence_process');
  }
}
