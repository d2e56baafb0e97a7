import { Migration } from '@mikro-orm/migrations';

/** A clock cannot count by a calendar of another organisation. */
export default class ClockCalendarKey extends Migration {
  override up(): void {
    this.addSql(`
      alter table ticket_clock add constraint ticket_clock_calendar_key
        foreign key (organisation_id, calendar_id) references calendar (organisation_id, id)`);
  }

  override down(): void {
    this.addSql('alter table ticket_clock drop constraint ticket_clock_calendar_key');
  }
}
