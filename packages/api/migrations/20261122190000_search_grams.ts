import { Migration } from '@mikro-orm/migrations';

/**
 * Search by parts of any length. Trigrams could not find words of two letters (`wx`, the initials that are typed while the
 * phone rings), and spelled Chinese in digits, nine to a character. Now the index holds every three
 * characters in a row, under the organisation: a word is found by its grams, and nobody reads another organisation's rows.
 */
export default class SearchGrams extends Migration {
  override up(): void {
    this.addSql('create extension if not exists btree_gin');
    // As a tsvector: its index finds by prefix, so that three characters in a row also serve words of two and of one. Of the
    // token of a whole phone number (`phone_token`), which is looked for as a whole only, the last four letters are enough.
    this.addSql(`
      create function search_grams(searched text) returns tsvector language sql immutable strict parallel safe as $$
        select array_to_tsvector(array(
          select substr(t, i, 3) from regexp_replace(searched, '[A-P]{12}', '', 'g') t, generate_series(1, length(t)) i)) $$`);
    this.addSql(`
      create function word_grams(words text[]) returns tsquery language sql immutable strict parallel safe as $$
        select string_agg(
          '''' || replace(replace(substr(w, i, 3), '\\', '\\\\'), '''', '''''') || '''' || case when length(w) < 3 then ':*' else '' end,
          ' & ')::tsquery
        from unnest(words) word, regexp_replace(word, '[A-P]{12}', '') w, generate_series(1, greatest(1, length(w) - 2)) i $$`);
    // Short pending lists: each search reads them from end to end.
    this.addSql(`
      create procedure make_searchable(name text) language plpgsql as $$
      begin
        execute format('create index %I on %I using gin (organisation_id, search_grams(search_text)) with (gin_pending_list_limit = 256)', name || '_search', name);
      end $$`);
    for (const [table, index] of Object.entries(searched)) {
      this.addSql(`drop index ${index}`);
      this.addSql(`call make_searchable('${table}')`);
    }
    // The grams find the candidates, LIKE is exact: grams need not stand in a row.
    this.addSql('drop function search_rows(text, text[])');
    this.addSql(`
      create function search_rows(searched text, words text[]) returns setof uuid
      language plpgsql stable security definer set search_path = public, pg_temp as $$
      begin
        return query execute format(
          'select id from %I where organisation_id = app_org() and search_grams(search_text) @@ $1 and search_text like all ($2)', searched)
        using word_grams(words), array(select '%' || regexp_replace(word, '([\\\\%_])', '\\\\\\1', 'g') || '%' from unnest(words) word);
      end $$`);
    this.#door();
  }

  override down(): void {
    this.addSql('drop function search_rows(text, text[])');
    this.addSql(`
      create function search_rows(searched text, patterns text[]) returns setof uuid
      language plpgsql stable security definer set search_path = public, pg_temp as $$
      declare conditions text;
      begin
        select string_agg(format(' and trigram_key(search_text) like trigram_key($1[%1$s]) and search_text like $1[%1$s]', at), '')
          into conditions from generate_subscripts(patterns, 1) at;
        return query execute format('select id from %I where organisation_id = app_org()%s', searched, conditions) using patterns;
      end $$`);
    this.#door();
    for (const [table, index] of Object.entries(searched)) {
      this.addSql(`drop index ${table}_search`);
      this.addSql(`create index ${index} on ${table} using gin (trigram_key(search_text) gin_trgm_ops)`);
    }
    this.addSql('drop procedure make_searchable');
    this.addSql('drop function word_grams');
    this.addSql('drop function search_grams');
    this.addSql('drop extension btree_gin');
  }

  #door(): void {
    this.addSql('revoke execute on function search_rows(text, text[]) from public');
    this.addSql('grant execute on function search_rows(text, text[]) to desk_app');
  }
}

/** Tables with the name that their index has had. */
const searched = {
  unit: 'unit_search',
  resident: 'resident_search',
  ticket: 'ticket_search',
  charge_standard: 'charge_standard_search',
  fee: 'fee_search',
  payment: 'payment_search',
  renovation_permit: 'permit_search',
  key: 'key_search',
  key_copy: 'key_copy_search',
  key_loan: 'key_loan_search',
};
