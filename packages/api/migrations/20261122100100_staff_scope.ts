import { Migration } from '@mikro-orm/migrations';

/** Ties the places of roles and tokens to communities and buildings of the same organisation. */
export default class StaffScope extends Migration {
  override up(): void {
    this.addSql(`
      alter table role_assignment add constraint role_assignment_place
        foreign key (organisation_id, community_id) references community (organisation_id, id)`);
    this.addSql(`
      alter table role_assignment_building add constraint role_assignment_building_place
        foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id)`);
    this.addSql(`
      alter table api_token add constraint api_token_place
        foreign key (organisation_id, community_id) references community (organisation_id, id)`);
  }

  override down(): void {
    this.addSql('alter table api_token drop constraint api_token_place');
    this.addSql('alter table role_assignment_building drop constraint role_assignment_building_place');
    this.addSql('alter table role_assignment drop constraint role_assignment_place');
  }
}
