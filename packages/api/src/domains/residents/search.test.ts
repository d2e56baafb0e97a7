import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type TestOrganisation, type World } from '../../../test/harness/world.ts';
import { newUuid } from '../../platform/ids.ts';
import { pinyinOf, searchedText } from './search.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

async function found(org: TestOrganisation, search: string): Promise<string[]> {
  const { residents } = await org.admin.query(
    'query($search: String) { residents(filter: { search: $search }) { nodes { name } } }',
    { search },
  );
  return residents.nodes.map((node: { name: string }) => node.name);
}

async function enter(org: TestOrganisation, community: string, fields: object) {
  const payload = await org.admin.mutate(
    'residentCreate',
    { community, ...fields },
    'resident { id version }',
  );
  expect(payload.userErrors).toEqual([]);
  return payload.resident;
}

async function desk() {
  const org = await world.organisation();
  const building = await org.building({ name: '3栋' });
  const unit = await org.unit({ building: building.id, number: '1502' });
  const community = unit.community.id;
  const shan = await enter(org, community, {
    name: '单雄信',
    phone: '13812341234',
    secondPhone: '010-62345678',
    plates: '京A·88K66, 京B12345',
  });
  await enter(org, community, { name: '重庆鲁能物业有限公司', kind: 'COMPANY', phone: '02368881111' });
  await enter(org, community, { name: '吕布', phone: '13900009999' });
  const tie = (input: object) =>
    org.admin.mutate(
      'residencyCreate',
      { unit: unit.id, resident: shan.id, relation: 'TENANT', startsOn: '2020-01-01', ...input },
      'residency { id version }',
    );
  return { org, building, unit, community, shan, tie };
}

describe('while the phone rings a resident is found by', () => {
  const cases = {
    'part of the name': '雄信',
    'a single character': '单',
    'pinyin, the surname read as one': 'shanxiongxin',
    'pinyin in syllables': 'Shan Xiong',
    initials: 'sxx',
    'the last digits of the phone': '1234',
    'the whole phone': '13812341234',
    'the whole phone as it is written down': '+86 138 1234-1234',
    'the second phone': '010-62345678',
    plate: '京a88k66',
    'plate with its dot': '京A·88K66',
    'the unit': '3栋-1502',
    'the unit and the name': '1502 单',
  };
  for (const [what, search] of Object.entries(cases))
    test(what, async () => {
      const { org, tie } = await desk();
      await tie({});
      expect(await found(org, search)).toEqual(['单雄信']);
    });

  test('the name of a company, read as words', async () => {
    const { org } = await desk();
    for (const search of ['鲁能', 'chongqing', 'cqlnwyyxgs'])
      expect(await found(org, search)).toEqual(['重庆鲁能物业有限公司']);
  });

  test('nothing that a mask hides: no middle digits, no document numbers, no wildcards', async () => {
    const { org } = await desk();
    for (const search of ['81234', '138123', '1381234123', '0106', '%', '_', 'A%', 'dan'])
      expect(await found(org, search)).toEqual([]);
  });
});

describe('the searched text follows', () => {
  test('name, phone and plates', async () => {
    const { org, shan } = await desk();
    await org.admin.mutate(
      'residentUpdate',
      { ...shan, name: '秦琼', phone: '13700005555', plates: null },
      'resident { id }',
    );
    for (const search of ['qinqiong', 'qq', '5555', '13700005555'])
      expect(await found(org, search)).toEqual(['秦琼']);
    for (const search of ['雄信', 'sxx', '13812341234', '88k66'])
      expect(await found(org, search)).toEqual([]);
  });

  test('residencies as they begin, end and are taken back', async () => {
    const { org, tie } = await desk();
    expect(await found(org, '1502')).toEqual([]);
    const { residency } = await tie({});
    expect(await found(org, '1502')).toEqual(['单雄信']);
    await org.admin.mutate('residencyEnd', { ...residency, endsOn: '2021-01-01' }, 'residency { id }');
    expect(await found(org, '1502')).toEqual([]);
    await org.admin.mutate(
      'residencyUpdate',
      { id: residency.id, version: 2, endsOn: null },
      'residency { id }',
    );
    expect(await found(org, '1502')).toEqual(['单雄信']);
    await world.app.db.owner.query('delete from residency where id = $1', [world.app.uuidOf(residency.id)]);
    expect(await found(org, '1502')).toEqual([]);
  });

  test('the names of units and buildings, and leaves version and history of the resident alone', async () => {
    const { org, tie, unit, building, shan } = await desk();
    await tie({});
    await org.admin.mutate('unitUpdate', { id: unit.id, version: 1, number: '1503' }, 'unit { id }');
    expect([await found(org, '1502'), await found(org, '1503')]).toEqual([[], ['单雄信']]);
    await org.admin.mutate(
      'buildingUpdate',
      { id: building.id, version: 1, name: '梅园' },
      'building { id }',
    );
    expect([await found(org, '3栋'), await found(org, '梅园-1503')]).toEqual([[], ['单雄信']]);
    const { resident } = await org.admin.query('query($id: ID!) { resident(id: $id) { version } }', {
      id: shan.id,
    });
    expect(resident.version).toBe(shan.version);
  });
});

test('a search sees no other organisation and no other community', async () => {
  const { org, community, unit } = await desk();
  expect(await found(await world.organisation(), '单雄信')).toEqual([]);
  const { id: elsewhere } = await org.community();
  const query = '{ residents(filter: { search: "单雄信" }) { nodes { name } } }';
  const outsider = await org.as('FRONT_DESK', { community: elsewhere });
  expect((await outsider.query(query)).residents.nodes).toEqual([]);
  const insider = await org.as('STEWARD', { community, buildings: [unit.building.id] });
  expect((await insider.query(query)).residents.nodes).toHaveLength(1);
});

test('among 5,000 residents words of any script are found through the index, behind row-level security', async () => {
  const { org, community } = await desk();
  const { owner } = world.app.db;
  await seedResidents(world, org.uuid, world.app.uuidOf(community), 5_000);
  // A connection reports what it used with its next statement, at most once a second.
  const uses = async (): Promise<number> => {
    await org.admin.query('{ residents(first: 1) { nodes { id } } }');
    const { rows } = await owner.query(
      `select idx_scan from pg_stat_user_indexes where indexrelname = 'resident_search'`,
    );
    return Number(rows[0].idx_scan);
  };
  for (const search of ['雄信', 'shanxiong', '13812341234']) {
    const before = await uses();
    expect(await found(org, search)).toEqual(['单雄信']);
    await expect.poll(uses, { timeout: 10_000, interval: 200 }).toBeGreaterThan(before);
  }
  // Initials are typed two letters at a time, and a surname is one character.
  for (const word of ['雄信', 'sx', '单']) {
    const plan = await owner.query(
      'explain select id from resident where organisation_id = $1 and search_grams(search_text) @@ word_grams($2)',
      [org.uuid, [word]],
    );
    expect(plan.rows.map((row) => row['QUERY PLAN']).join()).toContain(
      'Bitmap Index Scan on resident_search',
    );
  }
});

test('words of all, some and few rows answer the same rows in small and large pages', async () => {
  const { org, community } = await desk();
  await seedResidents(world, org.uuid, world.app.uuidOf(community), 5_000);
  const page = async (search: string, first: number, after: string | null) => {
    const { residents } = await org.admin.query(
      'query($search: String, $first: Int, $after: String) { residents(first: $first, after: $after, filter: { search: $search }) { totalCount nodes { id } pageInfo { endCursor } } }',
      { search, first, after },
    );
    return residents;
  };
  for (const [search, count] of [
    ['zhang', 5_000],
    ['zhangci', 193],
    ['cidang', 8],
    ['cidang 13000000080', 1],
  ] as const) {
    const whole = await page(search, 100, null);
    expect([search, whole.totalCount]).toEqual([search, count]);
    const rows: string[] = [];
    for (let after: string | null = null, at = 0; at < 6; at += 1) {
      const part: { totalCount: number; nodes: { id: string }[]; pageInfo: { endCursor: string } } =
        await page(search, 3, after);
      expect(part.totalCount).toBe(count);
      rows.push(...part.nodes.map(({ id }) => id));
      after = part.pageInfo.endCursor ?? after;
    }
    const expected = whole.nodes.map(({ id }: { id: string }) => id);
    expect(rows.slice(0, count)).toEqual(expected.slice(0, 18));
  }
});

/** Residents with names of three characters, straight into the table as an import writes them. */
async function seedResidents(
  { app }: World,
  organisation: string,
  community: string,
  count: number,
): Promise<void> {
  await app.db.owner.query(
    `insert into resident (organisation_id, id, version, created_at, updated_at, community_id, name, pinyin, kind, phone)
     select $1, uuidv7(), 1, now(), now(), $2, chr(20000 + i % 3000) || chr(24000 + i / 7 % 3000) || chr(28000 + i % 1009),
            'zhang ' || chr(97 + i % 26) || 'i ' || chr(97 + i / 26 % 26) || 'ang', 'PERSON', (13000000000 + i)::text
     from generate_series(1, $3) i`,
    [organisation, community, count],
  );
  await app.db.owner.query('analyze resident');
}

describe('pinyin', () => {
  test('reads the first syllable of a person as a surname, and a company as words', () => {
    expect(pinyinOf('单雄信', 'PERSON')).toBe('shan xiong xin');
    expect(pinyinOf('曾乐', 'PERSON')).toBe('zeng le');
    expect(pinyinOf('欧阳娜娜', 'PERSON')).toBe('ou yang na na');
    expect(pinyinOf('重庆银行', 'COMPANY')).toBe('chong qing yin hang');
    expect(pinyinOf('单位', 'COMPANY')).toBe('dan wei');
  });

  test('writes ü as v and keeps letters, digits and foreign names', () => {
    expect(pinyinOf('吕布', 'PERSON')).toBe('lv bu');
    expect(pinyinOf('John  Smith', 'PERSON')).toBe('john smith');
    expect(pinyinOf('买买提·艾力', 'PERSON')).toBe('mai mai ti ai li');
    expect(pinyinOf('A1科技', 'COMPANY')).toBe('a1 ke ji');
  });
});

test('numbers that are no phones are searched as they are typed', () => {
  for (const typed of ['1502', '3栋-1502', '12-1-1502', '138123', '13812341234x'])
    expect(searchedText(typed)).toBe(typed);
  expect(searchedText('１５０２')).toBe('1502');
  expect(searchedText(newUuid())).not.toMatch(/[A-Z]/);
});
