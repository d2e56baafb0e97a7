import { Migration } from '@mikro-orm/migrations';

/** A number that many buildings have, or none, in the usual order of units: without it all names are walked to find it. */
export default class UnitNumber extends Migration {
  override up(): void {
    this.addSql('create index unit_of_number on unit (organisation_id, number, full_name, id)');
  }

  override down(): void {
    this.addSql('drop index unit_of_number');
  }
}
