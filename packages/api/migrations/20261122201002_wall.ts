import { Migration } from '@mikro-orm/migrations';

/** What happened today is counted from an index, however many tickets there are. */
export default class Wall extends Migration {
  override up(): void {
    this.addSql(
      'create index ticket_by_arrival on ticket (organisation_id, arrived_at) where arrived_at is not null',
    );
    this.addSql(
      'create index ticket_by_closing on ticket (organisation_id, closed_at) where closed_at is not null',
    );
  }

  override down(): void {
    this.addSql('drop index ticket_by_closing');
    this.addSql('drop index ticket_by_arrival');
  }
}
