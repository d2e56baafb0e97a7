import { Migration } from '@mikro-orm/migrations';

/** Saved views of lists, private or shared with roles. */
export default class Views extends Migration {
  override up(): void {
    this.addSql(`
      create table saved_view (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        owner_id uuid not null,
        name text not null check (char_length(name) between 1 and 60),
        resource text not null check (char_length(resource) between 1 and 60),
        filter text not null check (char_length(filter) <= 4000 and filter is json object),
        sort text check (char_length(sort) <= 60),
        descending boolean not null,
        columns text[] not null check (cardinality(columns) <= 40),
        shared_with text[] not null check (cardinality(shared_with) <= 20),
        removed_at timestamptz,
        unique (organisation_id, id),
        foreign key (organisation_id, community_id) references community (organisation_id, id),
        foreign key (organisation_id, owner_id) references staff (organisation_id, id)
      )`);
    this.addSql(
      'create unique index saved_view_name_unique on saved_view (organisation_id, community_id, owner_id, resource, name) where removed_at is null',
    );
    for (const column of ['community_id', 'owner_id', 'resource', 'name', 'created_at', 'updated_at'])
      this.addSql(`create index saved_view_by_${column} on saved_view (organisation_id, ${column}, id)`);
    this.addSql(`call make_tenant_table('saved_view')`);
  }

  override down(): void {
    this.addSql('drop table saved_view');
  }
}
