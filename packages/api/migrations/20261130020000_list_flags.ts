import { Migration } from '@mikro-orm/migrations';

/** Lists of those with a flag, in their usual order: few have one, and the index holds those only. */
export default class ListFlags extends Migration {
  override up(): void {
    for (const [name, { order, flag }] of Object.entries(indexes))
      this.addSql(
        `create index ${name} on ${name.split('_if_')[0]} (organisation_id, ${order}, id) where ${flag}`,
      );
  }

  override down(): void {
    for (const name of Object.keys(indexes)) this.addSql(`drop index ${name}`);
  }
}

const indexes = {
  ticket_if_urgent: { order: 'received_at', flag: 'urgent' },
  resident_if_special_care: { order: 'pinyin', flag: 'special_care' },
  unit_if_under_renovation: { order: 'full_name', flag: 'under_renovation' },
  call_record_if_outsider: { order: 'ring_at', flag: 'outsider' },
  renovation_permit_if_hot_work: { order: 'created_at', flag: 'hot_work' },
};
