import { Migration } from '@mikro-orm/migrations';

/** Keys, their copies and their loans (handbook K-1 to K-4). */
export default class Keys extends Migration {
  override up(): void {
    this.addSql(`
      create table key (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        building_id uuid,
        unit_id uuid,
        number text not null check (char_length(number) between 1 and 32),
        opens text not null check (char_length(opens) between 1 and 200),
        board_place text,
        status text not null check (status in ('ACTIVE', 'RETIRED')),
        search_text text not null generated always as (lower(number || ' ' || opens || ' ' || coalesce(board_place, ''))) stored,
        unique (organisation_id, id),
        unique (organisation_id, community_id, id),
        constraint key_number_unique unique (organisation_id, community_id, number),
        foreign key (organisation_id, community_id) references community (organisation_id, id),
        constraint key_place check (unit_id is null or building_id is not null),
        foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id),
        foreign key (organisation_id, community_id, building_id, unit_id) references unit (organisation_id, community_id, building_id, id)
      )`);
    this.addSql('create index key_by_number on key (organisation_id, number, id)');
    this.addSql('create index key_by_unit on key (organisation_id, unit_id, number, id)');
    this.addSql('create index key_search on key using gin (trigram_key(search_text) gin_trgm_ops)');
    this.addSql(`call make_tenant_table('key')`);

    this.addSql(`
      create table key_copy (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        building_id uuid,
        key_id uuid not null,
        copy_number int not null check (copy_number > 0),
        label text not null,
        state text not null check (state in ('ON_BOARD', 'OUT', 'LOST')),
        search_text text not null default '',
        unique (organisation_id, id),
        unique (organisation_id, key_id, id),
        constraint key_copy_number_unique unique (organisation_id, key_id, copy_number),
        foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id),
        foreign key (organisation_id, community_id, key_id) references key (organisation_id, community_id, id)
      )`);
    this.addSql('create index key_copy_search on key_copy using gin (trigram_key(search_text) gin_trgm_ops)');
    this.addSql('create index key_copy_by_label on key_copy (organisation_id, label, id)');
    this.addSql('create index key_copy_by_state on key_copy (organisation_id, state, label, id)');
    this.addSql(`call make_tenant_table('key_copy')`);
    this.#search();

    this.addSql(`
      create table key_loan (
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null,
        building_id uuid,
        key_id uuid not null,
        copy_id uuid not null,
        unit_id uuid,
        resident_id uuid,
        label text not null,
        borrower_kind text not null check (borrower_kind in ('RESIDENT', 'STAFF', 'CONTRACTOR', 'OTHER')),
        borrower_name text not null,
        borrower_phone text,
        verification text not null check (verification in ('ID_CARD', 'STAFF_BADGE', 'CALL_BACK', 'KNOWN')),
        verified_by text not null,
        consent_by text,
        consent_way text check (consent_way in ('PHONE', 'IN_PERSON', 'WRITTEN')),
        purpose text not null,
        note text,
        status text not null check (status in ('OUT', 'RETURNED', 'LOST')),
        due_at timestamptz not null,
        returned_at timestamptz,
        search_text text not null generated always as (lower(label || ' ' || borrower_name)) stored,
        unique (organisation_id, id),
        constraint key_loan_place check (unit_id is null or building_id is not null),
        check ((consent_by is null) = (consent_way is null)),
        check (due_at > created_at),
        check ((status = 'RETURNED') = (returned_at is not null)),
        check (borrower_kind <> 'RESIDENT' or resident_id is not null),
        foreign key (organisation_id, key_id, copy_id) references key_copy (organisation_id, key_id, id),
        foreign key (organisation_id, community_id, key_id) references key (organisation_id, community_id, id),
        foreign key (organisation_id, community_id, building_id, unit_id) references unit (organisation_id, community_id, building_id, id),
        foreign key (organisation_id, community_id, resident_id) references resident (organisation_id, community_id, id)
      )`);
    this.addSql('create index key_loan_search on key_loan using gin (trigram_key(search_text) gin_trgm_ops)');
    // The last wall of K-3: one copy is never out twice, whatever happens at once.
    this.addSql(
      `create unique index key_loan_copy_out on key_loan (organisation_id, copy_id) where status = 'OUT'`,
    );
    this.addSql('create index key_loan_by_time on key_loan (organisation_id, created_at, id)');
    this.addSql('create index key_loan_by_status on key_loan (organisation_id, status, due_at, id)');
    this.addSql('create index key_loan_by_unit on key_loan (organisation_id, unit_id, created_at, id)');
    this.addSql('create index key_loan_by_key on key_loan (organisation_id, key_id, created_at, id)');
    this.addSql('create index key_loan_by_copy on key_loan (organisation_id, copy_id, created_at, id)');
    this.addSql(
      'create index key_loan_by_resident on key_loan (organisation_id, resident_id, created_at, id)',
    );
    this.addSql(`call make_tenant_table('key_loan')`);
  }

  /** A copy is found by its tag and by what its key opens and where it hangs, also after those have changed. */
  #search(): void {
    this.addSql(`
      create function key_copy_searchable() returns trigger language plpgsql as $$
      begin
        if tg_table_name = 'key' then
          update key_copy set search_text = lower(concat_ws(' ', label, new.opens, new.board_place))
          where organisation_id = new.organisation_id and key_id = new.id;
        else
          select lower(concat_ws(' ', new.label, k.opens, k.board_place)) into new.search_text
          from key k where k.organisation_id = new.organisation_id and k.id = new.key_id;
        end if;
        return new;
      end $$`);
    this.addSql(
      'create trigger key_copy_searchable before insert on key_copy for each row execute function key_copy_searchable()',
    );
    this.addSql(`
      create trigger key_copies_searchable after update of opens, board_place on key
      for each row execute function key_copy_searchable()`);
  }

  override down(): void {
    for (const table of ['key_loan', 'key_copy', 'key']) this.addSql(`drop table ${table}`);
    this.addSql('drop function key_copy_searchable');
  }
}
