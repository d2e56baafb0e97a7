import { Migration } from '@mikro-orm/migrations';

/** A revisit is by phone or in person (handbook T-12); how one by message was made stays in the history. */
export default class RevisitsSpoken extends Migration {
  override up(): void {
    this.addSql(`update ticket set revisit_way = null where revisit_way = 'MESSAGE'`);
    this.#ways(`'PHONE', 'IN_PERSON'`);
  }

  override down(): void {
    this.#ways(`'PHONE', 'IN_PERSON', 'MESSAGE'`);
  }

  #ways(ways: string): void {
    this.addSql(`
      alter table ticket drop constraint ticket_revisit_way_check,
        add constraint ticket_revisit_way_check check (revisit_way in (${ways}))`);
  }
}
