import { Migration } from '@mikro-orm/migrations';

/** Residents and what they are in units over time (handbook U-2, U-4 to U-6). */
export default class Residents extends Migration {
  override up(): void {
    this.addSql(`
      create table resident (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        name text not null check (char_length(name) between 1 and 200),
        pinyin text not null,
        kind text not null check (kind in ('PERSON', 'COMPANY')),
        phone text check (phone ~ '^\\+?[0-9]{7,15}$'),
        second_phone text check (second_phone ~ '^\\+?[0-9]{7,15}$'),
        id_kind text check (id_kind in ('ID_CARD', 'PASSPORT', 'HK_MACAO_PERMIT', 'TAIWAN_PERMIT', 'FOREIGN_PERMIT', 'BUSINESS_LICENCE', 'OTHER')),
        id_number text check (char_length(id_number) between 1 and 40),
        plates text check (char_length(plates) <= 200),
        special_care boolean not null default false,
        special_care_kind text check (special_care_kind in ('ELDERLY', 'ILL', 'DISABLED', 'OTHER')),
        emergency_name text,
        emergency_phone text check (emergency_phone ~ '^\\+?[0-9]{7,15}$'),
        note text,
        external_key text,
        search_text text not null default '',
        unique (organisation_id, id),
        unique (organisation_id, community_id, id),
        constraint resident_external_key_unique unique (organisation_id, community_id, external_key),
        constraint resident_paper check (id_number is null or id_kind is not null),
        constraint resident_care check (special_care or special_care_kind is null),
        foreign key (organisation_id, community_id) references community (organisation_id, id)
      )`);
    this.addSql('create index resident_by_pinyin on resident (organisation_id, pinyin, id)');
    this.addSql('create index resident_by_name on resident (organisation_id, name, id)');
    this.addSql('create index resident_by_community on resident (organisation_id, community_id, pinyin, id)');
    this.addSql('create index resident_search on resident using gin (trigram_key(search_text) gin_trgm_ops)');
    this.addSql(`call make_tenant_table('resident')`);

    // For the tables of later domains that name a unit together with its building.
    this.addSql(
      'alter table unit add constraint unit_place_unique unique (organisation_id, community_id, building_id, id)',
    );
    this.addSql(`
      create table residency (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        building_id uuid not null,
        unit_id uuid not null,
        resident_id uuid not null,
        relation text not null check (relation in ('OWNER', 'TENANT', 'FAMILY', 'TEMPORARY', 'CONTACT', 'AGENT')),
        share numeric(5, 2) check (share > 0 and share <= 100),
        starts_on date not null,
        ends_on date,
        power_of_attorney text,
        unique (organisation_id, id),
        constraint residency_period check (ends_on >= starts_on),
        constraint residency_share check (relation = 'OWNER' or share is null),
        constraint residency_authority check (relation <> 'AGENT' or power_of_attorney is not null),
        constraint residency_once exclude using gist (
          resident_id with =, unit_id with =, relation with =, daterange(starts_on, ends_on, '[]') with &&
        ),
        foreign key (organisation_id, unit_id) references unit (organisation_id, id),
        foreign key (organisation_id, resident_id) references resident (organisation_id, id)
      )`);
    this.addSql('create index residency_by_unit on residency (organisation_id, unit_id, starts_on, id)');
    this.addSql(`create index residency_owners on residency (unit_id, starts_on) where relation = 'OWNER'`);
    this.addSql(
      'create index residency_by_resident on residency (organisation_id, resident_id, starts_on, id)',
    );
    this.addSql('create index residency_by_start on residency (organisation_id, starts_on, id)');
    this.addSql('create index residency_by_end on residency (organisation_id, ends_on, id)');
    this.addSql(`call make_tenant_table('residency')`);

    this.#place();
    this.#ownership();
    this.#search();
  }

  /**
   * A residency lies where its unit lies, and its resident belongs there too. Not by wider foreign keys: their checks match
   * several indexes by the leading columns, and right after an import, without statistics, the planner takes a wrong one.
   */
  #place(): void {
    this.addSql(`
      create function residency_place() returns trigger language plpgsql as $$
      declare home unit; person resident;
      begin
        -- By the id alone, for the reason above.
        select * into home from unit where id = new.unit_id;
        select * into person from resident where id = new.resident_id;
        if (home.community_id, home.building_id, person.community_id) is distinct from (new.community_id, new.building_id, new.community_id) then
          raise exception 'unit and resident of a residency are of the same community (handbook U-2)'
            using errcode = 'check_violation', constraint = 'residency_place', table = 'residency', schema = 'public';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger residency_place before insert or update of community_id, building_id, unit_id, resident_id on residency
      for each row execute function residency_place()`);
  }

  /** The last wall: whoever writes, and however many at once, shares of a unit never exceed 100 % on any day. */
  #ownership(): void {
    // As the owner of the table it sees every row, and only one index can serve it: its plan is made while the table is
    // small and kept while an import makes it large.
    this.addSql(`
      create function residency_ownership() returns trigger
      language plpgsql security definer set search_path = public, pg_temp set enable_seqscan = off as $$
      declare highest numeric;
      begin
        -- At the commit, one writer of a unit after the other; each then sees what the one before committed.
        perform from unit where id = new.unit_id for no key update;
        with owner as (
          select starts_on, coalesce(ends_on, 'infinity') as ends_on, share from residency
          where unit_id = new.unit_id and relation = 'OWNER'
        )
        select max(total) into highest
        from (select (select sum(o.share) from owner o where d.starts_on between o.starts_on and o.ends_on) as total from owner d) days;
        if highest > 100 then
          raise exception 'ownership of a unit above 100 %% (handbook U-2)'
            using errcode = 'check_violation', constraint = 'residency_ownership', table = 'residency', schema = 'public';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger residency_ownership after insert or update on residency deferrable initially deferred
      for each row when (new.share is not null) execute function residency_ownership()`);
  }

  /** `search_text` follows the resident, its residencies that have not ended, and the names of their units (handbook U-6). */
  #search(): void {
    // The business day of a command comes from its clock; of other writers from the server's.
    this.addSql(`
      create function app_now() returns timestamptz language sql stable parallel safe
      return coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now())`);
    // Whole numbers as a hash in capitals: found when typed in full, and no search by parts tells what the mask hides.
    this.addSql(`
      create function phone_token(phone text) returns text language sql immutable strict parallel safe
      return translate(left(encode(sha256(convert_to(phone, 'UTF8')), 'hex'), 16), '0123456789abcdef', 'ABCDEFGHIJKLMNOP')`);
    this.addSql(`
      create function resident_units(residents uuid[]) returns table (id uuid, names text) language sql stable as $$
        select y.resident_id, string_agg(distinct u.full_name, E'\\n')
        from residency y
        join community c on c.id = y.community_id
        join unit u on u.id = y.unit_id
        where y.resident_id = any(residents)
          and (y.ends_on is null or y.ends_on >= (app_now() at time zone c.time_zone)::date)
        group by y.resident_id $$`);
    // One part a line: no word is found across two of them. The phones' last digits are what the mask shows anyway.
    this.addSql(`
      create function resident_search_text(who resident, units text) returns text language sql stable as $$
        select lower(normalize(concat_ws(E'\\n',
            (who).name, replace((who).pinyin, ' ', ''), regexp_replace((who).pinyin, '(\\S)\\S*\\s*', '\\1', 'g'),
            right((who).phone, 4), right((who).second_phone, 4), translate((who).plates, '·• ', ''), units), nfkc))
          || E'\\n' || concat_ws(E'\\n', phone_token((who).phone), phone_token((who).second_phone)) $$`);
    // Planned for each call: one residency, or a hundred thousand of an import.
    this.addSql(`
      create function resident_search_refresh(residents uuid[]) returns void
      language plpgsql set plan_cache_mode = force_custom_plan as $$
      begin
        update resident r set search_text = n.text
        from (
          select o.id, resident_search_text(o, u.names) as text
          from resident o left join resident_units(residents) u on u.id = o.id
          where o.id = any(residents)
        ) n
        where r.id = n.id and r.search_text <> n.text;
      end $$`);
    this.addSql(`
      create function resident_searchable() returns trigger language plpgsql as $$
      declare units text;
      begin
        if tg_op = 'UPDATE' then select names into units from resident_units(array[new.id]); end if;
        new.search_text := resident_search_text(new, units);
        return new;
      end $$`);
    this.addSql(`
      create trigger resident_searchable before insert or update of name, pinyin, phone, second_phone, plates on resident
      for each row execute function resident_searchable()`);
    this.addSql(`
      create function residency_searchable() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then perform resident_search_refresh(array(select resident_id from entered));
        elsif tg_op = 'DELETE' then perform resident_search_refresh(array(select resident_id from gone));
        else perform resident_search_refresh(array(select resident_id from entered union select resident_id from gone));
        end if;
        return null;
      end $$`);
    for (const [event, tables] of Object.entries(transitions))
      this.addSql(`
        create trigger residency_searchable_${event} after ${event} on residency referencing ${tables}
        for each statement execute function residency_searchable()`);
    this.addSql(`
      create function unit_residents_searchable() returns trigger language plpgsql as $$
      begin
        perform resident_search_refresh(array(
          select y.resident_id from gone join entered using (id) join residency y on y.unit_id = entered.id
          where gone.full_name <> entered.full_name));
        return null;
      end $$`);
    this.addSql(`
      create trigger unit_residents_searchable after update on unit referencing old table as gone new table as entered
      for each statement execute function unit_residents_searchable()`);
  }

  override down(): void {
    this.addSql('drop trigger unit_residents_searchable on unit');
    this.addSql('drop function unit_residents_searchable');
    for (const name of ['resident_units', 'resident_search_text', 'resident_search_refresh'])
      this.addSql(`drop function ${name}`);
    this.addSql('drop table residency');
    this.addSql('alter table unit drop constraint unit_place_unique');
    this.addSql('drop table resident');
    for (const name of [
      'residency_searchable',
      'resident_searchable',
      'residency_place',
      'residency_ownership',
      'phone_token',
      'app_now',
    ])
      this.addSql(`drop function ${name}`);
  }
}

const transitions = {
  insert: 'new table as entered',
  update: 'old table as gone new table as entered',
  delete: 'old table as gone',
};
