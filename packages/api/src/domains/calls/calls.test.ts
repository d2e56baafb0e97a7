import { grants, roleNames } from '@desk/schema';
import { ringsIn } from '@desk/schema/calls/limits';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dweller, exchange } from '../../../test/harness/people.ts';
import {
  type Client,
  startWorld,
  type TestOrganisation,
  unique,
  type World,
} from '../../../test/harness/world.ts';
import { TestClock } from '../../platform/clock.ts';
import { report } from './calls.seed.ts';

const clock = new TestClock('2026-11-23T02:00:00Z');
let world: World;
beforeAll(async () => {
  world = await startWorld({}, clock);
});
afterAll(() => world.close());

interface Line {
  org: TestOrganisation;
  pbx: Client;
  community: string;
  unit: string;
  /** What every report of one call carries. */
  call: { community: string; exchangeId: string };
}

async function line(): Promise<Line> {
  const org = await world.organisation();
  const unit = await org.unit();
  const community = unit.community.id;
  const pbx = await exchange(world, org);
  return { org, pbx, community, unit: unit.id, call: { community, exchangeId: unique('x') } };
}

const at = (seconds: number) => new Date(Date.parse('2026-11-23T01:00:00Z') + seconds * 1000).toISOString();
const rows = async (org: TestOrganisation) =>
  (await org.admin.query('{ callRecords { totalCount } }')).callRecords.totalCount;

describe('a call pushed by a telephone system (U-6)', () => {
  test('holds ring, answer, end, who answered and what came of it', async () => {
    const { org, pbx, call, community, unit } = await line();
    const caller = await dweller(org, { community, unit });
    const clerk = await org.as('FRONT_DESK');
    const rang = await report(pbx, 'Ring', { ...call, at: at(0), phone: '+86 138-1234-5678', line: '95001' });
    expect(rang.userErrors).toEqual([]);
    expect(rang.callRecord).toMatchObject({
      status: 'RINGING',
      phone: '138****5678',
      line: '95001',
      ringTarget: 3,
      settleTarget: 180,
      answeredInTime: null,
      resident: { id: caller.id },
      unit: { id: unit },
    });
    const answered = await report(pbx, 'Answer', { ...call, at: at(9), staff: clerk.staffId });
    expect(answered.callRecord).toMatchObject({
      status: 'ANSWERED',
      rings: 2,
      answeredInTime: true,
      staff: { id: clerk.staffId },
    });
    const ended = await report(pbx, 'End', { ...call, at: at(9 + 181), outcome: 'SETTLED' });
    expect(ended.callRecord).toMatchObject({
      status: 'ENDED',
      talkSeconds: 181,
      endedInTime: false,
      outcome: 'SETTLED',
    });
  });

  test('is late when answered after the third ring, and missed when nobody answers (U-6)', async () => {
    const { pbx, call, community } = await line();
    await report(pbx, 'Ring', { ...call, at: at(0) });
    const late = await report(pbx, 'Answer', { ...call, at: at(8), rings: 4 });
    expect(late.callRecord).toMatchObject({ rings: 4, answeredInTime: false });
    const other = { community, exchangeId: unique('x') };
    await report(pbx, 'Ring', { ...other, at: at(0) });
    const missed = await report(pbx, 'End', { ...other, at: at(21) });
    expect(missed.callRecord).toMatchObject({
      status: 'MISSED',
      rings: 5,
      answeredInTime: false,
      talkSeconds: null,
      endedInTime: null,
    });
  });

  test('reported again, or 50 times at once, it is one call with one history (U-6)', async () => {
    const { org, pbx, call } = await line();
    const input = { ...call, at: at(0), phone: '13900001111' };
    const answers = await Promise.all(Array.from({ length: 50 }, () => report(pbx, 'Ring', input)));
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(answers.map(({ callRecord }) => callRecord.id)).size).toBe(1);
    const first = await report(pbx, 'Answer', { ...call, at: at(5) });
    const again = await report(pbx, 'Answer', { ...call, at: at(7) });
    expect(again.callRecord).toEqual(first.callRecord);
    await report(pbx, 'End', { ...call, at: at(60) });
    await report(pbx, 'End', { ...call, at: at(90) });
    expect(await rows(org)).toBe(1);
    const found = await org.admin.query(
      '{ callRecords { nodes { history(first: 20) { nodes { type } } } } }',
    );
    const { history } = found.callRecords.nodes[0];
    expect(history.nodes.map(({ type }: { type: string }) => type).sort()).toEqual([
      'callRecord.answer',
      'callRecord.created',
      'callRecord.end',
    ]);
  });

  test('the same id for another number is a mistake of the exchange', async () => {
    const { pbx, call } = await line();
    await report(pbx, 'Ring', { ...call, phone: '13900001111' });
    expect(await report(pbx, 'Ring', { ...call, phone: '13900002222' })).toMatchObject({
      callRecord: null,
      userErrors: [{ code: 'IDEMPOTENCY_MISMATCH', field: ['exchangeId'] }],
    });
  });

  test('an answer without a ring, an answer after the end, and times that cannot be are refused', async () => {
    const { pbx, call, community } = await line();
    const unknown = { community, exchangeId: 'never rang' };
    for (const what of ['Answer', 'End'] as const)
      expect((await report(pbx, what, unknown)).userErrors).toMatchObject([
        { code: 'NOT_FOUND', field: ['exchangeId'] },
      ]);
    await report(pbx, 'Ring', { ...call, at: at(0) });
    expect((await report(pbx, 'Answer', { ...call, at: at(-1) })).userErrors).toMatchObject([
      { code: 'VALIDATION', field: ['at'], rule: 'U-6' },
    ]);
    expect((await report(pbx, 'Answer', { ...call, at: '2026-11-23T03:00:00Z' })).userErrors).toMatchObject([
      { code: 'VALIDATION', field: ['at'] },
    ]);
    await report(pbx, 'End', { ...call, at: at(20) });
    expect((await report(pbx, 'Answer', { ...call, at: at(21) })).userErrors).toMatchObject([
      { code: 'ILLEGAL_MOVE', rule: 'U-6' },
    ]);
    for (const wrong of [
      { phone: 'anonymous' },
      { phone: '1'.repeat(60) },
      { exchangeId: ' ' },
      { line: '长'.repeat(201) },
    ])
      expect(
        (await report(pbx, 'Ring', { ...call, exchangeId: unique('x'), ...wrong })).userErrors,
      ).toMatchObject([{ code: 'VALIDATION', field: Object.keys(wrong) }]);
  });

  test('a clock of ours that was set back does not end a call before it rang', async () => {
    const { pbx, call } = await line();
    clock.set('2026-11-23T02:00:00Z');
    await report(pbx, 'Ring', call);
    clock.set('2026-11-23T01:30:00Z');
    const ended = await report(pbx, 'End', call);
    clock.set('2026-11-23T02:00:00Z');
    expect(ended.callRecord).toMatchObject({ status: 'MISSED', rings: 1 });
    expect(ended.callRecord.endedAt).toBe(ended.callRecord.ringAt);
  });

  test('without staff named, a clerk who reports the answer is who answered', async () => {
    const { org, pbx, call } = await line();
    const clerk = await org.as('FRONT_DESK');
    await report(pbx, 'Ring', call);
    const answered = await report(clerk, 'Answer', call);
    expect(answered.callRecord.staff).toEqual({ id: clerk.staffId });
  });
});

describe('the caller (U-6)', () => {
  test('is offered as several candidates when a household shares a number', async () => {
    const { org, pbx, call, community, unit } = await line();
    const mother = await dweller(org, { community, unit, name: '单雄信', phone: '01062345678' });
    const son = await dweller(org, { community, unit, name: '单小信', secondPhone: '01062345678' });
    const elsewhere = await org.community();
    await dweller(org, { community: elsewhere.id, phone: '01062345678' });
    const { callRecord } = await report(pbx, 'Ring', { ...call, phone: '(010) 6234-5678' });
    expect(callRecord.resident).toBeNull();
    expect(callRecord.candidates.map(({ id }: { id: string }) => id).sort()).toEqual(
      [mother.id, son.id].sort(),
    );
  });

  test('comes with unit, open tickets, arrears and flags in one query', async () => {
    const { org, pbx, call, community, unit } = await line();
    const { id } = await dweller(org, { community, unit });
    await org.admin.mutate(
      'ticketCreate',
      { unit, reporter: id, kind: 'HELP', title: '开锁' },
      'ticket { id }',
    );
    await report(pbx, 'Ring', { ...call, phone: '13812345678' });
    const { callRecords } =
      await org.admin.query(`{ callRecords(first: 1) { nodes { candidates { name specialCare
      residencies { nodes { current unit { fullName arrears underRenovation
        tickets(filter: { status: { notIn: [CLOSED, CANCELLED, OUT_OF_SCOPE] } }) { nodes { title } } } } } } } } }`);
    const [candidate] = callRecords.nodes[0].candidates;
    expect(candidate.residencies.nodes[0].unit).toMatchObject({
      arrears: 0,
      tickets: { nodes: [{ title: '开锁' }] },
    });
  });

  test('is nobody for a withheld or unknown number', async () => {
    const { pbx, call, community } = await line();
    expect((await report(pbx, 'Ring', call)).callRecord).toMatchObject({ phone: null, candidates: [] });
    const other = { community, exchangeId: unique('x'), phone: '13800000000' };
    expect((await report(pbx, 'Ring', other)).callRecord).toMatchObject({ candidates: [], resident: null });
  });

  test('is corrected by the clerk, who ties the ticket to the call', async () => {
    const { org, pbx, call, community, unit } = await line();
    const clerk = await org.as('FRONT_DESK');
    const { callRecord } = await report(pbx, 'Ring', call);
    const resident = await dweller(org, { community, unit, phone: '13711112222' });
    const { ticket } = await clerk.mutate(
      'ticketCreate',
      { unit, kind: 'HELP', title: '开锁' },
      'ticket { id }',
    );
    const input = {
      id: callRecord.id,
      version: callRecord.version,
      unit,
      resident: resident.id,
      ticket: ticket.id,
    };
    const updated = await report(clerk, 'Update', input);
    expect(updated.callRecord).toMatchObject({ outcome: 'TICKET', ticket: { id: ticket.id } });
    expect(await report(clerk, 'Update', input)).toMatchObject({
      callRecord: { version: updated.callRecord.version },
      userErrors: [{ code: 'CONFLICT' }],
    });
    const abroad = await org.unit();
    expect(
      (await report(clerk, 'Update', { ...input, version: updated.callRecord.version, unit: abroad.id }))
        .userErrors,
    ).toMatchObject([{ code: 'PLACE_MISMATCH', field: ['unit'] }]);
    const found = await clerk.query('query($id: ID!) { ticket(id: $id) { calls { nodes { id } } } }', ticket);
    expect(found.ticket.calls.nodes).toEqual([{ id: callRecord.id }]);
  });
});

describe('confidentiality (U-4)', () => {
  test('the number is shown in clear only for a reason, which is recorded; history never holds it', async () => {
    const { org, pbx, call } = await line();
    const { callRecord } = await report(pbx, 'Ring', { ...call, phone: '13812345678' });
    const clerk = await org.as('FRONT_DESK');
    const look = (by: Client, reason: string) =>
      by.mutate('callRecordUnmask', { id: callRecord.id, reason }, 'callRecord { id phone } phone');
    expect((await look(clerk, '看看')).userErrors).toMatchObject([{ code: 'REASON_REQUIRED', rule: 'U-4' }]);
    expect((await look(pbx, '回拨来电人')).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
    expect(await look(clerk, '回拨来电人')).toMatchObject({
      phone: '13812345678',
      callRecord: { phone: '138****5678' },
    });
    const { rows: kept } = await world.app.db.owner.query(
      'select type, reason, changes::text from history where subject_id = $1',
      [world.app.uuidOf(callRecord.id)],
    );
    expect(kept.map(({ type }) => type)).toContain('callRecord.unmask');
    expect(JSON.stringify(kept)).not.toContain('13812345678');
  });

  test('roles without the right see no calls', async () => {
    const { org, pbx, call } = await line();
    await report(pbx, 'Ring', call);
    for (const role of roleNames.filter((one) => !grants.callRecord?.read?.includes(one))) {
      const { errors } = await (await org.as(role)).send('{ callRecords { nodes { id } } }');
      expect(errors?.[0]?.extensions.code, role).toBe('FORBIDDEN');
    }
  });
});

test('rings are counted as a person hears them: one at once, one more for each five seconds begun (U-6)', () => {
  for (let seconds = 0; seconds <= 600; seconds += 0.5) {
    let heard = 1;
    for (let passed = 5; passed < seconds; passed += 5) heard += 1;
    expect(ringsIn(seconds), `${seconds} s`).toBe(heard);
  }
});
