import { expect, test } from 'vitest';
import { migrate, migrateDown } from '../../src/platform/migrate.ts';
import { createTestDatabase, withClient } from '../harness/postgres.ts';

/** Everything that a migration can leave behind, as text. */
const catalogue = `
  select string_agg(line, E'\\n' order by line) from (
    select format('column %s.%s %s %s default %s generated %s%s', table_name, column_name, udt_name, is_nullable, column_default, generation_expression, numeric_scale)
      from information_schema.columns where table_schema = 'public'
    union all select format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select format('policy %s %s %s %s', tablename, policyname, qual, with_check) from pg_policies where schemaname = 'public'
    union all select format('trigger %s', pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
    union all select format('function %s', pg_get_functiondef(p.oid)) from pg_proc p where pronamespace = 'public'::regnamespace and prokind in ('f', 'p')
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all select format('rls %s %s', relname, relrowsecurity) from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
    union all select format('grant %s %s %s', table_name, grantee, privilege_type) from information_schema.table_privileges where table_schema = 'public' and grantee = 'desk_app'
    union all select format('sequence %s', relname) from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
    union all select format('type %s', typname) from pg_type where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
      and not exists (select from pg_depend d where d.objid = pg_type.oid and d.deptype = 'e')
    union all select format('extension %s', extname) from pg_extension
  ) found(line) where line not like '%schema_migration%' and line !~ 'event_\\d{8}'`; // days of the outbox come and go

test('migrations up, all down and up again end in the same catalogue, and down leaves nothing', async () => {
  const database = await createTestDatabase();
  const read = () =>
    withClient(database.url, async (client) =>
      String((await client.query({ text: catalogue, rowMode: 'array' })).rows[0]?.[0]).split('\n'),
    );
  try {
    const before = await read();
    await migrateDown(database.url);
    expect(await read()).toEqual(['extension plpgsql']);
    await migrate(database.url);
    expect(await read()).toEqual(before);
  } finally {
    await database.drop();
  }
}, 60_000);

test('every table of the application is closed by row-level security and points into its own organisation only', async () => {
  const database = await createTestDatabase();
  try {
    const faults = await withClient(database.url, async (client) => {
      const { rows } = await client.query<{ fault: string }>(`
        with app as (select distinct table_name as name from information_schema.table_privileges where grantee = 'desk_app' and table_schema = 'public')
        select format('%s has no row-level security', name) as fault from app join pg_class c on c.oid = name::regclass
          where not relrowsecurity and not (relkind = 'v' and coalesce('security_invoker=true' = any(reloptions), false))
        union all
        select format('%s has no organisation_id', name) from app where name::regclass not in (select oid from pg_class where relkind = 'v') and not exists (
          select from information_schema.columns where table_name = name and column_name = 'organisation_id' and (is_nullable = 'NO' or is_generated = 'ALWAYS'))
        union all
        select format('%s: foreign key %s leaves the organisation', name, conname) from app join pg_constraint k on k.conrelid = name::regclass and contype = 'f'
          where confrelid not in ('organisation'::regclass, 'auth_user'::regclass)
          and not exists (select from pg_attribute a where a.attrelid = conrelid and a.attnum = any(conkey) and attname = 'organisation_id')`);
      return rows.map((row) => row.fault);
    });
    expect(faults).toEqual([]);
  } finally {
    await database.drop();
  }
});
