import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { look, staffed } from './life.seed.ts';
import { move, ticket, untilDone } from './tickets.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

test.each(['drawn by hand', '<svg onload="alert(1)">', `M${'0 '.repeat(10_001)}`, 'M1 1 url(javascript:x)'])(
  'what is no drawing is refused as a signature: %.30s (T-10)',
  async (signature) => {
    const crew = await staffed(await world.organisation());
    const at = await untilDone(await ticket(crew.org, crew.clerk), crew);
    const { userErrors } = await move(crew.plumber, at, 'signOff', {
      satisfied: true,
      signature,
      signerName: '王',
    });
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['signature'] }]);
    expect((await look(crew.clerk, at.id, 'status signatures { totalCount }')) as object).toEqual({
      status: 'DONE',
      signatures: { totalCount: 0 },
    });
  },
);
