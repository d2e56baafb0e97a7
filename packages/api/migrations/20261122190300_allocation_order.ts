import { Migration } from '@mikro-orm/migrations';

/** Allocations are read newest first from the entries that move money; a billing run's thousands of charges in between are none. */
export default class AllocationOrder extends Migration {
  override up(): void {
    this.addSql('drop index ledger_entry_by_time');
    this.addSql(`
      create index ledger_entry_of_money on ledger_entry (organisation_id, at, id)
      where kind in ('PAYMENT', 'PAYMENT_REVERSAL', 'REFUND', 'DEDUCTION')`);
  }

  override down(): void {
    this.addSql('drop index ledger_entry_of_money');
    this.addSql('create index ledger_entry_by_time on ledger_entry (organisation_id, at, id)');
  }
}
