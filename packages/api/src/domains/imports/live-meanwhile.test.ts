import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { bringIn } from '../../../test/imports/bring-in.ts';
import { cleanFiles, fileOf } from '../../../test/imports/files.ts';

let world: World;
cleanFiles();
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

interface Horizon {
  horizon: bigint;
  given: bigint;
}

test('a long import holds back nobody: what others commit meanwhile is final at once, its own events come with its commit', async () => {
  const org = await world.organisation();
  const { owner } = world.app.db;
  const community = (await org.community()).id;
  const rows = Array.from({ length: 2_500 }, (_, index) => `1栋,${index + 1},80`);
  const look = async (): Promise<Horizon> => {
    const { rows: found } = await owner.query<{ horizon: string; given: string }>(
      'select * from event_horizon()',
    );
    return { horizon: BigInt(found[0]?.horizon ?? 0), given: BigInt(found[0]?.given ?? 0) };
  };
  const units = async (): Promise<number> => {
    const { rows: found } = await owner.query<{ n: number }>(
      `select count(*)::int as n from event where organisation_id = $1 and type = 'unit.created'`,
      [org.uuid],
    );
    return found[0]?.n ?? 0;
  };
  let meanwhile: Promise<{ before: Horizon; after: Horizon }> | undefined;
  const outcome = await bringIn(world, org, 'units', {
    path: fileOf(`楼栋,房号,建筑面积\n${rows.join('\n')}\n`),
    community,
    onProgress: ({ percent, done, total }) => {
      // The first of five chunks is written, in the import's transaction.
      if (percent <= 50 || total === null || done >= total) return;
      meanwhile ??= (async () => {
        const before = await look();
        await org.building();
        return { before, after: await look() };
      })();
    },
  });
  expect(outcome).toMatchObject({ status: 'DONE', created: 2_500 });
  const { before, after } = (await meanwhile) ?? {};
  expect(before?.horizon).toBe(before?.given);
  expect(after?.horizon).toBeGreaterThan(before?.horizon ?? 0n); // the building's events are final
  expect(await units()).toBe(2_500);
}, 90_000);
