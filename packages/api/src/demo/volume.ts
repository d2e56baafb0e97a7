import type { Pool } from 'pg';

export interface Volume {
  units: number;
  tickets: number;
}

/** What `demo load --size` adds to the small demo. */
export const volumes = {
  medium: { units: 2_000, tickets: 20_000 },
  large: { units: 20_000, tickets: 200_000 },
} as const;

/**
 * Fills a community of its own with units, owners and two years of closed and open tickets, set-based: volume to scroll,
 * search and measure. One line of history each says that the demo made them.
 */
export async function addVolume(
  owner: Pool,
  organisationId: string,
  { units, tickets }: Volume,
  tell: (line: string) => void,
): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    // Rights and triggers see the organisation that the rows belong to.
    await client.query("select set_config('app.org', $1, true)", [organisationId]);
    for (const [name, text] of Object.entries(statements)) {
      const count = name === 'tickets' ? tickets : units;
      tell(`Demo: ${name}…`);
      await client.query(text, text.includes('$2') ? [organisationId, count] : [organisationId]);
    }
    await client.query('commit');
    await client.query('analyze');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

const actor = `'00000000-0000-7000-8000-000000000000'::uuid, 'SYSTEM', 'demo'`;
const recorded = (table: string, resource: string, building: string): string => `
  insert into history (id, organisation_id, community_id, building_id, type, subject_type, subject_id, changes, actor_id, actor_kind, actor_name, at)
  select uuidv7(), t.organisation_id, t.community_id, ${building}, '${resource}.created', '${resource}', t.id, '[]', ${actor}, t.created_at
  from ${table} t join community c on c.id = t.community_id where t.organisation_id = $1 and c.code = 'XHWY'`;
const place = `(select id from community where organisation_id = $1 and code = 'XHWY')`;

/** In order; `$1` is the organisation, `$2` how many. */
const statements: Record<string, string> = {
  community: `
    insert into community (organisation_id, id, version, created_at, updated_at, code, name)
    values ($1, uuidv7(), 1, now(), now(), 'XHWY', '星河湾苑')`,
  buildings: `
    insert into building (organisation_id, id, version, created_at, updated_at, community_id, name, floors, handover_on)
    select $1, uuidv7(), 1, now(), now(), ${place}, n || '号楼', 25, '2022-05-01'
    from generate_series(1, greatest(10, ceil($2::int / 100.0)::int)) n`,
  units: `
    insert into unit (organisation_id, id, version, created_at, updated_at, community_id, building_id, number, full_name, kind, status, floor, area, layout)
    select $1, uuidv7(), 1, now(), now(), b.community_id, b.id, f || '0' || r, b.name || '-' || f || '0' || r, 'RESIDENCE',
      case when (f * 7 + r) % 9 = 0 then 'VACANT' else 'OCCUPIED' end, f, round((60 + (f * 37 + r * 53) % 140 + 0.25 * (r % 4))::numeric, 2), '3室2厅2卫'
    from (select *, row_number() over (order by id) n from building where community_id = ${place}) b, generate_series(1, 25) f, generate_series(1, 4) r
    order by b.n, f, r limit $2`,
  residents: `
    insert into resident (organisation_id, id, version, created_at, updated_at, community_id, name, pinyin, kind, phone, special_care)
    select $1, uuidv7(), 1, now(), now(), ${place},
      (array['王','李','张','刘','陈','杨','赵','黄','周','吴'])[1 + n % 10] || (array['伟','芳','娜','敏','静','丽','强','磊','军','洋'])[1 + (n / 10) % 10] || (array['','明','华','英','文'])[1 + (n / 100) % 5],
      (array['wang','li','zhang','liu','chen','yang','zhao','huang','zhou','wu'])[1 + n % 10] || ' ' || (array['wei','fang','na','min','jing','li','qiang','lei','jun','yang'])[1 + (n / 10) % 10],
      'PERSON', '198' || lpad(((n::bigint * 7919) % 100000000)::text, 8, '0'), n % 60 = 0
    from generate_series(1, $2::int) n`,
  residencies: `
    insert into residency (organisation_id, id, version, created_at, updated_at, community_id, building_id, unit_id, resident_id, relation, share, starts_on)
    select $1, uuidv7(), 1, now(), now(), u.community_id, u.building_id, u.id, r.id, 'OWNER', 100, '2022-05-01'
    from (select *, row_number() over (order by id) n from unit where community_id = ${place} and status = 'OCCUPIED') u
    join (select *, row_number() over (order by id) n from resident where community_id = ${place}) r using (n)`,
  tickets: `
    insert into ticket (organisation_id, id, version, created_at, updated_at, community_id, building_id, unit_id, reporter_id, reporter_name, number, kind, channel,
      category, title, description, urgent, read_back, status, department, received_at, confirmed_at, dispatched_at, done_at, closed_at, resolution, satisfaction)
    select $1, uuidv7(make_interval(secs => -extract(epoch from now() - t.at))), 1, t.at, t.at, u.community_id, u.building_id, u.id, y.resident_id, r.name,
      t.series || '-' || to_char(t.at at time zone 'Asia/Shanghai', 'YYYYMMDD') || '-' ||
        lpad((row_number() over (partition by t.series, (t.at at time zone 'Asia/Shanghai')::date order by t.at, t.n))::text, 4, '0'),
      t.kind, (array['HOTLINE','FRONT_DESK','WECHAT','STEWARD'])[1 + t.n % 4],
      (array['给排水','供电','门窗','噪音','收费'])[1 + t.n % 5], (array['水管漏水','跳闸断电','门锁损坏','噪音扰民','费用咨询'])[1 + t.n % 5], '演示数据 ' || t.n, t.n % 11 = 0, true,
      case when t.open then (array['RECEIVED','CONFIRMED','DISPATCHED','DISPATCHED'])[1 + t.n % 4] else 'CLOSED' end,
      case when t.open and t.n % 4 < 2 then null else (array['ENGINEERING','CUSTOMER_SERVICE','SECURITY'])[1 + t.n % 3] end,
      t.at, case when t.open and t.n % 4 = 0 then null else t.at + interval '4 minutes' end,
      case when t.open and t.n % 4 < 2 then null else t.at + interval '15 minutes' end,
      case when t.open then null else t.at + interval '3 hours' end, case when t.open then null else t.at + interval '1 day' end,
      case when t.open then null else '已处理完毕。' end, case when t.open then null else 3 + t.n % 3 end
    from (
      select n, now() - make_interval(secs => (n::float8 / $2::int) * 63072000) - interval '1 minute' as at, n <= greatest(50, $2::int / 200) as open,
        case when n % 5 = 3 then 'COMPLAINT' when n % 5 = 4 then 'INQUIRY' else 'REPAIR_UNIT' end as kind,
        case when n % 5 = 3 then 'TS' when n % 5 = 4 then 'ZX' else 'WX' end as series,
        (n::bigint * 31) % (select count(*) from unit where community_id = ${place}) as slot
      from generate_series(1, $2::int) n) t
    join (select *, row_number() over (order by id) - 1 as slot from unit where community_id = ${place}) u using (slot)
    left join residency y on y.unit_id = u.id and y.organisation_id = $1
    left join resident r on r.id = y.resident_id`,
  counters: `
    insert into number_counter (organisation_id, community_id, book, period, last)
    select $1, ${place}, 'ticket.' || left(number, 2), substr(number, 4, 8), count(*)
    from ticket where community_id = ${place} group by 3, 4`,
  'history of units': recorded('unit', 'unit', 't.building_id'),
  'history of residents': recorded('resident', 'resident', 'null'),
  'history of tickets': recorded('ticket', 'ticket', 't.building_id'),
};
