import { Migration } from '@mikro-orm/migrations';

/** A frozen month can be taken away like tickets and their figures, with a reason that stays (handbook S-7, T-14). */
export default class ExportOfMonth extends Migration {
  override up(): void {
    this.addSql(`
      alter table export_record add column report_id uuid,
        add constraint export_record_report foreign key (organisation_id, report_id) references monthly_report (organisation_id, id)`);
  }

  override down(): void {
    this.addSql('alter table export_record drop column report_id');
  }
}
