/** The database of the live benchmark: one organisation, dashboards' tokens, and writers of their own process. */
import pg from 'pg';
import { newToken } from '../../packages/api/src/platform/auth/tokens.ts';
import { newUuid } from '../../packages/api/src/platform/ids.ts';
import { now } from './fleet.ts';

export interface Stage {
  organisation: string;
  /** Bearer tokens of dashboards: all with the same rights. */
  tokens: readonly string[];
  /** A token that may write. */
  writer: string;
  /** Commits one event about the unit; its `reason` is the time before the commit. */
  commit(): Promise<void>;
  /** Tells those who listen by NOTIFY, too. */
  notify: boolean;
  /** The UUID of a unit. */
  unit: string;
  end(): Promise<void>;
}

export async function setStage(url: string): Promise<Stage> {
  const pool = new pg.Pool({ connectionString: url, max: 8, options: '-c timezone=UTC' });
  const [organisation, community, building, unit] = [newUuid(), newUuid(), newUuid(), newUuid()];
  await pool.query('insert into organisation (id, name) values ($1, $2)', [
    organisation,
    `live ${organisation}`,
  ]);
  const token = async (role: string): Promise<string> => {
    const { secret, hash, lastFour } = newToken();
    await pool.query(
      `insert into api_token (organisation_id, id, version, created_at, updated_at, name, role, hash, last_four, created_by, expires_at)
       values ($1, $2, 1, now(), now(), 'bench', $3, $4, $5, 'bench', now() + interval '1 day')`,
      [organisation, newUuid(), role, hash, lastFour],
    );
    return secret;
  };
  await pool.query(
    `insert into community (organisation_id, id, version, created_at, updated_at, code, name) values ($1, $2, 1, now(), now(), 'LIVE', '测试小区')`,
    [organisation, community],
  );
  await pool.query(
    `insert into building (organisation_id, id, version, created_at, updated_at, community_id, name) values ($1, $2, 1, now(), now(), $3, '1栋')`,
    [organisation, building, community],
  );
  await pool.query(
    `insert into unit (organisation_id, id, version, created_at, updated_at, community_id, building_id, number, full_name, area, kind, status) values ($1, $2, 1, now(), now(), $3, $4, '101', '1栋101', 89.5, 'RESIDENCE', 'VACANT')`,
    [organisation, unit, community, building],
  );
  const tokens: string[] = [];
  for (let count = 0; count < 50; count += 1) tokens.push(await token('DASHBOARD'));
  const writer = await token('MANAGER');
  const stage: Stage = {
    organisation,
    tokens,
    writer,
    unit,
    notify: false,
    commit: async () => {
      const text = `insert into event (organisation_id, community_id, building_id, type, subject_type, subject_id, changes, reason, actor_id, actor_kind, actor_name, at)
        values ($1, $2, $3, 'unit.updated', 'unit', $4, '[{"field":"note","from":"门禁密码已改","to":"前台取钥匙，请先电话联系业主"}]', $5, $4, 'STAFF', '王芳', now())`;
      const stamp = now().toFixed(3);
      const values = [organisation, community, building, unit, stamp];
      await pool.query({ name: 'commit', text, values });
      if (stage.notify)
        await pool.query({
          name: 'notify',
          text: `select pg_notify('live', json_build_object('reason', $1::text, 'type', 'unit.updated', 'id', $2::uuid, 'at', now(), 'actor', '王芳', 'changes', '[{"field":"note","from":"门禁密码已改","to":"前台取钥匙，请先电话联系业主"}]')::text)`,
          values: [stamp, unit],
        });
    },
    end: () => pool.end(),
  };
  return stage;
}
