import { Migration } from '@mikro-orm/migrations';

/** The three tables of before: their keys beside organisation and community, and how a row is told in the one of now. */
const before = {
  ticket_counter: {
    columns: `series text not null check (series ~ '^[A-Z]{2}$'), day date not null, last int not null check (last > 0)`,
    key: 'series, day',
    book: `'ticket.' || series`,
    period: `to_char(day, 'YYYYMMDD')`,
    back: `split_part(book, '.', 2), to_date(period, 'YYYYMMDD')`,
    books: `book like 'ticket.%'`,
  },
  fee_counter: {
    columns: 'series text not null, period text not null, last int not null',
    key: 'series, period',
    book: `case series when 'FY' then 'fee' when 'CZ' then 'feeRun' when 'SK' then 'payment' else 'receipt' end || '.' || series`,
    period: 'period',
    back: `split_part(book, '.', 2), period`,
    books: `split_part(book, '.', 1) in ('fee', 'feeRun', 'payment', 'receipt')`,
  },
  permit_counter: {
    columns: 'day date not null, last int not null',
    key: 'day',
    book: `'renovationPermit.ZX'`,
    period: `to_char(day, 'YYYYMMDD')`,
    back: `to_date(period, 'YYYYMMDD')`,
    books: `book like 'renovationPermit.%'`,
  },
};
const place = 'foreign key (organisation_id, community_id) references community (organisation_id, id)';

/** One counter for all numbers that people say; each goes on where it stood. */
export default class NumberCounter extends Migration {
  override up(): void {
    // Its row is locked by who takes a number until he commits: numbers have no gaps and never repeat (handbook F-05).
    this.addSql(`
      create table number_counter (
        organisation_id uuid not null,
        community_id uuid not null,
        book text not null check (book ~ '^[a-zA-Z]+\\.[A-Z]{2}$'),
        period text not null check (period ~ '^\\d{4}(\\d{4})?$'),
        last int not null check (last > 0),
        primary key (organisation_id, community_id, book, period),
        ${place}
      )`);
    this.addSql(`call make_tenant_table('number_counter')`);
    this.addSql('revoke delete on number_counter from desk_app');
    for (const [table, { book, period }] of Object.entries(before)) {
      this.addSql(`
        insert into number_counter (organisation_id, community_id, book, period, last)
        select organisation_id, community_id, ${book}, ${period}, last from ${table}`);
      this.addSql(`drop table ${table}`);
    }
  }

  override down(): void {
    for (const [table, { columns, key, back, books }] of Object.entries(before)) {
      this.addSql(`
        create table ${table} (
          organisation_id uuid not null,
          community_id uuid not null,
          ${columns},
          primary key (organisation_id, community_id, ${key}),
          ${place}
        )`);
      this.addSql(`call make_tenant_table('${table}')`);
      this.addSql(`
        insert into ${table} (organisation_id, community_id, ${key}, last)
        select organisation_id, community_id, ${back}, last from number_counter where ${books}`);
    }
    this.addSql('revoke delete on fee_counter from desk_app');
    this.addSql('drop table number_counter');
  }
}
