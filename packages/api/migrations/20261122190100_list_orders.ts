import { Migration } from '@mikro-orm/migrations';

/**
 * Every order that a list offers is read from an index, forwards and backwards, with the id as tie-break; a guard compares
 * this with the descriptors. Records without a value come last either way, so columns that may be null need two.
 * Tables with some hundreds of rows (communities, staff, charge standards …) are sorted as they are.
 */
export default class ListOrders extends Migration {
  override up(): void {
    for (const [table, columns] of Object.entries(orders))
      for (const column of columns)
        this.addSql(`create index ${table}_order_${column} on ${table} (organisation_id, ${column}, id)`);
    for (const [table, columns] of Object.entries(nullable))
      for (const column of columns) {
        this.addSql(`create index ${table}_order_${column} on ${table} (organisation_id, ${column}, id)`);
        this.addSql(
          `create index ${table}_order_${column}_down on ${table} (organisation_id, ${column} desc nulls last, id desc)`,
        );
      }
    this.addSql('drop index residency_by_end'); // one of the new ones says the same
  }

  override down(): void {
    this.addSql('create index residency_by_end on residency (organisation_id, ends_on, id)');
    for (const [table, columns] of Object.entries(orders))
      for (const column of columns) this.addSql(`drop index ${table}_order_${column}`);
    for (const [table, columns] of Object.entries(nullable))
      for (const column of columns) {
        this.addSql(`drop index ${table}_order_${column}`);
        this.addSql(`drop index ${table}_order_${column}_down`);
      }
  }
}

const orders: Record<string, string[]> = {
  unit: ['number', 'created_at', 'updated_at'],
  resident: ['created_at', 'updated_at'],
  residency: ['created_at', 'updated_at'],
  ticket: ['number', 'updated_at'],
  ticket_comment: ['created_at', 'updated_at'],
  ticket_note: ['created_at', 'updated_at'],
  ticket_round: ['number', 'ended_at', 'created_at', 'updated_at'],
  fee: ['number', 'due_on', 'amount', 'updated_at'],
  payment: ['number', 'amount', 'received_at', 'updated_at'],
  receipt: ['number', 'updated_at'],
  renovation_permit: ['number', 'starts_on', 'ends_on', 'updated_at'],
  permit_review: ['created_at', 'updated_at'],
  permit_signature: ['created_at', 'updated_at'],
  key: ['created_at', 'updated_at'],
  key_copy: ['created_at', 'updated_at'],
  key_loan: ['label', 'due_at', 'updated_at'],
  import_problem: ['row', 'created_at', 'updated_at'],
};

const nullable: Record<string, string[]> = {
  unit: ['floor', 'area'],
  residency: ['ends_on'],
  ticket: ['closed_at'],
  fee: ['period_from'],
  key: ['board_place'],
  key_loan: ['returned_at'],
  renovation_permit: ['issued_at'],
};
