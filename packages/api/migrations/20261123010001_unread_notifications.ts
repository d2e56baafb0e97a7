import { Migration } from '@mikro-orm/migrations';

/** The bell of the console counts what one has not seen: that stays few, however many notifications somebody was sent. */
export default class UnreadNotifications extends Migration {
  override up(): void {
    this.addSql(
      'create index notification_unread on notification (organisation_id, recipient_id, created_at, id) where seen_at is null',
    );
  }

  override down(): void {
    this.addSql('drop index notification_unread');
  }
}
