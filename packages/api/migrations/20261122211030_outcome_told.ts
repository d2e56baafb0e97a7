import { Migration } from '@mikro-orm/migrations';

const before = ['PROMISE_AT_RISK', 'PROMISE_BROKEN', 'MAJOR_COMPLAINT'];
const list = (kinds: readonly string[]): string => kinds.map((kind) => `'${kind}'`).join(', ');

/** Who received a matter first is told its outcome (handbook T-03). */
export default class OutcomeTold extends Migration {
  override up(): void {
    this.#kinds([...before, 'OUTCOME']);
  }

  override down(): void {
    this.addSql(`delete from notification where kind = 'OUTCOME'`);
    this.#kinds(before);
  }

  #kinds(kinds: readonly string[]): void {
    this.addSql(`
      alter table notification drop constraint notification_kind_check,
        add constraint notification_kind_check check (kind in (${list(kinds)}))`);
  }
}
