import { Migration } from '@mikro-orm/migrations';

/** A pause that the resident agreed to ends at the agreed time (handbook T-04): the timer finds it where it finds what is due. */
export default class WaitsEnd extends Migration {
  override up(): void {
    this.addSql(`
      alter table ticket_clock add paused_until timestamptz,
        add constraint ticket_clock_wait check (paused_until is null or (status = 'PAUSED' and paused_by = 'CONSENT' and paused_until >= paused_at)),
        drop constraint ticket_clock_checked,
        add constraint ticket_clock_checked check (next_check_at is null or status = 'RUNNING' or (status = 'PAUSED' and next_check_at = paused_until))`);
    this.addSql('alter table ticket_promise_change add paused_until timestamptz');
  }

  override down(): void {
    this.addSql('alter table ticket_promise_change drop paused_until');
    this.addSql(`update ticket_clock set next_check_at = null where status = 'PAUSED'`);
    this.addSql(`
      alter table ticket_clock drop constraint ticket_clock_wait, drop constraint ticket_clock_checked,
        add constraint ticket_clock_checked check (next_check_at is null or status = 'RUNNING')`);
    this.addSql('alter table ticket_clock drop paused_until');
  }
}
