/** What the benchmark's data is made with: set-based statements, each for one organisation. */
import { pinyinOf } from '../packages/api/src/domains/residents/search.ts';

/** Characters that given names are made of, with how they are read. */
const syllables = [
  ...'安白冰晨楚春达丹德东帆芬峰刚桂海涵浩宏慧佳建健娇洁金俊凯兰乐莉琳龙露梅美萌明宁培鹏平琪倩青庆荣瑞山珊胜思涛婷文霞祥晓欣雪雅阳怡颖勇玉月泽哲珍志忠子',
].map((han): [string, string] => [han, pinyinOf(han, 'COMPANY')]);
export const characters = [syllables.map(([han]) => han), syllables.map(([, latin]) => latin)];

const place = `(select id from community where organisation_id = $1 and code = 'XHWY')`;
/** The units in order, each with its owner. */
const homes = `(select u.*, r.id as owner_id, r.name as owner, r.phone, row_number() over (order by u.id) as n
  from unit u left join residency y on y.unit_id = u.id and y.relation = 'OWNER' left join resident r on r.id = y.resident_id where u.organisation_id = $1)`;
const aggregate = 'organisation_id, id, version, created_at, updated_at, community_id';

/** Of every fiftieth resident a car, and every thousandth is a company. */
const extras = `
  with numbered as (select id, row_number() over (order by id) n from resident where organisation_id = $1 and phone like '139%')
  update resident r set
    plates = case when n % 50 = 0 then '粤B' || upper(substr(md5(n::text), 1, 5)) end,
    kind = case when n % 1000 = 1 then 'COMPANY' else r.kind end,
    name = case when n % 1000 = 1 then '深圳' || r.name || '贸易有限公司' else r.name end,
    pinyin = case when n % 1000 = 1 then 'shen zhen ' || r.pinyin || ' mao yi you xian gong si' else r.pinyin end
  from numbered where numbered.id = r.id and (n % 50 = 0 or n % 1000 = 1)`;

/** In order; `$1` the organisation. With `$3`: characters, how they are read, how many residents. */
export const statements: Record<string, string> = {
  staff: `
    insert into staff (organisation_id, id, version, created_at, updated_at, user_id, name, email, access)
    select $1, uuidv7(), 1, now(), now(), uuidv7(), '工程师' || n, 'worker' || n || '@bench.example', '{ENGINEERING}' from generate_series(1, 12) n`,
  family: `
    insert into resident (${aggregate}, name, pinyin, kind, phone)
    select $1, uuidv7(), 1, now(), now(), ${place},
      (array['王','李','张','刘','陈','杨','赵','黄','周','吴','徐','孙','马','朱','胡','林','郭','何','高','罗'])[1 + n % 20] || ($2::text[])[1 + (n * 7) % cardinality($2::text[])] || ($2::text[])[1 + (n / 20) % cardinality($2::text[])],
      (array['wang','li','zhang','liu','chen','yang','zhao','huang','zhou','wu','xu','sun','ma','zhu','hu','lin','guo','he','gao','luo'])[1 + n % 20] || ' ' || ($3::text[])[1 + (n * 7) % cardinality($2::text[])] || ' ' || ($3::text[])[1 + (n / 20) % cardinality($2::text[])],
      'PERSON', '139' || lpad(((n::bigint * 6971) % 100000000)::text, 8, '0')
    from generate_series(1, $4::int) n`,
  'plates and companies': extras,
  households: `
    insert into residency (${aggregate}, building_id, unit_id, resident_id, relation, starts_on)
    select $1, uuidv7(), 1, now(), now(), u.community_id, u.building_id, u.id, r.id, (array['FAMILY', 'TENANT', 'FAMILY', 'CONTACT'])[1 + r.n % 4], date '2022-06-01' + (r.n % 900)::int
    from (select id, row_number() over (order by id) n from resident where organisation_id = $1 and phone like '139%') r
    join (select *, row_number() over (order by id) n from unit where organisation_id = $1) u on u.n = 1 + r.n % (select count(*) from unit where organisation_id = $1)`,
  'text to search and whom to call': `
    update resident r set search_text = resident_search_text(r, n.names), emergency_name = left(r.name, 1) || '女士', emergency_phone = '137' || right(r.phone, 8)
    from (
      select r.id, string_agg(distinct u.full_name, E'\\n') names from resident r left join residency y on y.resident_id = r.id left join unit u on u.id = y.unit_id
      where r.organisation_id = $1 group by 1) n
    where n.id = r.id`,
  accounts: `
    insert into ledger_account (organisation_id, community_id, type, unit_id, fee_kind, method)
    select $1, community_id, 'RECEIVABLE', id, 'MANAGEMENT', null from unit where organisation_id = $1
    union all select $1, ${place}, 'REVENUE', null, 'MANAGEMENT', null
    union all select $1, ${place}, 'MONEY', null, null, 'WECHAT'`,
  fees: `
    insert into fee (${aggregate}, number, building_id, unit_id, kind, status, period_from, period_to, due_on, amount)
    select $1, uuidv7(), 1, at, at, community_id, 'FY-' || to_char(at, 'YYYYMMDD') || '-' || lpad(row_number() over (partition by month order by id)::text, 6, '0'),
      building_id, id, 'MANAGEMENT', case when month > 2 then 'SETTLED' else 'ISSUED' end, at::date, (at + interval '1 month - 1 day')::date, (at + interval '15 days')::date, (area * 250)::bigint
    from (select u.*, month, date_trunc('month', now()) - month * interval '1 month' + u.floor * interval '1 minute' as at
          from unit u, generate_series(1, 8) month where u.organisation_id = $1) m`,
  payments: `
    insert into payment (${aggregate}, number, receipt_number, building_id, unit_id, method, amount, status, received_at)
    select $1, uuidv7(), 1, at, at, community_id, 'SK-' || fee, 'SJ-' || fee, building_id, unit_id, 'WECHAT', amount, 'POSTED', at
    from (select f.*, f.number as fee, f.created_at + interval '10 days' as at from fee f where organisation_id = $1 and status = 'SETTLED') f`,
  entries: `
    insert into ledger_entry (organisation_id, id, community_id, kind, payment_id, business_on, actor_id, at)
    select $1, id, community_id, 'CHARGE', null::uuid, due_on, id, created_at from fee where organisation_id = $1
    union all select $1, id, community_id, 'PAYMENT', id, received_at::date, id, received_at from payment where organisation_id = $1`,
  postings: `
    with account as (select * from ledger_account where organisation_id = $1),
      paid as (select f.id as fee, p.id, f.unit_id, f.amount from fee f join payment p on p.number = 'SK-' || f.number where f.organisation_id = $1 and p.organisation_id = $1)
    insert into ledger_posting (organisation_id, entry_id, account_id, fee_id, amount)
    select $1, f.id, a.id, f.id, f.amount from fee f join account a on a.unit_id = f.unit_id where f.organisation_id = $1
    union all select $1, f.id, a.id, f.id, -f.amount from fee f join account a on a.type = 'REVENUE' where f.organisation_id = $1
    union all select $1, p.id, a.id, p.fee, -p.amount from paid p join account a on a.unit_id = p.unit_id
    union all select $1, p.id, a.id, null, p.amount from paid p join account a on a.type = 'MONEY'`,
  keys: `
    insert into key (${aggregate}, building_id, unit_id, number, opens, board_place, status)
    select $1, uuidv7(), 1, now(), now(), h.community_id, h.building_id, h.id, 'K-' || lpad(h.n::text, 6, '0') || '-' || k,
      (array['入户门','水表间'])[k], 'A-' || 1 + h.n % 99, 'ACTIVE'
    from ${homes} h, generate_series(1, 2) k`,
  'copies of keys': `
    insert into key_copy (${aggregate}, building_id, key_id, copy_number, label, state, search_text)
    select $1, uuidv7(), 1, now(), now(), community_id, building_id, id, 1, number || '/1', 'ON_BOARD', lower(concat_ws(' ', number || '/1', opens, board_place))
    from key where organisation_id = $1`,
  'loans of keys': `
    insert into key_loan (${aggregate}, building_id, key_id, copy_id, unit_id, label, borrower_kind, borrower_name, verification, verified_by, consent_by, consent_way, purpose, status, due_at, returned_at)
    select $1, uuidv7(), 1, at, at + interval '2 hours', k.community_id, k.building_id, k.id, c.id, k.unit_id, c.label || ' 工程师1', 'STAFF', '工程师1', 'STAFF_BADGE', 'bench',
      h.owner, case when h.owner is not null then 'PHONE' end, '检修', 'RETURNED', at + interval '4 hours', at + interval '2 hours'
    from (select *, now() - (30 + n % 300) * interval '1 day' as at from ${homes} h) h
    join key k on k.unit_id = h.id and k.opens = '入户门' join key_copy c on c.key_id = k.id`,
  calls: `
    insert into call_record (${aggregate}, exchange_id, direction, line, phone, status, staff_id, ring_at, answered_at, ended_at, rings, ring_target, settle_target, outcome, resident_id, unit_id)
    select $1, uuidv7(), 1, at, at, h.community_id, 'bench-' || h.n || '-' || k, 'INBOUND', '客服热线', h.phone, 'ENDED', s.id,
      at, at + interval '6 seconds', at + interval '2 minutes', 2, 3, 180, 'SETTLED', h.owner_id, h.id
    from (select *, now() - (k * 100 + n % 90) * interval '1 day' - n % 500 * interval '1 minute' as at from ${homes} h, generate_series(1, 2) k) h
    join (select id, row_number() over (order by name) - 1 as place from staff where organisation_id = $1) s on s.place = h.n % 12`,
  permits: `
    insert into renovation_permit (${aggregate}, building_id, unit_id, number, status, applicant_id, applicant_name, contractor_name, contractor_licence, contractor_grade, scope, hot_work,
      starts_on, ends_on, papers, round, inspection_round, issued_at, search_text)
    select $1, uuidv7(), 1, at, at + interval '90 days', h.community_id, h.building_id, h.id, permit, 'CLOSED', h.owner_id, coalesce(h.owner, '开发商'), contractor, '91440300' || lpad(n::text, 10, '0'), 2, '厨卫翻新', false,
      (at + interval '7 days')::date, (at + interval '67 days')::date,
      '{OWNER_CONSENT,PLAN_DRAWING,ELECTRICAL_DRAWING,PLUMBING_DRAWING,CONTRACT,CONTRACTOR_LICENCE,CONTRACTOR_QUALIFICATION,WORKER_IDS,MATERIALS,INSURANCE,PLEDGES}',
      1, 1, at + interval '5 days', lower(concat_ws(' ', permit, full_name, contractor))
    from (select h.*, at, 'ZX-' || to_char(at, 'YYYYMMDD') || '-' || lpad(n::text, 6, '0') as permit, '宏达装饰' as contractor
          from ${homes} h, lateral (select now() - (200 + n % 400) * interval '1 day' as at) t where n % 10 = 0) h`,
  // Of no building or unit: for the whole community. Without an end it is in force whenever the benchmark runs.
  notices: `
    insert into notice (${aggregate}, kind, sudden, title, content, starts_at, status, published_at)
    select $1, uuidv7(), 1, now(), now(), id, 'GENERAL', false, '冬季用电安全提示', '请勿在楼道为电动车充电，离家请关闭电源。', now(), 'PUBLISHED', now()
    from community where organisation_id = $1`,
};

/** Where tickets come from: the units in order, each with its owner. */
export const places = `
  create unlogged table bench_place as
  select u.id, u.community_id, u.building_id, y.resident_id, r.name, row_number() over (order by u.id) - 1 as place, count(*) over () as count
  from unit u left join residency y on y.unit_id = u.id and y.relation = 'OWNER' left join resident r on r.id = y.resident_id
  where u.organisation_id = $1`;

/** As the demo's, over two years; the newest half percent is open. The kind moves on with each round over the units, so that each has all. `$1` the organisation, `$2` how many in all, `$3` and `$4` which now. */
export const tickets = `
  with made as (
    insert into ticket (${aggregate}, building_id, unit_id, reporter_id, reporter_name, number, kind, channel, category, title, description, urgent, read_back,
      status, department, assignee_id, received_at, confirmed_at, dispatched_at, done_at, closed_at, resolution, satisfaction)
    select $1, uuidv7(make_interval(secs => -extract(epoch from now() - t.at))), 1, t.at, t.at, u.community_id, u.building_id, u.id, u.resident_id, u.name,
      t.series || '-' || to_char(t.at, 'YYYYMMDD') || '-' || lpad(t.n::text, 8, '0'),
      t.kind, (array['HOTLINE','FRONT_DESK','WECHAT','STEWARD'])[1 + t.n % 4],
      (array['给排水','供电','门窗','噪音','收费'])[1 + t.m % 5], (array['水管漏水','跳闸断电','门锁损坏','噪音扰民','费用咨询'])[1 + t.m % 5], '演示数据 ' || t.n, t.n % 11 = 0, true,
      case when t.open then (array['RECEIVED','CONFIRMED','DISPATCHED','DISPATCHED'])[1 + t.n % 4] else 'CLOSED' end,
      case when t.open and t.n % 4 < 2 then null else (array['ENGINEERING','CUSTOMER_SERVICE','SECURITY'])[1 + t.n % 3] end, s.id,
      t.at, t.at + interval '4 minutes', t.at + interval '15 minutes',
      case when t.open then null else t.at + interval '3 hours' end, case when t.open then null else t.at + interval '1 day' end,
      case when t.open then null else '已处理完毕。' end, case when t.open then null else 3 + t.n % 3 end
    from (
      select n, m, now() - make_interval(secs => (n::float8 / $2::int) * 63072000) - interval '1 minute' as at, n <= greatest(50, $2::int / 200) as open,
        case when m % 5 = 3 then 'COMPLAINT' when m % 5 = 4 then 'INQUIRY' when m % 10 = 7 then 'DEFECT' else 'REPAIR_UNIT' end as kind,
        case when m % 5 = 3 then 'TS' when m % 5 = 4 then 'ZX' when m % 10 = 7 then 'QX' else 'WX' end as series
      from generate_series($3::int, $4::int) n, lateral (select (n + n / (select count from bench_place limit 1))::int as m) k) t
    join bench_place u on u.place = (t.n::bigint * 31) % (select count from bench_place limit 1)
    join (select id, row_number() over (order by name) - 1 as place from staff where organisation_id = $1) s on s.place = t.n % 12
    returning organisation_id, community_id, building_id, id, created_at)
  insert into history (id, organisation_id, community_id, building_id, type, subject_type, subject_id, changes, actor_id, actor_kind, actor_name, at)
  select uuidv7(), organisation_id, community_id, building_id, 'ticket.created', 'ticket', id, '[]', id, 'SYSTEM', 'bench', created_at from made`;
