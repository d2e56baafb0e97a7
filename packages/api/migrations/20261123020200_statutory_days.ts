import { Migration } from '@mikro-orm/migrations';

/**
 * Days of a calendar know whether they came with a statutory year: a correction of the year replaces them, and leaves what
 * the community decided itself.
 */
export default class StatutoryDays extends Migration {
  override up(): void {
    this.addSql(`
      alter table calendar_day add column statutory boolean not null default false,
        add constraint calendar_day_statutory check (not statutory or kind in ('OFF', 'WORKING'))`);
    // Entered with a year until now: nothing but the day itself was said of them.
    this.addSql(`
      update calendar_day d set statutory = true from calendar k
      where k.id = d.calendar_id and d.kind in ('OFF', 'WORKING') and d.note is null
        and left(d.date::text, 4) = any(k.covered_years)`);
    this.addSql(
      'create index calendar_day_of_statutory on calendar_day (organisation_id, statutory, date, id)',
    );
  }

  override down(): void {
    this.addSql('drop index calendar_day_of_statutory');
    this.addSql('alter table calendar_day drop constraint calendar_day_statutory, drop column statutory');
  }
}
