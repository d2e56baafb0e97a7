import { Migration } from '@mikro-orm/migrations';

const papers = `'OWNER_CONSENT', 'PLAN_DRAWING', 'ELECTRICAL_DRAWING', 'PLUMBING_DRAWING', 'CONTRACT', 'CONTRACTOR_LICENCE',
  'CONTRACTOR_QUALIFICATION', 'WORKER_IDS', 'MATERIALS', 'INSURANCE', 'PLEDGES', 'FIRE_RECEIPT'`;

/** Renovation permits, their review rounds and signatures (handbook ). */
export default class Permits extends Migration {
  override up(): void {
    this.addSql(`
      create table renovation_permit (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        building_id uuid not null,
        unit_id uuid not null,
        number text not null,
        status text not null check (status in ('APPLIED', 'REVIEWING', 'CHANGES_REQUESTED', 'APPROVED', 'FEES_DUE', 'ISSUED',
          'SUSPENDED', 'INSPECTING', 'RECTIFYING', 'COMPLETED', 'CLOSED', 'REVOKED', 'CANCELLED')),
        applicant_id uuid,
        applicant_name text not null,
        contractor_name text not null,
        contractor_licence text,
        contractor_grade int check (contractor_grade between 1 and 9),
        scope text not null,
        hot_work boolean not null,
        starts_on date not null,
        ends_on date not null,
        papers text[] not null check (papers <@ array[${papers}]),
        round int not null check (round > 0),
        inspection_round int not null check (inspection_round >= 0),
        deposit_fee_id uuid,
        rubbish_fee_id uuid,
        issued_at timestamptz,
        search_text text not null default '',
        unique (organisation_id, id),
        unique (organisation_id, community_id, building_id, id),
        constraint permit_number_unique unique (organisation_id, community_id, number),
        constraint permit_period check (ends_on >= starts_on),
        constraint permit_issued check (status not in ('ISSUED', 'SUSPENDED', 'COMPLETED', 'CLOSED', 'REVOKED') or issued_at is not null),
        foreign key (organisation_id, community_id, building_id, unit_id) references unit (organisation_id, community_id, building_id, id),
        foreign key (organisation_id, community_id, applicant_id) references resident (organisation_id, community_id, id),
        foreign key (organisation_id, deposit_fee_id) references fee (organisation_id, id),
        foreign key (organisation_id, rubbish_fee_id) references fee (organisation_id, id)
      )`);
    // A unit is renovated under one permit at a time.
    this.addSql(`
      create unique index permit_one_open on renovation_permit (organisation_id, unit_id)
      where status not in ('CLOSED', 'CANCELLED')`);
    this.addSql('create index permit_by_time on renovation_permit (organisation_id, created_at, id)');
    this.addSql(
      'create index permit_by_status on renovation_permit (organisation_id, status, created_at, id)',
    );
    this.addSql(
      'create index permit_by_unit on renovation_permit (organisation_id, unit_id, created_at, id)',
    );
    this.addSql(
      'create index permit_by_applicant on renovation_permit (organisation_id, applicant_id, created_at, id)',
    );
    this.addSql(
      'create index permit_search on renovation_permit using gin (trigram_key(search_text) gin_trgm_ops)',
    );
    this.addSql(`call make_tenant_table('renovation_permit')`);
    this.#search();

    this.addSql(`
      create table permit_counter (
        organisation_id uuid not null,
        community_id uuid not null,
        day date not null,
        last int not null,
        primary key (organisation_id, community_id, day),
        foreign key (organisation_id, community_id) references community (organisation_id, id)
      )`);
    this.addSql(`call make_tenant_table('permit_counter')`);

    for (const [table, columns] of Object.entries(children)) {
      this.addSql(`
        create table ${table} (
          organisation_id uuid not null,
          id uuid primary key,
          version int not null,
          created_at timestamptz not null,
          updated_at timestamptz not null,
          community_id uuid not null,
          building_id uuid not null,
          permit_id uuid not null,
          ${columns},
          unique (organisation_id, id),
          foreign key (organisation_id, community_id, building_id, permit_id)
            references renovation_permit (organisation_id, community_id, building_id, id)
        )`);
      this.addSql(`create index ${table}_by_permit on ${table} (organisation_id, permit_id, created_at, id)`);
      this.addSql(`call make_tenant_table('${table}')`);
      this.addSql(`revoke update, delete on ${table} from desk_app`);
    }
  }

  /** A permit is found by its number, its contractor, and its unit, also after that got another name. */
  #search(): void {
    this.addSql(`
      create function permit_searchable() returns trigger language plpgsql as $$
      begin
        select lower(concat_ws(' ', new.number, u.full_name, new.contractor_name)) into new.search_text
        from unit u where u.organisation_id = new.organisation_id and u.id = new.unit_id;
        return new;
      end $$`);
    this.addSql(`
      create trigger permit_searchable before insert or update of contractor_name on renovation_permit
      for each row execute function permit_searchable()`);
    this.addSql(`
      create function unit_permits_searchable() returns trigger language plpgsql as $$
      begin
        update renovation_permit p set search_text = lower(concat_ws(' ', p.number, n.full_name, p.contractor_name))
        from gone o join entered n using (id)
        where o.full_name <> n.full_name and p.organisation_id = n.organisation_id and p.unit_id = n.id;
        return null;
      end $$`);
    this.addSql(`
      create trigger unit_permits_searchable after update on unit referencing old table as gone new table as entered
      for each statement execute function unit_permits_searchable()`);
  }

  override down(): void {
    this.addSql('drop trigger unit_permits_searchable on unit');
    for (const table of [...Object.keys(children), 'permit_counter', 'renovation_permit'])
      this.addSql(`drop table ${table}`);
    this.addSql('drop function unit_permits_searchable');
    this.addSql('drop function permit_searchable');
  }
}

const children = {
  permit_review: `
    round int not null,
    outcome text not null check (outcome in ('CHANGES_REQUESTED', 'APPROVED', 'RECTIFY')),
    comments text not null,
    reviewed_by text not null`,
  permit_signature: `
    stage text not null check (stage in ('ISSUE', 'COMPLETION')),
    round int not null,
    department text not null check (department in ('CUSTOMER_SERVICE', 'ENGINEERING', 'SECURITY')),
    signed_by text not null,
    constraint permit_signature_once unique (organisation_id, permit_id, stage, round, department)`,
};
