import pg from 'pg';

/** The role that serves requests: row-level security applies to it, and history is append-only for it. */
export const appRole = 'desk_app';

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Lets the app's role log in with this password, which holds no quote; the role is made when it is missing. */
export async function allowAppLogin(ownerUrl: string, password: string): Promise<void> {
  await withClient(ownerUrl, (client) =>
    client.query(`
      do $$ begin
        if not exists (select from pg_roles where rolname = '${appRole}') then create role ${appRole} nologin; end if;
      end $$;
      alter role ${appRole} login password '${password}'`),
  );
}

const sameSql = 'select system_identifier || current_database() as database from pg_control_system()';
const databaseOf = (url: string): Promise<string | undefined> =>
  withClient(url, async (client) => (await client.query<{ database: string }>(sameSql)).rows[0]?.database);

/** Refuses a login for the app that could rise above row-level security, or that leads to another database. */
export async function assertPowerless(ownerUrl: string, appUrl: string): Promise<void> {
  const [row] = await withClient(appUrl, async (client) => {
    const { rows } = await client.query<{ name: string; mighty: boolean; owns: boolean; app: boolean }>(`
      select r.rolname as name, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolreplication as mighty,
        exists (select from pg_class c where c.oid = to_regclass('organisation') and pg_has_role(r.oid, c.relowner, 'member')) as owns,
        pg_has_role(r.oid, '${appRole}', 'member') as app
      from pg_roles r where r.rolname = session_user`);
    return rows;
  });
  if (!row || row.mighty || row.owns || !row.app)
    throw new Error(
      `APP_DATABASE_URL logs in as ${row?.name}: it must be ${appRole}, or a member of it, and neither the owner of the tables nor a role with rights above them (see docs/operations.md).`,
    );
  if ((await databaseOf(ownerUrl)) !== (await databaseOf(appUrl)))
    throw new Error('APP_DATABASE_URL and DATABASE_URL lead to different databases.');
}
