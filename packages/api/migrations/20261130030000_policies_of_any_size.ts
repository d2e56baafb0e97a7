import { Migration } from '@mikro-orm/migrations';

/**
 * A plan is made once for all organisations that share a connection. As a plain function the policy's organisation was looked at
 * while planning: whoever came first decided, and the plan for ten buildings was kept for the one with a thousand. As a
 * sub-select it is not known before the plan runs, which therefore fits the average.
 */
export default class PoliciesOfAnySize extends Migration {
  override up(): void {
    this.#policies('organisation_id = (select app_org())');
  }

  override down(): void {
    this.#policies('organisation_id = app_org()');
  }

  #policies(condition: string): void {
    this.addSql(`
      create or replace procedure make_tenant_table(name text) language plpgsql as $$
      begin
        execute format('alter table %I enable row level security', name);
        execute format('create policy tenant on %I using (${condition}) with check (${condition})', name);
        execute format('grant select, insert, update, delete on %I to desk_app', name);
      end $$`);
    this.addSql(`
      do $$
      declare policy record;
      begin
        for policy in select * from pg_policies where schemaname = 'public' and policyname = 'tenant' loop
          execute format('alter policy tenant on %I using (${condition}) with check (${condition})', policy.tablename);
        end loop;
      end $$`);
  }
}
