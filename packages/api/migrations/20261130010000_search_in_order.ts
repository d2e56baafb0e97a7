import { Migration } from '@mikro-orm/migrations';

/**
 * A search answers in the order of the list: of the thousands of rows with a surname only a page is fetched again, where all of
 * them were fetched to be sorted. And words that are no longer than a gram need no second look: the index is exact.
 */
export default class SearchInOrder extends Migration {
  override up(): void {
    this.addSql('drop function search_rows(text, text[])');
    // Found before sorted (`offset 0`): however few are wanted, nobody walks the order and looks at each row.
    this.addSql(`
      create function search_rows(searched text, words text[], sorted text default null, descending boolean default false,
        nulls_first boolean default false, most int default null)
      returns setof uuid
      language plpgsql stable security definer set search_path = public, pg_temp as $$
      declare
        found text := format('from %I where organisation_id = app_org() and search_grams(search_text) @@ $1', searched);
      begin
        if exists (select from unnest(words) word where length(word) > 3) then
          found := found || ' and search_text like all ($2)';
        end if;
        return query execute case when sorted is null then 'select id ' || found
          else format('select id from (select id, %I as sorted %s offset 0) found order by sorted %s nulls %s, id %3$s limit $3',
            sorted, found, case when descending then 'desc' else 'asc' end, case when nulls_first then 'first' else 'last' end) end
        using word_grams(words), array(select '%' || regexp_replace(word, '([\\\\%_])', '\\\\\\1', 'g') || '%' from unnest(words) word), most;
      end $$`);
    this.#door('text, text[], text, boolean, boolean, int');
  }

  override down(): void {
    this.addSql('drop function search_rows(text, text[], text, boolean, boolean, int)');
    this.addSql(`
      create function search_rows(searched text, words text[]) returns setof uuid
      language plpgsql stable security definer set search_path = public, pg_temp as $$
      begin
        return query execute format(
          'select id from %I where organisation_id = app_org() and search_grams(search_text) @@ $1 and search_text like all ($2)', searched)
        using word_grams(words), array(select '%' || regexp_replace(word, '([\\\\%_])', '\\\\\\1', 'g') || '%' from unnest(words) word);
      end $$`);
    this.#door('text, text[]');
  }

  #door(parameters: string): void {
    this.addSql(`revoke execute on function search_rows(${parameters}) from public`);
    this.addSql(`grant execute on function search_rows(${parameters}) to desk_app`);
  }
}
