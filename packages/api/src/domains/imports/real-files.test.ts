import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { bringIn, told } from '../../../test/imports/bring-in.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const file = (name: string) => fileURLToPath(new URL(`../../../test/data/${name}`, import.meta.url));
const counts = ({
  total,
  created,
  updated,
  unchanged,
  skipped,
  failed,
  status,
}: Awaited<ReturnType<typeof bringIn>>) => ({ total, created, updated, unchanged, skipped, failed, status });

describe('real files, without a mapping', { timeout: 90_000 }, () => {
  test('3,000 flats of Beijing become 2,928 units of 1,523 estates; 72 rows that repeat others are skipped', async () => {
    const org = await world.organisation();
    const community = (await org.community()).id;
    const path = file('beijing-flats.csv');
    const first = await bringIn(world, org, 'units', { path, community });
    expect(counts(first)).toEqual({
      total: 3000,
      created: 2928,
      updated: 0,
      unchanged: 0,
      skipped: 72,
      failed: 0,
      status: 'DONE',
    });
    expect(first.problems).toHaveLength(72);
    expect(first.problems.every((problem) => problem.severity === 'SKIPPED')).toBe(true);
    expect(first.problems[0] && told(first.problems[0])).toBe(
      '87 | SKIPPED | repeats row 56 word for word; skipped',
    );

    const { rows } = await world.app.db.owner.query(
      `select count(*)::int as units, count(distinct building_id)::int as buildings, sum(area)::text as area,
         count(*) filter (where floor is not null)::int as floors from unit where organisation_id = $1`,
      [org.uuid],
    );
    // The file has a band and the storeys of the house, but no floor: none is invented.
    expect(rows).toEqual([{ units: 2928, buildings: 1523, area: '166676.00', floors: 0 }]);
    const data = await org.admin.query(
      `{ units(filter: { search: "高井-1", number: { eq: "1" }, area: { eq: "59" } }) { nodes { number area layout orientation kind status note building { name }
           history(first: 5) { nodes { type reason actor { name } } } } } }`,
    );
    expect(data.units.nodes).toEqual([
      {
        number: '1',
        area: '59.00',
        layout: '2室1厅1卫',
        orientation: '南 北',
        kind: 'RESIDENCE',
        status: 'VACANT',
        note: '整租·高井2室1厅南/北；楼层：低楼层（6层）；城区：石景山；区域：石景山其它；月租（元）：3300',
        building: { name: '高井' },
        history: { nodes: [{ type: 'unit.created', reason: 'file.csv#2', actor: { name: 'test' } }] },
      },
    ]);

    const again = await bringIn(world, org, 'units', { path, community });
    expect(counts(again)).toEqual({
      total: 3000,
      created: 0,
      updated: 0,
      unchanged: 2928,
      skipped: 72,
      failed: 0,
      status: 'DONE',
    });
    const events = await world.app.db.owner.query(
      'select type, count(*)::int as n from event where organisation_id = $1 group by type order by type',
      [org.uuid],
    );
    expect(events.rows).toEqual([
      { type: 'building.created', n: 1523 },
      { type: 'community.created', n: 1 },
      { type: 'unit.created', n: 2928 },
    ]);
  });

  test('2,000 service requests of New York become 2,000 tickets; two closing times of open ones are left out', async () => {
    const org = await world.organisation();
    const community = (await org.community()).id;
    const path = file('service-requests.csv');
    const first = await bringIn(world, org, 'tickets', { path, community });
    expect(counts(first)).toEqual({
      total: 2000,
      created: 2000,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      failed: 0,
      status: 'DONE',
    });
    expect(first.problems.map(told)).toEqual([
      '1074 | NOTICE | Closed Date | 11/02/2011 12:00:00 PM | the ticket has not ended; its time of ending was left out',
      '1604 | NOTICE | Closed Date | 01/01/1900 12:00:00 AM | the ticket has not ended; its time of ending was left out',
    ]);
    const { rows } = await world.app.db.owner.query(
      `select status, count(*)::int as n, count(closed_at)::int as closed from ticket where organisation_id = $1 group by status order by status`,
      [org.uuid],
    );
    expect(rows).toEqual([
      { status: 'CLOSED', n: 1956, closed: 1956 },
      { status: 'DISPATCHED', n: 20, closed: 0 },
      { status: 'RECEIVED', n: 24, closed: 0 },
    ]);
    const data = await org.admin.query(
      `{ tickets(filter: { externalKey: { in: ["19937896", "19937901"] } }, orderBy: { field: NUMBER, direction: ASC }) {
           nodes { number kind channel title category location receivedAt closedAt resolution description } } }`,
    );
    expect(data.tickets.nodes).toEqual([
      expect.objectContaining({
        number: 'WX-20110301-0001',
        kind: 'REPAIR_PUBLIC',
        location: '186 25 STREET, BROOKLYN, 11232',
        receivedAt: '2011-03-01T15:41:13.000Z',
        // Summer time began between the two.
        closedAt: '2011-03-15T20:14:19.000Z',
      }),
      expect.objectContaining({
        number: 'ZX-20110302-0001',
        kind: 'INQUIRY',
        channel: 'HOTLINE',
        title: 'DOF Property - Payment Issue – Misapplied Payment',
        category: 'DOF Property - Payment Issue',
        resolution: 'The Department of Finance resolved this issue.',
        description: expect.stringContaining('BBL: 1019820050'),
      }),
    ]);
    const texts = await world.app.db.owner.query(
      `select count(*)::int as n from ticket where organisation_id = $1 and E'\\n' || title || E'\\n' || description ~ '(\\n|: |– )(N/A|Unspecified)(\\n|$)'`,
      [org.uuid],
    );
    expect(texts.rows).toEqual([{ n: 0 }]);

    const again = await bringIn(world, org, 'tickets', { path, community });
    expect(counts(again)).toEqual({
      total: 2000,
      created: 0,
      updated: 0,
      unchanged: 2000,
      skipped: 0,
      failed: 0,
      status: 'DONE',
    });
  });
});
