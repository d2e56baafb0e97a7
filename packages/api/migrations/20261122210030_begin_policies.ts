import { Migration } from '@mikro-orm/migrations';

/** Communities that were brought in past the triggers (bulk loads) get calendar and policy when they first need them. */
export default class BeginPolicies extends Migration {
  override up(): void {
    this.addSql(`
      create function begin_policies(organisation uuid, community uuid, at timestamptz) returns void language sql
      begin atomic
        insert into calendar (organisation_id, id, version, created_at, updated_at, community_id, name)
          values (organisation, uuidv7(), 1, at, at, community, '标准工作日历')
          on conflict on constraint calendar_name_unique do nothing;
        insert into policy (organisation_id, id, version, created_at, updated_at, community_id, calendar_id, effective_from, note)
          select organisation, uuidv7(), 1, at, at, community, k.id, '2000-01-01', '服务手册默认标准'
          from calendar k where k.organisation_id = organisation and k.community_id = community order by k.created_at limit 1
          on conflict on constraint policy_effective_unique do nothing;
      end`);
  }

  override down(): void {
    this.addSql('drop function begin_policies(uuid, uuid, timestamptz)');
  }
}
