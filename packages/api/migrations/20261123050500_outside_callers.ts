import { Migration } from '@mikro-orm/migrations';

/** Callers from outside are told a room number and nothing else (handbook U-4): no resident is tied to their call. */
export default class OutsideCallers extends Migration {
  override up(): void {
    this.addSql(`
      alter table call_record add outsider boolean not null default false,
        add constraint call_record_outsider check (not outsider or resident_id is null)`);
    this.addSql(
      `create index call_record_outside on call_record (organisation_id, staff_id) where outsider and status = 'ANSWERED'`,
    );
  }

  override down(): void {
    this.addSql('drop index call_record_outside');
    this.addSql('alter table call_record drop constraint call_record_outsider, drop outsider');
  }
}
