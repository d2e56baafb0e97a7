import { Migration } from '@mikro-orm/migrations';

/**
 * Every reference and choice that a list can be filtered by has an index that goes on with the list's usual order, so that
 * a page costs the same whether the value is common, rare or absent; a guard compares this with the descriptors.
 */
export default class ListFilters extends Migration {
  override up(): void {
    for (const [table, [order, ...columns]] of Object.entries(filters))
      for (const column of columns)
        this.addSql(
          `create index ${table}_of_${column} on ${table} (organisation_id, ${column}, ${order}, id)`,
        );
    // What money went to which fee is read from the ledger's entries, newest first.
    this.addSql('create index ledger_entry_by_time on ledger_entry (organisation_id, at, id)');
    this.addSql('create index ledger_entry_by_kind on ledger_entry (organisation_id, kind, at, id)');
  }

  override down(): void {
    this.addSql('drop index ledger_entry_by_time');
    this.addSql('drop index ledger_entry_by_kind');
    for (const [table, [, ...columns]] of Object.entries(filters))
      for (const column of columns) this.addSql(`drop index ${table}_of_${column}`);
  }
}

/** Of each table its usual order, then what it is filtered by. */
const filters: Record<string, [string, ...string[]]> = {
  unit: ['full_name', 'kind'],
  resident: ['pinyin', 'kind', 'special_care_kind'],
  residency: ['starts_on', 'community_id', 'building_id', 'relation'],
  ticket: ['received_at', 'kind', 'channel', 'first_handler_id', 'department', 'assignee_id'],
  ticket_round: ['number', 'ticket_id', 'department', 'assignee_id'],
  fee: ['created_at', 'kind', 'status', 'standard_id'],
  payment: ['created_at', 'building_id', 'payer_id', 'method', 'status'],
  receipt: ['created_at', 'community_id', 'building_id', 'unit_id', 'payment_id', 'status'],
  renovation_permit: ['created_at', 'community_id', 'building_id'],
  key: ['number', 'community_id', 'building_id', 'status'],
  key_copy: ['label', 'community_id', 'building_id', 'key_id'],
  key_loan: ['created_at', 'community_id', 'building_id', 'borrower_kind', 'status'],
  import_problem: ['row', 'severity'],
};
