import { Migration } from '@mikro-orm/migrations';

const words = ['anniversaries', 'habits', 'household', 'health', 'school', 'taboos', 'parking'];

/** Confidential profiles of residents (handbook U-4). No index and no search text touches what is in them. */
export default class ResidentProfiles extends Migration {
  override up(): void {
    this.addSql(`
      create table resident_profile (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        building_id uuid not null,
        resident_id uuid not null,
        birthday date,
        ${words.map((name) => `${name} text check (char_length(${name}) <= 4000)`).join(',\n        ')},
        unique (organisation_id, id),
        constraint resident_profile_once unique (organisation_id, resident_id, building_id),
        foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id),
        foreign key (organisation_id, community_id, resident_id) references resident (organisation_id, community_id, id)
      )`);
    this.addSql(
      'create index resident_profile_by_entry on resident_profile (organisation_id, created_at, id)',
    );
    this.addSql(
      'create index resident_profile_by_building on resident_profile (organisation_id, building_id, id)',
    );
    this.addSql(`call make_tenant_table('resident_profile')`);
    this.addSql('create index resident_care_flag on resident (organisation_id, id) where special_care');
  }

  override down(): void {
    this.addSql('drop index resident_care_flag');
    this.addSql('drop table resident_profile');
  }
}
