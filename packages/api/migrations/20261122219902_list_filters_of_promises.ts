import { Migration } from '@mikro-orm/migrations';

/** As 20261122190200_list_filters, for notifications, and the columns that promises and loans have got. */
export default class ListFiltersOfPromises extends Migration {
  override up(): void {
    for (const [name, columns] of Object.entries(indexes))
      this.addSql(`create index ${name} on ${name.split('_of_')[0]} (organisation_id, ${columns})`);
  }

  override down(): void {
    for (const name of Object.keys(indexes)) this.addSql(`drop index ${name}`);
  }
}

const indexes = {
  notification_of_kind: 'kind, created_at, id',
  notification_of_link: 'link, created_at, id',
  notification_of_community_id: 'community_id, created_at, id',
  notification_of_building_id: 'building_id, created_at, id',
  ticket_of_promise_state: 'promise_state, received_at, id',
  key_loan_of_overdue_step: 'overdue_step, created_at, id',
};
