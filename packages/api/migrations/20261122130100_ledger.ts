import { Migration } from '@mikro-orm/migrations';

const feeKinds = `'MANAGEMENT', 'WATER', 'ELECTRICITY', 'GAS', 'PARKING', 'RENOVATION_MANAGEMENT', 'RUBBISH_CLEARANCE', 'WORKER_PASS', 'RENTAL',
  'PAID_SERVICE', 'OVERTIME_AIR_CONDITIONING', 'DEPOSIT_RENOVATION', 'DEPOSIT_PASS', 'DEPOSIT_KEY', 'PENALTY', 'DAMAGES', 'OTHER'`;
const money = `'CASH', 'TRANSFER', 'CARD', 'WECHAT', 'ALIPAY'`;

/** The double-entry ledger under fees and payments, and what holds them together (handbook F-04, F-05). */
export default class Ledger extends Migration {
  override up(): void {
    this.#ledger();
    this.#walls();
  }

  /** Accounts per unit and kind; entries and postings that are written once (handbook F-04). Debits are positive. */
  #ledger(): void {
    this.addSql(`
      create table ledger_account (
        organisation_id uuid not null,
        id uuid primary key default uuidv7(),
        community_id uuid not null,
        type text not null check (type in ('RECEIVABLE', 'DEPOSIT', 'PREPAYMENT', 'MONEY', 'REVENUE')),
        unit_id uuid,
        fee_kind text check (fee_kind in (${feeKinds})),
        method text check (method in (${money})),
        unique (organisation_id, id),
        constraint ledger_account_once unique nulls not distinct (organisation_id, community_id, type, unit_id, fee_kind, method),
        check ((unit_id is not null) = (type in ('RECEIVABLE', 'DEPOSIT', 'PREPAYMENT'))),
        check ((fee_kind is not null) = (type in ('RECEIVABLE', 'DEPOSIT', 'REVENUE'))),
        check ((method is not null) = (type = 'MONEY')),
        foreign key (organisation_id, community_id) references community (organisation_id, id),
        foreign key (organisation_id, community_id, unit_id) references unit (organisation_id, community_id, id)
      )`);
    this.addSql('create index ledger_account_by_unit on ledger_account (organisation_id, unit_id, type)');
    this.addSql(`call make_tenant_table('ledger_account')`);

    // A fee or payment is written at the end of its command, after its entries: those two keys are checked at the commit.
    this.addSql(`
      create table ledger_entry (
        organisation_id uuid not null,
        id uuid primary key,
        community_id uuid not null,
        kind text not null check (kind in ('CHARGE', 'CHARGE_REVERSAL', 'WAIVER', 'PAYMENT', 'PAYMENT_REVERSAL', 'REFUND', 'DEDUCTION')),
        payment_id uuid,
        business_on date not null,
        actor_id uuid not null,
        at timestamptz not null,
        unique (organisation_id, id),
        check ((payment_id is not null) = (kind in ('PAYMENT', 'PAYMENT_REVERSAL', 'REFUND'))),
        foreign key (organisation_id, community_id) references community (organisation_id, id),
        foreign key (organisation_id, payment_id) references payment (organisation_id, id) deferrable initially deferred
      )`);
    this.addSql(
      'create index ledger_entry_by_payment on ledger_entry (organisation_id, payment_id) where payment_id is not null',
    );
    this.addSql(`call make_tenant_table('ledger_entry')`);

    this.addSql(`
      create table ledger_posting (
        organisation_id uuid not null,
        id uuid primary key default uuidv7(),
        entry_id uuid not null,
        account_id uuid not null,
        fee_id uuid,
        amount bigint not null check (amount <> 0),
        unique (organisation_id, id),
        foreign key (organisation_id, entry_id) references ledger_entry (organisation_id, id),
        foreign key (organisation_id, account_id) references ledger_account (organisation_id, id),
        foreign key (organisation_id, fee_id) references fee (organisation_id, id) deferrable initially deferred
      )`);
    this.addSql('create index ledger_posting_by_entry on ledger_posting (organisation_id, entry_id)');
    this.addSql(
      'create index ledger_posting_by_account on ledger_posting (organisation_id, account_id) include (amount)',
    );
    this.addSql(
      'create index ledger_posting_by_fee on ledger_posting (organisation_id, fee_id) include (account_id, entry_id, amount) where fee_id is not null',
    );
    this.addSql(`call make_tenant_table('ledger_posting')`);

    this.addSql(`
      create view payment_allocation with (security_invoker = true) as
      select p.organisation_id, p.id, 1 as version, e.at as created_at, e.at as updated_at, f.community_id, f.building_id, f.unit_id,
             p.fee_id, e.payment_id, e.kind, -p.amount as amount
      from ledger_posting p
      join ledger_entry e on e.organisation_id = p.organisation_id and e.id = p.entry_id
      join ledger_account a on a.organisation_id = p.organisation_id and a.id = p.account_id
      join fee f on f.organisation_id = p.organisation_id and f.id = p.fee_id
      where a.type in ('RECEIVABLE', 'DEPOSIT') and e.kind in ('PAYMENT', 'PAYMENT_REVERSAL', 'REFUND', 'DEDUCTION')`);
    this.addSql('grant select on payment_allocation to desk_app');
  }

  /** What no program may break, however wrong it is. */
  #walls(): void {
    this.addSql(`
      create function refuse_ledger_change() returns trigger language plpgsql as
      $$ begin raise exception 'the ledger is written once (handbook F-04)' using errcode = 'restrict_violation'; end $$`);
    for (const table of ['ledger_account', 'ledger_entry', 'ledger_posting']) {
      this.addSql(`revoke update, delete on ${table} from desk_app`);
      this.addSql(
        `create trigger ${table}_is_forever before update or delete on ${table} for each row execute function refuse_ledger_change()`,
      );
    }
    for (const table of kept) this.addSql(`revoke delete on ${table} from desk_app`);

    this.addSql(`
      create function entry_balances() returns trigger language plpgsql ${byIndex} as $$
      declare entry uuid; total numeric; lines int;
      begin
        if tg_table_name = 'ledger_entry' then entry := new.id; else entry := new.entry_id; end if;
        select coalesce(sum(amount), 0), count(*) into total, lines from ledger_posting
        where organisation_id = new.organisation_id and entry_id = entry;
        if total <> 0 or lines < 2 then
          raise exception 'a ledger entry has at least two postings, which sum to zero (handbook F-04)'
            using errcode = 'check_violation', constraint = 'entry_balances';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create function fee_agrees_with_ledger() returns trigger language plpgsql ${byIndex} as $$
      declare which uuid; state text; owed numeric;
      begin
        if tg_table_name = 'fee' then which := new.id; else which := new.fee_id; end if;
        select status into state from fee where organisation_id = new.organisation_id and id = which;
        select coalesce(sum(p.amount), 0) into owed from ledger_posting p
        where p.organisation_id = new.organisation_id and p.fee_id = which
        and (select a.type from ledger_account a where a.organisation_id = p.organisation_id and a.id = p.account_id) = 'RECEIVABLE';
        if (state = 'ISSUED') <> (owed > 0) or owed < 0 then
          raise exception 'a fee is ISSUED exactly while the ledger says that something is owed (handbook F-04)'
            using errcode = 'check_violation', constraint = 'fee_agrees_with_ledger';
        end if;
        return null;
      end $$`);
    const atCommit = 'deferrable initially deferred for each row';
    this.addSql(
      `create constraint trigger ledger_entry_balances after insert on ledger_entry ${atCommit} execute function entry_balances()`,
    );
    this.addSql(
      `create constraint trigger ledger_posting_balances after insert on ledger_posting ${atCommit} execute function entry_balances()`,
    );
    this.addSql(
      `create constraint trigger fee_agrees after insert or update of status on fee ${atCommit} execute function fee_agrees_with_ledger()`,
    );
    this.addSql(`
      create constraint trigger posting_agrees after insert on ledger_posting ${atCommit}
      when (new.fee_id is not null) execute function fee_agrees_with_ledger()`);

    this.addSql(`
      create function charge_standard_is_frozen() returns trigger language plpgsql as $$
      begin
        if (old.kind, old.name, old.basis, old.rate, old.effective_from, old.community_id, old.series_id)
           is distinct from (new.kind, new.name, new.basis, new.rate, new.effective_from, new.community_id, new.series_id)
           or (old.effective_to is distinct from new.effective_to and coalesce(new.effective_to > old.effective_to, new.effective_to is null)) then
          raise exception 'an approved charge standard cannot be changed (handbook F-02)'
            using errcode = 'check_violation', constraint = 'charge_standard_is_frozen';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger charge_standard_is_frozen before update on charge_standard for each row
      when (old.status <> 'DRAFT') execute function charge_standard_is_frozen()`);
    this.addSql(`
      create function fee_is_frozen() returns trigger language plpgsql as $$
      begin
        if (old.kind, old.unit_id, old.amount, old.standard_id, old.period_from, old.period_to, old.area, old.rate, old.rounding)
           is distinct from (new.kind, new.unit_id, new.amount, new.standard_id, new.period_from, new.period_to, new.area, new.rate, new.rounding) then
          raise exception 'an issued fee cannot be changed (handbook F-02)' using errcode = 'check_violation', constraint = 'fee_is_frozen';
        end if;
        return new;
      end $$`);
    this.addSql(
      `create trigger fee_is_frozen before update on fee for each row when (old.status <> 'DRAFT') execute function fee_is_frozen()`,
    );
  }

  override down(): void {
    for (const [table, trigger] of [
      ['fee', 'fee_is_frozen'],
      ['fee', 'fee_agrees'],
      ['charge_standard', 'charge_standard_is_frozen'],
    ])
      this.addSql(`drop trigger ${trigger} on ${table}`);
    for (const table of kept) this.addSql(`grant delete on ${table} to desk_app`);
    this.addSql('drop view payment_allocation');
    for (const table of ['ledger_posting', 'ledger_entry', 'ledger_account'])
      this.addSql(`drop table ${table}`);
    for (const name of functions) this.addSql(`drop function ${name}`);
  }
}

/**
 * The tables grow from nothing within one billing run, before their statistics do: without this the planner reads all of them
 * for every row that is checked.
 */
const byIndex = 'set enable_seqscan = off';
/** Nothing of these is ever deleted by the application. */
const kept = ['charge_standard', 'fee_run', 'fee', 'payment', 'receipt', 'fee_counter'];
const functions = [
  'fee_is_frozen',
  'charge_standard_is_frozen',
  'fee_agrees_with_ledger',
  'entry_balances',
  'refuse_ledger_change',
];
