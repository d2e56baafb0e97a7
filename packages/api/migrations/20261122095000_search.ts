import { Migration } from '@mikro-orm/migrations';

/**
 * Search by parts of `search_text` that an index serves in every locale and under row-level security.
 * - In a database with the C locale pg_trgm takes Chinese for blanks and makes no trigrams of it: `trigram_key` spells
 *   what is not ASCII in octal digits. Indexes are made on it: `gin (trigram_key(search_text) gin_trgm_ops)`.
 * - LIKE is not leakproof, so the planner never gives it an index behind a row-level policy: `search_rows` looks as the
 *   owner of the tables, in the rows of the current organisation only, and answers nothing but ids.
 */
export default class Search extends Migration {
  override up(): void {
    this.addSql(`
      create function trigram_key(searched text) returns text language sql immutable strict parallel safe
      as $$ select replace(encode(convert_to(searched, 'UTF8'), 'escape'), '\\', '') $$`);
    // Of each pair of conditions the second is exact, the first finds the candidates (it loses the pattern's escapes: more, never less).
    this.addSql(`
      create function search_rows(searched text, patterns text[]) returns setof uuid
      language plpgsql stable security definer set search_path = public, pg_temp as $$
      declare conditions text;
      begin
        select string_agg(format(' and trigram_key(search_text) like trigram_key($1[%1$s]) and search_text like $1[%1$s]', at), '')
          into conditions from generate_subscripts(patterns, 1) at;
        return query execute format('select id from %I where organisation_id = app_org()%s', searched, conditions) using patterns;
      end $$`);
    this.addSql('revoke execute on function search_rows(text, text[]) from public');
    this.addSql('grant execute on function search_rows(text, text[]) to desk_app');
  }

  override down(): void {
    this.addSql('drop function search_rows(text, text[])');
    this.addSql('drop function trigram_key(text)');
  }
}
