import { Migration } from '@mikro-orm/migrations';

/** As 20261122190100_list_orders: every order that the list of calls offers is read from an index. */
export default class ListOrdersOfCalls extends Migration {
  override up(): void {
    this.addSql('create index call_record_order_updated_at on call_record (organisation_id, updated_at, id)');
    this.addSql('create index call_record_order_rings on call_record (organisation_id, rings, id)');
    this.addSql(
      'create index call_record_order_rings_down on call_record (organisation_id, rings desc nulls last, id desc)',
    );
  }

  override down(): void {
    for (const order of ['updated_at', 'rings', 'rings_down'])
      this.addSql(`drop index call_record_order_${order}`);
  }
}
