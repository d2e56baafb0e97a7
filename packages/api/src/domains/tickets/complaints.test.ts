import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from '../../../test/harness/world.ts';
import { done, look, refusal, type Staffed, staffed } from './life.seed.ts';
import { drawn, move, type TicketData, ticket, walk } from './tickets.seed.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
const setUp = async (locale?: 'en') => staffed(await world.organisation(), locale);

const complaint = ({ org, clerk }: Staffed) =>
  ticket(org, clerk, { kind: 'COMPLAINT', title: '反复漏水无人管' });
const settle = ({ clerk }: Staffed, start: TicketData): Promise<TicketData> =>
  walk(start, [
    [clerk, 'confirm'],
    [clerk, 'dispatch', { department: 'CUSTOMER_SERVICE' }],
    [clerk, 'accept'],
    [clerk, 'finish', { resolution: '已协调处理' }],
    [clerk, 'signOff', { satisfied: true }],
  ]);
const allowed = async ({ clerk }: Staffed, id: string, action: string) =>
  (await look(clerk, id, 'availableActions { action allowed code rule }')).availableActions.find(
    (one: { action: string }) => one.action === action,
  );
const formOf = ({ supervisor, plumber }: Staffed, id: string, more: object = {}) =>
  supervisor.mutate(
    'complaintFormCreate',
    {
      ...{ ticket: id, cause: '防水层老化', correctiveAction: '整体重做', responsible: plumber.staffId },
      ...{ deadline: '2999-12-31', ...more },
    },
    'complaintForm { id version status }',
  );

describe('complaints (T-06, T-11)', () => {
  test('a minor one settled on the spot needs no form, but its severity is judged (T-06, T-11)', async () => {
    const crew = await setUp();
    const { clerk } = crew;
    let at = await settle(crew, await complaint(crew));
    at = (await move(clerk, at, 'revisit', { satisfied: true, score: 5 })).ticket;
    expect((await move(clerk, at, 'close')).userErrors).toMatchObject([
      { code: 'SEVERITY_REQUIRED', rule: 'T-06' },
    ]);
    at = await settle(crew, await complaint(crew));
    at = (await move(clerk, at, 'assess', { severity: 'MINOR' })).ticket;
    at = (await move(clerk, at, 'revisit', { satisfied: true, score: 5 })).ticket;
    expect((await move(clerk, at, 'close')).ticket.status).toBe('CLOSED');
  });

  test('an important one is closed with its form only: written, signed by the head, accepted by the resident (T-11)', async () => {
    const crew = await setUp();
    const { clerk, supervisor } = crew;
    let at = await complaint(crew);
    at = (await move(clerk, at, 'assess', { severity: 'IMPORTANT' })).ticket;
    at = await settle(crew, at);
    at = (await move(clerk, at, 'revisit', { satisfied: true, score: 4, way: 'PHONE' })).ticket;
    expect((await move(clerk, at, 'close')).userErrors).toMatchObject([
      { code: 'FORM_REQUIRED', rule: 'T-11' },
    ]);
    expect(await allowed(crew, at.id, 'close')).toMatchObject({
      allowed: false,
      code: 'FORM_REQUIRED',
      rule: 'T-11',
    });

    const { complaintForm: form } = await formOf(crew, at.id);
    expect((await formOf(crew, at.id)).userErrors).toMatchObject([{ code: 'FORM_EXISTS', rule: 'T-11' }]);
    const to = (version: number) => ({ id: form.id, version });
    const acceptance = { ...to(form.version), words: '认可' };
    expect(await refusal(clerk, 'complaintFormAccept', acceptance, 'complaintForm { id }')).toBe(
      'ILLEGAL_MOVE T-11',
    );
    const sign = { ...to(form.version), signerName: '沈主管', signature: drawn };
    expect(await refusal(clerk, 'complaintFormSign', sign, 'complaintForm { id }')).toBe('FORBIDDEN P-3');
    const signed = await done(
      supervisor,
      'complaintFormSign',
      sign,
      'complaintForm { version headName signedAt }',
    );
    expect(
      await refusal(
        clerk,
        'complaintFormUpdate',
        { ...to(signed.version), cause: '改写' },
        'complaintForm { id }',
      ),
    ).toBe('ALREADY_SIGNED T-11');
    await done(
      clerk,
      'complaintFormAccept',
      { ...to(signed.version), words: '认可' },
      'complaintForm { status acceptedAt }',
    );
    at = await look(clerk, at.id, 'id version number status');
    expect((await move(clerk, at, 'close')).ticket.status).toBe('CLOSED');
    expect((await look(supervisor, at.id, 'signatures { nodes { purpose } }')).signatures.nodes).toEqual([
      { purpose: 'DEPARTMENT_HEAD' },
    ]);
  });

  test('a major one needs form, apology, and the manager’s own visit until the resident signs (T-06)', async () => {
    const crew = await setUp('en');
    const { clerk, supervisor, manager } = crew;
    let at = await complaint(crew);
    at = (await move(clerk, at, 'assess', { severity: 'MAJOR' })).ticket;
    at = await settle(crew, at);
    const byPhone = { satisfied: true, score: 5, way: 'PHONE' };
    expect((await move(supervisor, at, 'revisit', byPhone)).userErrors).toMatchObject([
      { code: 'MANAGER_REVISIT', rule: 'T-06' },
    ]);
    expect(await allowed(crew, at.id, 'revisit')).toMatchObject({ allowed: false, code: 'MANAGER_REVISIT' });
    expect((await move(manager, at, 'revisit', byPhone)).userErrors).toMatchObject([
      { code: 'MANAGER_REVISIT', field: ['way'] },
    ]);
    const inPerson = { satisfied: true, score: 5, way: 'IN_PERSON' };
    expect((await move(manager, at, 'revisit', inPerson)).userErrors).toMatchObject([
      { code: 'MANAGER_REVISIT', field: ['signature'] },
    ]);
    const visit = { ...inPerson, signerName: '业主', signature: drawn };
    at = (await move(manager, at, 'revisit', visit)).ticket;
    expect(await look(clerk, at.id, 'revisitWay revisitedBy { id }')).toEqual({
      revisitWay: 'IN_PERSON',
      revisitedBy: { id: manager.staffId },
    });
    const { complaintForm: form } = await formOf(crew, at.id);
    const signed = await done(
      supervisor,
      'complaintFormSign',
      { id: form.id, version: form.version, signerName: 'Head' },
      'complaintForm { version }',
    );
    const accepted = await done(
      clerk,
      'complaintFormAccept',
      { id: form.id, version: signed.version, words: 'fine' },
      'complaintForm { version }',
    );
    at = await look(clerk, at.id, 'id version number status');
    expect((await move(manager, at, 'close')).userErrors).toMatchObject([
      { code: 'APOLOGY_REQUIRED', rule: 'T-06' },
    ]);
    const sorry = { id: form.id, version: accepted.version, apology: 'We are sorry.' };
    expect(await refusal(supervisor, 'complaintFormApologise', sorry, 'complaintForm { id }')).toBe(
      'FORBIDDEN P-3',
    );
    await done(manager, 'complaintFormApologise', sorry, 'complaintForm { apology apologisedAt }');
    at = await look(clerk, at.id, 'id version number status');
    expect((await move(manager, at, 'close')).ticket.status).toBe('CLOSED');
  });

  test('raising the severity is for the desk, lowering it for a supervisor with a reason (T-06)', async () => {
    const crew = await setUp();
    const { clerk, supervisor } = crew;
    let at = await complaint(crew);
    at = (await move(clerk, at, 'assess', { severity: 'MAJOR' })).ticket;
    const lower = { severity: 'MINOR' };
    expect((await move(clerk, at, 'assess', { ...lower, reason: '没那么严重' })).userErrors).toMatchObject([
      { code: 'SEVERITY_LOWERED', rule: 'T-06' },
    ]);
    expect((await move(supervisor, at, 'assess', lower)).userErrors).toMatchObject([
      { code: 'SEVERITY_LOWERED' },
    ]);
    expect((await move(supervisor, at, 'assess', { ...lower, reason: '核实后轻微' })).userErrors).toEqual([]);
  });

  test('only a supervisor judges a complaint invalid, and says how it was explained (T-06)', async () => {
    const crew = await setUp();
    const { org, clerk, supervisor } = crew;
    const at = await complaint(crew);
    expect((await move(clerk, at, 'judgeInvalid', { answer: '无效' })).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect((await move(supervisor, at, 'judgeInvalid', { answer: '' })).userErrors).toMatchObject([
      { code: 'REASON_REQUIRED', rule: 'T-06' },
    ]);
    const { ticket: after } = await move(supervisor, at, 'judgeInvalid', {
      answer: '现场核实无渗漏，已向住户解释',
    });
    expect(after).toMatchObject({ status: 'INVALID', closedAt: expect.any(String) });
    const repair = await ticket(org, clerk);
    expect((await move(supervisor, repair, 'judgeInvalid', { answer: '无效' })).userErrors).toMatchObject([
      { code: 'COMPLAINT_ONLY', rule: 'T-06' },
    ]);
    expect((await move(clerk, repair, 'assess', { severity: 'MINOR' })).userErrors).toMatchObject([
      { code: 'COMPLAINT_ONLY' },
    ]);
  });

  test('what cannot be dealt with is parked by a supervisor with a reason, tracked, and goes on (T-06)', async () => {
    const crew = await setUp();
    const { clerk, supervisor } = crew;
    let at = (await move(clerk, await complaint(crew), 'confirm')).ticket;
    expect((await move(clerk, at, 'park', { reason: '等厂家' })).userErrors).toMatchObject([
      { code: 'FORBIDDEN' },
    ]);
    expect((await move(supervisor, at, 'park', {})).userErrors).toMatchObject([
      { code: 'REASON_REQUIRED', rule: 'T-06' },
    ]);
    at = (await move(supervisor, at, 'park', { reason: '建设单位遗留' })).ticket;
    at = (await move(clerk, at, 'track', { words: '厂家下周到货', told: '已告知到货时间' })).ticket;
    expect(
      await look(
        clerk,
        at.id,
        'status parkedAt trackedAt notes { nodes { text } } comments { nodes { text } }',
      ),
    ).toEqual({
      status: 'PARKED',
      parkedAt: expect.any(String),
      trackedAt: expect.any(String),
      notes: { nodes: [{ text: '厂家下周到货' }] },
      comments: { nodes: [{ text: '已告知到货时间' }] },
    });
    at = (await move(clerk, at, 'resume')).ticket;
    expect(await look(clerk, at.id, 'status parkedAt')).toEqual({ status: 'CONFIRMED', parkedAt: null });
  });

  test('a form is for complaints that go on, with a responsible person and a deadline ahead (T-11)', async () => {
    const crew = await setUp();
    const { org, clerk } = crew;
    const repair = await ticket(org, clerk);
    expect((await formOf(crew, repair.id)).userErrors).toMatchObject([{ code: 'COMPLAINT_ONLY' }]);
    const at = await complaint(crew);
    expect((await formOf(crew, at.id, { deadline: '2020-01-01' })).userErrors).toMatchObject([
      { code: 'VALIDATION', field: ['deadline'], rule: 'T-11' },
    ]);
    expect((await formOf(crew, at.id, { cause: ' ' })).userErrors).toMatchObject([
      { code: 'VALIDATION', field: ['cause'] },
    ]);
    await move(clerk, at, 'cancel', { reason: '误报' });
    expect((await formOf(crew, at.id)).userErrors).toMatchObject([{ code: 'TICKET_ENDED' }]);
  });
});
