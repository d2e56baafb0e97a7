import { Migration } from '@mikro-orm/migrations';

/** Inquiries that were drawn for a call-back are called back before they are closed (handbook T-07). */
export default class TicketCallBack extends Migration {
  override up(): void {
    this.addSql('alter table ticket add column call_back boolean not null default false');
    this.addSql(`
      update ticket t set call_back = true from ticket_clock c
      where c.organisation_id = t.organisation_id and c.ticket_id = t.id and c.kind = 'REVISIT' and c.rule = 'T-07' and c.ended_at is null`);
  }

  override down(): void {
    this.addSql('alter table ticket drop column call_back');
  }
}
