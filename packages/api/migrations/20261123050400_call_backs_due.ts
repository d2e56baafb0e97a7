import { Migration } from '@mikro-orm/migrations';

/** Inquiries that wait for their call-back (handbook T-07) are few among all tickets: the list of them has its own index. */
export default class CallBacksDue extends Migration {
  override up(): void {
    this.addSql(
      'create index ticket_to_call_back on ticket (organisation_id, received_at, id) where call_back',
    );
  }

  override down(): void {
    this.addSql('drop index ticket_to_call_back');
  }
}
