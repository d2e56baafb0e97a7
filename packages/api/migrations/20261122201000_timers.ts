import { Migration } from '@mikro-orm/migrations';

/** What timers have told, each once: overdue keys (K-4), expired permits, dunning steps (F-07). */
export default class Timers extends Migration {
  override up(): void {
    this.addSql(`
      alter table key_loan add column overdue_step text not null default 'NONE'
        check (overdue_step in ('NONE', 'REMINDED', 'STEWARD', 'SUPERVISOR'))`);
    this.addSql('alter table renovation_permit add column expired_at timestamptz');
    this.addSql(`
      alter table fee add column dunning_step text not null default 'NONE'
        check (dunning_step in ('NONE', 'REMINDER', 'NOTICE', 'CALL', 'VISIT', 'LETTER'))`);
    // Timers look for what is due in all organisations at once, every second: only what waits for its time is in here.
    this.addSql(
      `create index key_loan_due on key_loan (overdue_step, due_at) where status = 'OUT' and overdue_step <> 'SUPERVISOR'`,
    );
    this.addSql(
      `create index renovation_permit_ends on renovation_permit (ends_on) where status in ('ISSUED', 'SUSPENDED') and expired_at is null`,
    );
    this.addSql(
      `create index fee_dunning on fee (dunning_step, due_on) where status = 'ISSUED' and dunning_step <> 'LETTER'`,
    );
    // Lists by dunning step.
    this.addSql('create index fee_by_dunning on fee (organisation_id, dunning_step, created_at, id)');
  }

  override down(): void {
    this.addSql('drop index fee_by_dunning');
    this.addSql('drop index fee_dunning');
    this.addSql('drop index renovation_permit_ends');
    this.addSql('drop index key_loan_due');
    this.addSql('alter table fee drop column dunning_step');
    this.addSql('alter table renovation_permit drop column expired_at');
    this.addSql('alter table key_loan drop column overdue_step');
  }
}
