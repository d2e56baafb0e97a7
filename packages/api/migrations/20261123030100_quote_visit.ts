import { Migration } from '@mikro-orm/migrations';

/** An order of a paid service names its time beside content and price (handbook T-15). */
export default class QuoteVisit extends Migration {
  override up(): void {
    this.addSql('alter table ticket_quote add column visit_at timestamptz');
  }

  override down(): void {
    this.addSql('alter table ticket_quote drop column visit_at');
  }
}
