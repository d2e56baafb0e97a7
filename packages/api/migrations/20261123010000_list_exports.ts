import { Migration } from '@mikro-orm/migrations';

/** Lists that are taken away are recorded beside the exports of tickets (handbook S-7). */
export default class ListExports extends Migration {
  override up(): void {
    this.addSql(`
      alter table export_record
        alter column "from" drop not null,
        alter column "to" drop not null,
        alter column group_by drop not null,
        alter column tickets drop not null,
        add column resource text check (char_length(resource) between 1 and 200),
        add column rows int check (rows between 0 and 10000),
        add column filter text check (char_length(filter) <= 4000),
        add constraint export_record_of_tickets_or_list check (
          case when resource is null
            then "from" is not null and "to" is not null and group_by is not null and tickets is not null and rows is null
            else "from" is null and "to" is null and group_by is null and tickets is null and rows is not null
          end)`);
  }

  override down(): void {
    // Who took a list away stays on record, as far as the older table can say it.
    this.addSql(`
      alter table export_record drop constraint export_record_of_tickets_or_list;
      update export_record set "from" = created_at::date, "to" = created_at::date, group_by = 'DEPARTMENT', tickets = 0
        where resource is not null;
      alter table export_record
        drop column resource,
        drop column rows,
        drop column filter,
        alter column "from" set not null,
        alter column "to" set not null,
        alter column group_by set not null,
        alter column tickets set not null`);
  }
}
