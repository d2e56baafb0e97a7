import { Migration } from '@mikro-orm/migrations';

/** Communities, buildings, units (handbook P-2, U-1). */
export default class Units extends Migration {
  override up(): void {
    this.addSql(`
      create table community (
        organisation_id uuid not null references organisation (id),
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        code text not null check (code ~ '^[A-Za-z0-9_-]{1,32}$'),
        name text not null check (char_length(name) between 1 and 200),
        address text,
        time_zone text not null default 'Asia/Shanghai',
        currency text not null default 'CNY' check (currency ~ '^[A-Z]{3}$'),
        unique (organisation_id, id),
        constraint community_code_unique unique (organisation_id, code)
      )`);
    this.addSql(`call make_tenant_table('community')`);

    this.addSql(`
      create table building (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        name text not null check (char_length(name) between 1 and 200),
        floors int check (floors between 1 and 200),
        handover_on date,
        search_text text not null generated always as (lower(name)) stored,
        unique (organisation_id, id),
        unique (organisation_id, community_id, id),
        constraint building_name_unique unique (organisation_id, community_id, name),
        foreign key (organisation_id, community_id) references community (organisation_id, id)
      )`);
    this.addSql(`call make_tenant_table('building')`);

    this.addSql(`
      create table unit (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        building_id uuid not null,
        number text not null check (char_length(number) between 1 and 32),
        full_name text not null,
        kind text not null check (kind in ('RESIDENCE', 'SHOP', 'OFFICE', 'PARKING', 'STORAGE')),
        status text not null check (status in ('VACANT', 'HANDOVER', 'OCCUPIED', 'MOVED_OUT')),
        floor int check (floor between -20 and 200),
        area numeric(10, 2) check (area > 0),
        under_renovation boolean not null default false,
        layout text,
        orientation text,
        note text,
        external_key text,
        search_text text not null generated always as (lower(full_name)) stored,
        unique (organisation_id, id),
        unique (organisation_id, community_id, id),
        constraint unit_number_unique unique (organisation_id, building_id, number),
        constraint unit_external_key_unique unique (organisation_id, community_id, external_key),
        foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id)
      )`);
    this.addSql('create index unit_by_name on unit (organisation_id, full_name, id)');
    this.addSql('create index unit_by_community on unit (organisation_id, community_id, full_name, id)');
    this.addSql('create index unit_by_building on unit (organisation_id, building_id, full_name, id)');
    this.addSql('create index unit_by_status on unit (organisation_id, status, full_name, id)');
    this.addSql('create index unit_search on unit using gin (trigram_key(search_text) gin_trgm_ops)');
    this.addSql(`call make_tenant_table('unit')`);
  }

  override down(): void {
    for (const table of ['unit', 'building', 'community']) this.addSql(`drop table ${table}`);
  }
}
