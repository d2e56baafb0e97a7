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
    // The second condition is exact; the first one finds the candidates (escapes of the pattern are lost in it: more, never less).
    this.addSql(`
      create function search_rows(searched text, pattern text) returns setof uuid
      language plpgsql stable security definer set search_path = public, pg_temp as $$
      begin
        return query execute format(
          'select id from %I where organisation_id = app_org() and trigram_key(search_text) like trigram_key($1) and search_text like $1',
          searched) using pattern;
      end $$`);
    this.addSql('revoke execute on function search_rows(text, text) from public');
    this.addSql('grant execute on function search_rows(text, text) to desk_app');
  }

  override down(): void {
    this.addSql('drop function search_rows(text, text)');
    this.addSql('drop function trigram_key(text)');
  }
}
