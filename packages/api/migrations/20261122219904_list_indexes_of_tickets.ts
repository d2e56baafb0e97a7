import { Migration } from '@mikro-orm/migrations';

/** As 20261122190100_list_orders and 20261122190200_list_filters, for what tickets have got since. */
export default class ListIndexesOfTickets extends Migration {
  override up(): void {
    for (const [name, columns] of Object.entries(indexes))
      this.addSql(`create index ${name} on ${name.split(/_o(?:rder|f)_/)[0]} (organisation_id, ${columns})`);
    // Few tickets have them: the index holds those only.
    for (const column of seldom)
      this.addSql(
        `create index ticket_of_${column} on ticket (organisation_id, ${column}, received_at, id) where ${column} is not null`,
      );
  }

  override down(): void {
    for (const name of [...Object.keys(indexes), ...seldom.map((column) => `ticket_of_${column}`)])
      this.addSql(`drop index ${name}`);
  }
}

const seldom = ['severity', 'incident_id', 'merged_into_id', 'split_from_id'];

const indexes = {
  ticket_of_problem_id: 'problem_id, received_at, id',
  ticket_order_appointment_at: 'appointment_at, id',
  ticket_order_appointment_at_down: 'appointment_at desc nulls last, id desc',
  ticket_item_of_kind: 'kind, created_at, id',
  ticket_item_order_created_at: 'created_at, id',
  ticket_item_order_updated_at: 'updated_at, id',
  ticket_quote_of_status: 'status, created_at, id',
  ticket_quote_order_created_at: 'created_at, id',
  ticket_quote_order_updated_at: 'updated_at, id',
  ticket_signature_of_purpose: 'purpose, created_at, id',
  ticket_signature_order_created_at: 'created_at, id',
  ticket_signature_order_updated_at: 'updated_at, id',
  ticket_watcher_of_ticket_id: 'ticket_id, created_at, id',
  ticket_watcher_order_created_at: 'created_at, id',
  ticket_watcher_order_updated_at: 'updated_at, id',
  complaint_form_of_ticket_id: 'ticket_id, created_at, id',
  complaint_form_of_status: 'status, created_at, id',
  complaint_form_of_responsible_id: 'responsible_id, created_at, id',
  complaint_form_order_created_at: 'created_at, id',
  complaint_form_order_updated_at: 'updated_at, id',
  fee_of_ticket_id: 'ticket_id, created_at, id',
};
