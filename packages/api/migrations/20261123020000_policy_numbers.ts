import { Migration } from '@mikro-orm/migrations';

/** The handbook's numbers that were constants until now. Limits are those of the shared contract. */
const numbers: Record<string, [value: number, min: number, max: number]> = {
  answer_rings: [3, 1, 20],
  call_minutes: [3, 1, 60],
  notice_hours: [24, 0, 720],
  reminder_days: [1, 1, 3_650],
  dunning_notice_days: [15, 1, 3_650],
  dunning_call_days: [30, 1, 3_650],
  dunning_visit_days: [60, 1, 3_650],
  dunning_letter_days: [90, 1, 3_650],
  worst_grade: [2, 1, 9],
  fire_receipt_area: [200, 0, 100_000],
  shift_end_hour: [17, 0, 23],
  shift_end_minute: [50, 0, 59],
  key_reminder_minutes: [0, 0, 10_080],
  key_steward_minutes: [30, 0, 10_080],
  key_supervisor_minutes: [120, 0, 10_080],
};
const kept = ['fee', 'renovation_permit', 'key_loan'];

/**
 * Calls, notices, dunning, permits and keys get their numbers from the policy (handbook P-1). A fee, a permit and a loan
 * keep the version that they begin under; those that are there already keep the handbook's numbers, which held for all.
 */
export default class PolicyNumbers extends Migration {
  override up(): void {
    this.addSql(`
      alter table policy
        ${Object.entries(numbers)
          .map(
            ([name, [value, min, max]]) =>
              `add column ${name} int not null default ${value} check (${name} between ${min} and ${max})`,
          )
          .join(',\n        ')},
        add constraint policy_dunning_steps check (
          reminder_days < dunning_notice_days and dunning_notice_days < dunning_call_days
          and dunning_call_days < dunning_visit_days and dunning_visit_days < dunning_letter_days),
        add constraint policy_key_steps check (
          key_reminder_minutes < key_steward_minutes and key_steward_minutes < key_supervisor_minutes)`);

    // In the database, because fees are also written a thousand at a time: none begins without its version.
    this.addSql(`
      create function keep_policy() returns trigger language plpgsql as $$
      begin
        new.policy_id := coalesce(new.policy_id, (
          select id from policy
          where organisation_id = new.organisation_id and community_id = new.community_id and effective_from <= new.created_at
          order by effective_from desc limit 1));
        return new;
      end $$`);
    for (const table of kept) {
      this.addSql(`
        alter table ${table} add column policy_id uuid,
          add constraint ${table}_policy foreign key (organisation_id, policy_id) references policy (organisation_id, id)`);
      this.addSql(
        `create trigger keep_policy before insert on ${table} for each row execute function keep_policy()`,
      );
    }
    // Timers look for what is due under each version; what has none is found under a number that no version has.
    this.addSql('drop index fee_dunning');
    this.addSql(`
      create index fee_dunning on fee ((coalesce(policy_id, '00000000-0000-0000-0000-000000000000')), dunning_step, due_on)
      where status = 'ISSUED' and dunning_step <> 'LETTER'`);
  }

  override down(): void {
    this.addSql('drop index fee_dunning');
    this.addSql(
      `create index fee_dunning on fee (dunning_step, due_on) where status = 'ISSUED' and dunning_step <> 'LETTER'`,
    );
    for (const table of kept) {
      this.addSql(`drop trigger keep_policy on ${table}`);
      this.addSql(`alter table ${table} drop column policy_id`);
    }
    this.addSql('drop function keep_policy()');
    this.addSql(`
      alter table policy drop constraint policy_key_steps, drop constraint policy_dunning_steps,
        ${Object.keys(numbers)
          .map((name) => `drop column ${name}`)
          .join(', ')}`);
  }
}
