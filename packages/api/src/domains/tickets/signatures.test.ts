import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { done, look, staffed } from './life.seed.ts';
import { accepted, drawn, move, ticket, untilDone, walk } from './tickets.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const asked = { code: 'SIGNATURE_REQUIRED', field: ['signature'], rule: 'T-10' };

test('accepted work in a unit is signed for, or the record says why nobody did: on the ticket and in its rounds (T-10)', async () => {
  const crew = await staffed(await world.organisation());
  const { org, clerk, plumber } = crew;
  const at = await untilDone(await ticket(org, clerk), crew);
  for (const more of [{}, { signerName: '李女士' }, { unsignedReason: '  ' }])
    expect((await move(plumber, at, 'signOff', { satisfied: true, ...more })).userErrors).toMatchObject([
      asked,
    ]);
  expect(await look(clerk, at.id, 'status signatures { totalCount }')).toEqual({
    status: 'DONE',
    signatures: { totalCount: 0 },
  });
  const away = { satisfied: true, signerName: '李女士', unsignedReason: '纸质维修单已签字' };
  const { ticket: signed } = await move(plumber, at, 'signOff', away);
  const seen = 'unsignedReason signatures { nodes { purpose signerName drawing } }';
  expect(await look(clerk, at.id, seen)).toEqual({
    unsignedReason: '纸质维修单已签字',
    signatures: { nodes: [{ purpose: 'SIGN_OFF', signerName: '李女士', drawing: null }] },
  });
  const again = await walk(signed, [
    [clerk, 'rework', { reason: '又漏了' }],
    [plumber, 'accept'],
    [plumber, 'arrive'],
    [plumber, 'finish', { resolution: '换管' }],
    [plumber, 'signOff', { ...accepted, unsignedReason: '作废' }],
  ]);
  expect(await look(clerk, again.id, 'unsignedReason rounds { nodes { unsignedReason } }')).toEqual({
    unsignedReason: null,
    rounds: { nodes: [{ unsignedReason: '纸质维修单已签字' }] },
  });
});

test('where no resident could sign nobody is asked to: in a public area (T-10)', async () => {
  const crew = await staffed(await world.organisation());
  const { org, clerk, plumber } = crew;
  const { id, community } = await org.unit();
  const lamp = { kind: 'REPAIR_PUBLIC', community: community.id, location: '大堂' };
  const at = await untilDone(await ticket(org, clerk, lamp), crew);
  const { ticket: signed } = await move(plumber, at, 'signOff', { satisfied: true });
  expect(signed.status).toBe('SIGNED_OFF');
  // Made a repair of a unit afterwards, somebody should have signed.
  const moved = { id: signed.id, version: signed.version, kind: 'REPAIR_UNIT', unit: id };
  expect((await clerk.mutate('ticketUpdate', moved, 'ticket { id }')).userErrors).toMatchObject([asked]);
});

test('the database takes no sign-off of a unit without one or the other, whoever writes (T-10)', async () => {
  const crew = await staffed(await world.organisation());
  const at = await untilDone(await ticket(crew.org, crew.clerk), crew);
  const { owner } = world.app.db;
  const write = (column: string) =>
    owner.query(
      `update ticket set signed_off_at = now(), status = 'SIGNED_OFF' ${column} where number = $1`,
      [at.number],
    );
  await expect(write('')).rejects.toMatchObject({ constraint: 'ticket_signed' });
  await write(`, unsigned_reason = '住户外出'`);
});

test('a signature drawn for the price signs no work order (T-10, T-15)', async () => {
  const crew = await staffed(await world.organisation());
  const { org, clerk, plumber } = crew;
  const at = await walk(await ticket(org, clerk), [
    [clerk, 'confirm'],
    [clerk, 'dispatch', { department: 'ENGINEERING', assignee: plumber.staffId }],
    [plumber, 'accept'],
    [plumber, 'arrive'],
  ]);
  const quote = await done(
    plumber,
    'ticketQuoteCreate',
    { ticket: at.id, content: '换件', price: 900 },
    'ticketQuote { id version }',
  );
  const answer = { id: quote.id, version: quote.version, words: '好', signerName: '李', signature: drawn };
  await done(plumber, 'ticketQuoteAccept', answer, 'ticketQuote { id }');
  const now = await look(clerk, at.id, 'id version number status');
  const { ticket: finished } = await move(plumber, now, 'finish', { resolution: '好' });
  expect((await move(plumber, finished, 'signOff', { satisfied: true })).userErrors).toMatchObject([asked]);
});

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
