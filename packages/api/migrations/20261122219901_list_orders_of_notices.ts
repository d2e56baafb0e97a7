import { Migration } from '@mikro-orm/migrations';

/** As 20261122190100_list_orders and 20261122190200_list_filters, for calls, notices and profiles. */
export default class ListOrdersOfNotices extends Migration {
  override up(): void {
    for (const [name, columns] of Object.entries(indexes)) {
      const table = name.split(/_o(?:rder|f)_/)[0];
      this.addSql(`create index ${name} on ${table} (organisation_id, ${columns})`);
    }
  }

  override down(): void {
    for (const name of Object.keys(indexes)) this.addSql(`drop index ${name}`);
  }
}

const indexes = {
  call_record_of_direction: 'direction, ring_at, id',
  call_record_of_outcome: 'outcome, ring_at, id',
  resident_profile_of_community_id: 'community_id, created_at, id',
  resident_profile_of_resident_id: 'resident_id, created_at, id',
  resident_profile_of_building_id: 'building_id, created_at, id',
  resident_profile_order_updated_at: 'updated_at, id',
  notice_recipient_of_community_id: 'community_id, seen_at, id',
  notice_recipient_of_building_id: 'building_id, seen_at, id',
  notice_recipient_of_unit_id: 'unit_id, seen_at, id',
  notice_recipient_of_resident_id: 'resident_id, seen_at, id',
  notice_recipient_of_staff_id: 'staff_id, seen_at, id',
  notice_recipient_order_seen_at_down: 'seen_at desc nulls last, id desc',
  notice_recipient_order_created_at: 'created_at, id',
  notice_recipient_order_updated_at: 'updated_at, id',
};
