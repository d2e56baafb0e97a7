import { Migration } from '@mikro-orm/migrations';

const feeKinds = `'MANAGEMENT', 'WATER', 'ELECTRICITY', 'GAS', 'PARKING', 'RENOVATION_MANAGEMENT', 'RUBBISH_CLEARANCE', 'WORKER_PASS', 'RENTAL',
  'PAID_SERVICE', 'OVERTIME_AIR_CONDITIONING', 'DEPOSIT_RENOVATION', 'DEPOSIT_PASS', 'DEPOSIT_KEY', 'PENALTY', 'DAMAGES', 'OTHER'`;
const money = `'CASH', 'TRANSFER', 'CARD', 'WECHAT', 'ALIPAY'`;
const amount = 'bigint not null check (amount between 1 and 1000000000000)';
const aggregate = `
        organisation_id uuid not null,
        id uuid primary key,
        version int not null,
        created_at timestamptz not null,
        updated_at timestamptz not null,
        community_id uuid not null`;
const inBuilding = `
        unique (organisation_id, id),
        foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id),
        foreign key (organisation_id, community_id, unit_id) references unit (organisation_id, community_id, id)`;

/** Charge standards, fees, payments and receipts (handbook F-01–F-05, F-08). */
export default class Fees extends Migration {
  override up(): void {
    // The last number given out, row-locked per community, series and day or year: receipts have no gaps (handbook F-05).
    this.addSql(`
      create table fee_counter (
        organisation_id uuid not null,
        community_id uuid not null,
        series text not null,
        period text not null,
        last int not null,
        primary key (organisation_id, community_id, series, period),
        foreign key (organisation_id, community_id) references community (organisation_id, id)
      )`);
    this.addSql(`call make_tenant_table('fee_counter')`);

    this.addSql(`
      create table charge_standard (${aggregate},
        kind text not null check (kind in (${feeKinds})),
        name text not null check (char_length(name) between 1 and 200),
        basis text not null check (basis in ('AREA_MONTH', 'UNIT_MONTH', 'ONCE')),
        rate numeric(16, 4) not null check (rate > 0),
        effective_from date not null,
        effective_to date,
        status text not null check (status in ('DRAFT', 'APPROVED', 'RETIRED')),
        series_id uuid not null,
        supersedes_id uuid,
        search_text text not null generated always as (lower(name)) stored,
        unique (organisation_id, id),
        unique (organisation_id, community_id, id),
        unique (organisation_id, id, series_id),
        check (effective_to >= effective_from),
        foreign key (organisation_id, community_id) references community (organisation_id, id),
        foreign key (organisation_id, supersedes_id, series_id) references charge_standard (organisation_id, id, series_id),
        constraint charge_standard_one_at_a_time exclude using gist
          (organisation_id with =, series_id with =, daterange(effective_from, effective_to, '[]') with &&) where (status = 'APPROVED')
      )`);
    this.addSql('create index charge_standard_by_entry on charge_standard (organisation_id, created_at, id)');
    this.addSql(
      'create index charge_standard_by_community on charge_standard (organisation_id, community_id, created_at, id)',
    );
    this.addSql(
      'create index charge_standard_search on charge_standard using gin (trigram_key(search_text) gin_trgm_ops)',
    );
    this.addSql(`call make_tenant_table('charge_standard')`);

    this.addSql(`
      create table fee_run (${aggregate},
        number text not null,
        building_id uuid,
        standard_id uuid not null,
        status text not null check (status in ('DRAFT', 'ISSUED', 'DISCARDED', 'EMPTY')),
        period_from date not null,
        period_to date not null,
        due_on date not null,
        created int not null check (created >= 0),
        total bigint not null check (total >= 0),
        skipped_billed int not null,
        skipped_no_area int not null,
        skipped_amount int not null,
        unique (organisation_id, id),
        unique (organisation_id, community_id, number),
        check (period_to >= period_from),
        foreign key (organisation_id, community_id, building_id) references building (organisation_id, community_id, id),
        foreign key (organisation_id, community_id, standard_id) references charge_standard (organisation_id, community_id, id)
      )`);
    this.addSql('create index fee_run_by_entry on fee_run (organisation_id, created_at, id)');
    this.addSql('create index fee_run_by_standard on fee_run (organisation_id, standard_id)');
    this.addSql(`call make_tenant_table('fee_run')`);

    this.addSql(`
      create table fee (${aggregate},
        number text not null,
        building_id uuid not null,
        unit_id uuid not null,
        payer_id uuid,
        standard_id uuid,
        series_id uuid,
        run_id uuid,
        kind text not null check (kind in (${feeKinds})),
        status text not null check (status in ('DRAFT', 'ISSUED', 'SETTLED', 'WAIVED', 'VOIDED')),
        period_from date,
        period_to date,
        due_on date not null,
        amount ${amount},
        basis text check (basis in ('AREA_MONTH', 'UNIT_MONTH', 'ONCE')),
        area numeric(10, 2),
        rate numeric(16, 4),
        months int,
        days int,
        rounding numeric(9, 6),
        note text,
        search_text text not null generated always as (lower(number || ' ' || coalesce(note, ''))) stored,
        constraint fee_number_unique unique (organisation_id, community_id, number),
        check ((period_from is null) = (period_to is null) and period_to >= period_from),
        check ((standard_id is null) = (series_id is null)),
        -- A computed fee can be explained (handbook F-04).
        check (standard_id is null or (basis is not null and rate is not null and rounding is not null and period_from is not null)),
        check (basis <> 'AREA_MONTH' or area is not null),
        foreign key (organisation_id, payer_id) references resident (organisation_id, id),
        foreign key (organisation_id, standard_id, series_id) references charge_standard (organisation_id, id, series_id),
        foreign key (organisation_id, community_id, standard_id) references charge_standard (organisation_id, community_id, id),
        foreign key (organisation_id, run_id) references fee_run (organisation_id, id) deferrable initially deferred,
        -- Running it twice bills nothing twice, also across a change of the rate (handbook F-03).
        constraint fee_billed_once exclude using gist
          (organisation_id with =, unit_id with =, series_id with =, daterange(period_from, period_to, '[]') with &&)
          where (status <> 'VOIDED' and series_id is not null),${inBuilding}
      )`);
    this.addSql('create index fee_by_entry on fee (organisation_id, created_at, id)');
    this.addSql('create index fee_by_community on fee (organisation_id, community_id, created_at, id)');
    this.addSql('create index fee_by_building on fee (organisation_id, building_id, created_at, id)');
    this.addSql('create index fee_by_unit on fee (organisation_id, unit_id, created_at, id)');
    this.addSql('create index fee_by_due on fee (organisation_id, status, due_on, id)');
    this.addSql('create index fee_by_run on fee (organisation_id, run_id, created_at, id)');
    this.addSql('create index fee_by_payer on fee (organisation_id, payer_id, created_at, id)');
    this.addSql('create index fee_search on fee using gin (trigram_key(search_text) gin_trgm_ops)');
    this.addSql(`call make_tenant_table('fee')`);

    this.addSql(`
      create table payment (${aggregate},
        number text not null,
        receipt_number text not null,
        building_id uuid not null,
        unit_id uuid not null,
        payer_id uuid,
        method text not null check (method in (${money}, 'PREPAYMENT')),
        amount ${amount},
        status text not null check (status in ('POSTED', 'REFUNDED', 'VOIDED')),
        received_at timestamptz not null,
        note text,
        search_text text not null generated always as (lower(number || ' ' || receipt_number || ' ' || coalesce(note, ''))) stored,
        unique (organisation_id, id, receipt_number),
        constraint payment_number_unique unique (organisation_id, community_id, number),
        foreign key (organisation_id, payer_id) references resident (organisation_id, id),${inBuilding}
      )`);
    this.addSql('create index payment_by_entry on payment (organisation_id, created_at, id)');
    this.addSql('create index payment_by_unit on payment (organisation_id, unit_id, created_at, id)');
    this.addSql('create index payment_by_receipt on payment (organisation_id, community_id, created_at, id)');
    this.addSql('create index payment_search on payment using gin (trigram_key(search_text) gin_trgm_ops)');
    this.addSql(`call make_tenant_table('payment')`);

    this.addSql(`
      create table receipt (${aggregate},
        number text not null,
        book text not null,
        serial int not null check (serial > 0),
        building_id uuid not null,
        unit_id uuid not null,
        payment_id uuid not null,
        amount ${amount},
        status text not null check (status in ('VALID', 'VOIDED')),
        constraint receipt_serial_unique unique (organisation_id, community_id, book, serial),
        constraint receipt_once unique (organisation_id, payment_id),
        foreign key (organisation_id, payment_id, number) references payment (organisation_id, id, receipt_number),${inBuilding}
      )`);
    this.addSql('create index receipt_by_entry on receipt (organisation_id, created_at, id)');
    this.addSql(`call make_tenant_table('receipt')`);
  }

  override down(): void {
    for (const table of ['receipt', 'payment', 'fee', 'fee_run', 'charge_standard', 'fee_counter'])
      this.addSql(`drop table ${table}`);
  }
}
