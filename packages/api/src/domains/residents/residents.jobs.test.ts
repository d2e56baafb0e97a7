import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, unique, type World } from '../../../test/harness/world.ts';
import { businessDate } from '../../platform/clock.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test('who moved out is not found by the unit any more from the next day on, though nobody touched the file (U-6)', async () => {
  const org = await world.organisation();
  const unit = await org.unit({ number: unique('单元') });
  const name = unique('住户');
  const { resident } = await org.admin.mutate(
    'residentCreate',
    { community: unit.community.id, name },
    'resident { id }',
  );
  const { userErrors } = await org.admin.mutate(
    'residencyCreate',
    {
      unit: unit.id,
      resident: resident.id,
      relation: 'TENANT',
      startsOn: '2025-01-01',
      endsOn: businessDate(world.clock.now(), 'Asia/Shanghai'),
    },
    'residency { id }',
  );
  expect(userErrors).toEqual([]);
  const found = async () =>
    (
      await org.admin.query(
        'query($text: String!) { residents(filter: { search: $text }) { nodes { id } } }',
        {
          text: unit.fullName,
        },
      )
    ).residents.nodes;

  expect(await world.runJob('resident.forgetUnits')).toBe(0);
  expect(await found()).toEqual([{ id: resident.id }]);
  world.clock.advance({ days: 1 });
  expect(await world.runJob('resident.forgetUnits')).toBe(1);
  expect(await found()).toEqual([]);
  expect(await world.runJob('resident.forgetUnits')).toBe(0);
});
