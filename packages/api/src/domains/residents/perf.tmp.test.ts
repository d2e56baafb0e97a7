import { test } from 'vitest';
import { startWorld } from '../../../test/harness/world.ts';
test('perf', async () => {
  const world = await startWorld();
  const org = await world.organisation();
  const building = await org.building({ name: '3栋' });
  const cid = world.app.uuidOf(building.community.id), bid = world.app.uuidOf(building.id);
  const { owner } = world.app.db;
  const t = async (what: string, f: () => Promise<unknown>) => { const s = performance.now(); const r = await f(); console.log(what, Math.round(performance.now() - s), 'ms', r ?? ''); };
  const surn = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗'.split('').map((c) => `'${c}'`).join();
  await t('units 100k', () => owner.query(`insert into unit (organisation_id,id,version,created_at,updated_at,community_id,building_id,number,full_name,kind,status) select $1,uuidv7(),1,now(),now(),$2,$3,i::text,'3栋-'||i,'RESIDENCE','VACANT' from generate_series(1,100000) i`, [org.uuid, cid, bid]).then(() => undefined));
  const ins = (from: number, to: number) => owner.query(`insert into resident (organisation_id,id,version,created_at,updated_at,community_id,name,pinyin,kind,phone,plates,external_key) select $1,uuidv7(),1,now(),now(),$2,(array[${surn}])[1+i%20]||chr(20000+i*31%3000)||chr(24000+i/7%3000),(array['wang','li','zhang','liu','chen'])[1+i%5]||' '||(array['wei','fang','na','min','jing','qiang'])[1+i%6]||' '||(array['ming','hua','li'])[1+i%3],'PERSON',(13000000000+i*7919)::text,'京A'||lpad(i::text,5,'0'),i::text from generate_series(${from},${to}) i`, [org.uuid, cid]).then(() => undefined);
  await t('residents 2k', () => ins(1, 2000));
  await t('text of 2k', () => owner.query('select max(length(resident_search_text(r, null))) from resident r').then(() => undefined));
  await t('units of 2k', () => owner.query('select max(length(resident_units(r))) from resident r').then(() => undefined));
  await t('residents 98k', () => ins(2001, 100000));
  const res = (from: number, to: number) => owner.query(`insert into residency (organisation_id,id,version,created_at,updated_at,community_id,building_id,unit_id,resident_id,relation,share,starts_on) select r.organisation_id,uuidv7(),1,now(),now(),r.community_id,u.building_id,u.id,r.id,'OWNER',100,'2020-01-01' from resident r join unit u on u.organisation_id=r.organisation_id and u.number=r.external_key where r.external_key::int between ${from} and ${to}`).then(() => undefined);
  for (let i = 0; i < 10; i++) await t('residencies 2k', () => res(1 + i * 2000, 2000 + i * 2000));
  await t('residencies 20k', () => res(20001, 40000));
  await t('residencies 60k', () => res(40001, 100000));
  await owner.query('analyze');
  console.log((await owner.query(`select search_text from resident where external_key='1502'`)).rows, (await owner.query(`select pg_size_pretty(pg_relation_size('resident_search'))`)).rows);
  for (const search of ['王', '栋', 'zs', 'wwm', 'zhang', 'wangwei', '3栋-1502', '京a01502', '1502', '13000007919', '无此人', 'xyz', 'x', '王 1502', 'zhang wei ming'])
    for (let i = 0; i < 3; i++) await t(search, async () => (await org.admin.query('query($s:String){residents(first:20,filter:{search:$s}){nodes{name phone residencies{nodes{relation unit{fullName}}}} totalCount totalCountPrecision}}', { s: search })).residents.totalCount);
  for (let i = 0; i < 3; i++) await t('no search', async () => (await org.admin.query('query{residents(first:20){nodes{name phone residencies{nodes{relation unit{fullName}}}} totalCount totalCountPrecision}}')).residents.totalCount);
  const { rows } = await owner.query('select id from unit limit 1');
  await t('unit update', () => owner.query(`update unit set under_renovation = true where id='${rows[0].id}'`).then(() => undefined));
  await world.close();
}, 200000);
