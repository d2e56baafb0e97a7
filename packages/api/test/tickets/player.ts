import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { problem } from '../../src/domains/tickets/life.seed.ts';
import { accepted } from '../../src/domains/tickets/tickets.seed.ts';
import { decodeId, encodeId } from '../../src/platform/ids.ts';
import { sendFile } from '../harness/files.ts';
import type { Client, TestOrganisation, World } from '../harness/world.ts';
import { type Kind, type Person, type PromiseKind, people, type Seen } from './reference-life.ts';
import { appointmentIn, putOffTo, waitFor } from './reference-times.ts';
import { type Line, type Stored, storedSql } from './stored.ts';

/** One organisation in which tickets are played, each from its beginning. */
export class Stage {
  readonly #files: Record<string, number> = {};
  private constructor(
    readonly world: World,
    readonly org: TestOrganisation,
    readonly crew: Record<Person, Client>,
    readonly unit: { id: string; community: { id: string } },
    readonly entry: { id: string },
    readonly main: { id: string },
  ) {}

  static async open(world: World): Promise<Stage> {
    const org = await world.organisation();
    const roles = [
      ...(['FRONT_DESK', 'ENGINEERING', 'ENGINEERING', 'SECURITY', 'CASHIER'] as const),
      ...(['SUPERVISOR', 'MANAGER'] as const),
    ];
    const clients = await Promise.all(roles.map((role) => org.as(role)));
    const crew = Object.fromEntries(people.map((name, at) => [name, clients[at]])) as Record<Person, Client>;
    const unit = await org.unit();
    const kinds = ['REPAIR_UNIT', 'COMPLAINT', 'INQUIRY', 'PAID_SERVICE', 'HELP'];
    const entry = await problem(org, { kinds });
    const duty = { role: 'ENGINEERING', department: 'ENGINEERING', lead: true };
    const year = { startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-12-31T00:00:00Z' };
    const { staffId } = crew.mate;
    await org.admin.mutate(
      'dutyCreate',
      { community: unit.community.id, staff: staffId, ...duty, ...year },
      'duty { id }',
    );
    const policy = { community: unit.community.id, callBackPercent: 100 };
    const { userErrors } = await crew.manager.mutate('policyCreate', policy, 'policy { id }');
    if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    const main = await take(crew.clerk, { unit: unit.id, kind: 'HELP', title: '主工单' });
    return new Stage(world, org, crew, unit, entry, main);
  }

  async begin(kind: Kind): Promise<string> {
    const { id } = await take(this.crew.clerk, { unit: this.unit.id, kind, title: '漫步' });
    return id;
  }

  async stored(id: string): Promise<Stored> {
    const { rows } = await this.world.app.db.owner.query<{ stored: Stored }>(storedSql, [
      decodeId('ticket', id),
    ]);
    const [row] = rows;
    if (!row) throw new Error('no such ticket');
    return row.stored;
  }

  seen({ clocks, ticket, quote }: Stored): Seen {
    const open = clocks.filter(({ status }) => status === 'RUNNING' || status === 'PAUSED');
    return {
      now: this.world.clock.now().getTime(),
      due: Object.fromEntries(open.map(({ kind, due_at }) => [kind, Date.parse(due_at)])),
      appointmentAt: instant(ticket.appointment_at),
      visitAt: instant(quote?.visit_at),
      appointed: open.some(({ kind, promised_at }) => kind === 'ARRIVAL' && promised_at !== null),
    };
  }

  who(uuid: string | null): Person | null {
    return people.find((name) => this.crew[name].actorId === uuid) ?? null;
  }

  /** The buttons that a person sees. */
  async offered(by: Client, id: string): Promise<Map<string, boolean>> {
    const document = 'query($id: ID!) { ticket(id: $id) { availableActions { action allowed } } }';
    const { ticket } = await by.query(document, { id });
    return new Map(
      ticket.availableActions.map(({ action, allowed }: { action: string; allowed: boolean }) => [
        action,
        allowed,
      ]),
    );
  }

  /** Lines of the ticket's history, the oldest first. */
  async history(id: string): Promise<Line[]> {
    const { rows } = await this.world.app.db.owner.query<Line>(
      'select type, changes from history where subject_id = $1 order by id',
      [decodeId('ticket', id)],
    );
    return rows;
  }

  /** How often each promise of a round was put off. */
  async postponements(id: string): Promise<{ kind: PromiseKind; round: number; times: number }[]> {
    const { rows } = await this.world.app.db.owner.query(
      `select kind, round, count(*)::int as times from ticket_promise_change where ticket_id = $1 and change = 'POSTPONED' group by 1, 2`,
      [decodeId('ticket', id)],
    );
    return rows;
  }

  /** Which steps of a promise's escalation were told, in each of its turns; each to one person of this crew. */
  async heard(id: string): Promise<{ key: string; people: number }[]> {
    const { rows } = await this.world.app.db.owner.query(
      `select key, count(*)::int as people from notification where subject_key = $1 and key like 'clock:%' group by 1 order by 1`,
      [decodeId('ticket', id)],
    );
    return rows;
  }

  /** What an act needs besides the ticket, made before anybody looks how things stand. */
  async prepare(who: Person, name: string): Promise<object> {
    if (name === 'attach') return { attachments: [await this.#photo(who)] };
    if (name === 'linkIncident') return { incident: await this.#incident() };
    return {};
  }

  /** Sends what the act says, with the version that the caller saw; answers the refusals. */
  async send(
    who: Person,
    name: string,
    id: string,
    stored: Stored,
    { prepared = {}, version = stored.ticket.version }: { prepared?: object; version?: number } = {},
  ): Promise<{ code: string; rule: string | null }[]> {
    const by = this.crew[who];
    const [mutation, input, selection] = await this.#command(name, id, stored, version);
    const { userErrors } = await by.mutate(mutation, { ...input, ...prepared }, selection);
    return userErrors;
  }

  async #command(
    name: string,
    id: string,
    { ticket, quote, form, ...rest }: Stored,
    version: number,
  ): Promise<[string, object, string]> {
    const [action = '', which = ''] = name.split(':');
    const seen = this.seen({ ticket, quote, form, ...rest });
    const told = { consentBy: '李女士', consentWay: 'PHONE', told: '已电话说明' };
    const nobody = (prefix: string) => ({
      id: encodeId(prefix, '00000000-0000-4000-8000-000000000000'),
      version: 1,
    });
    const paper = (prefix: string, row: { id: string; version: number } | null) =>
      row ? { id: encodeId(prefix, row.id), version: row.version } : nobody(prefix);
    const { satisfied: _, ...signed } = accepted;
    const ways: Record<string, object> = { bare: {}, away: { unsignedReason: '住户外出' } };
    const inputs: Record<string, () => object> = {
      dispatch: () => ({ department: 'ENGINEERING', assignee: this.crew.plumber.staffId }),
      transfer: () => ({ department: 'SECURITY', reason: '不属本部门' }),
      finish: () => ({ resolution: '已处理' }),
      signOff: () => ({ satisfied: true, ...(ways[which] ?? signed) }),
      refuse: () => ({ satisfied: false, words: '没修好' }),
      refusePayment: () => ({ reason: '嫌贵', referredTo: '财务部' }),
      revisit: () => ({ satisfied: true, score: 5, way: 'IN_PERSON', ...signed }),
      complain: () => ({ satisfied: false, score: 1, words: '又坏了' }),
      rework: () => ({ reason: '返工' }),
      judgeOutOfScope: () => ({ answer: '不属物业', handedTo: '自来水公司' }),
      judgeInvalid: () => ({ answer: '查无此事' }),
      cancel: () => ({ reason: '误报' }),
      merge: () => ({ into: this.main.id }),
      park: () => ({ reason: '待开发商' }),
      classify: () => ({ problem: this.entry.id }),
      setUrgent: () => ({ urgent: !ticket.urgent }),
      appoint: () => ({ appointmentAt: new Date(seen.now + appointmentIn).toISOString() }),
      answer: () => ({ answer: '已了解' }),
      track: () => ({ words: '仍在等待' }),
      split: () => ({ parts: [{ title: '另一件事' }] }),
      unlinkIncident: () => ({ reason: '不是一回事' }),
      update: () => ({ title: `漫步${version}` }),
      assess: () => ({ severity: which, reason: '核实后' }),
      pauseClock: () => ({ clock: which, ...told, until: new Date(seen.now + waitFor).toISOString() }),
      resumeClock: () => ({ clock: which }),
      postpone: () => ({
        clock: which,
        ...told,
        dueAt: new Date(putOffTo(seen, which as PromiseKind)).toISOString(),
      }),
    };
    const price = 10_000 + Number(ticket.version);
    switch (action) {
      case 'quote':
        return [
          'ticketQuoteCreate',
          {
            ...{ ticket: id, content: '换件', price },
            ...(which !== 'bare' && { visitAt: new Date(seen.now + appointmentIn).toISOString() }),
          },
          'ticketQuote { id }',
        ];
      case 'quoteAccept':
      case 'quoteDecline':
      case 'quoteWithdraw': {
        const words = action === 'quoteWithdraw' ? { reason: '报错' } : { words: '知道了' };
        return [`ticketQ${action.slice(1)}`, { ...paper('quote', quote), ...words }, 'ticketQuote { id }'];
      }
      case 'form': {
        const deadline = new Date(seen.now + 5 * 86_400_000).toISOString().slice(0, 10);
        const responsible = this.crew.plumber.staffId;
        const written = { ticket: id, cause: '漏水', correctiveAction: '更换', responsible, deadline };
        return ['complaintFormCreate', written, 'complaintForm { id }'];
      }
      case 'formSign':
        return ['complaintFormSign', { ...paper('form', form), ...signed }, 'complaintForm { id }'];
      case 'formAccept':
        return ['complaintFormAccept', { ...paper('form', form), words: '认可' }, 'complaintForm { id }'];
      case 'apologise':
        return [
          'complaintFormApologise',
          { ...paper('form', form), apology: '致歉' },
          'complaintForm { id }',
        ];
      case 'answerCovered': {
        const incident = ticket.incident_id ? encodeId('ticket', String(ticket.incident_id)) : this.main.id;
        const at = await this.stored(incident);
        return [
          'ticketAnswerCovered',
          { id: incident, version: at.ticket.version, resolution: '已通水' },
          'ticket { id }',
        ];
      }
    }
    const real = { refuse: 'signOff', complain: 'revisit' }[action] ?? action;
    const more = inputs[action]?.() ?? {};
    return [`ticket${real[0]?.toUpperCase()}${real.slice(1)}`, { id, version, ...more }, 'ticket { id }'];
  }

  /** A matter that is done and can answer for others. */
  async #incident(): Promise<string> {
    const { clerk } = this.crew;
    const { id } = await take(clerk, { unit: this.unit.id, kind: 'HELP', title: '停水' });
    for (const name of ['confirm', 'dispatch', 'accept', 'finish']) {
      const refused = await this.send(
        name === 'accept' ? 'plumber' : 'clerk',
        name,
        id,
        await this.stored(id),
      );
      if (refused.length > 0) throw new Error(JSON.stringify(refused));
    }
    return id;
  }

  /** Each of another colour: the same bytes would be the same file. */
  async #photo(who: Person): Promise<string> {
    this.#files[who] = (this.#files[who] ?? 0) + 1;
    const colour = `#${createHash('sha1').update(`${who}${this.#files[who]}`).digest('hex').slice(0, 6)}`;
    const bytes = await sharp({ create: { width: 4, height: 4, channels: 3, background: colour } })
      .png()
      .toBuffer();
    const { body } = await sendFile(this.world, this.crew[who], bytes, { name: '照片.png' });
    return body.id;
  }
}

const instant = (value: unknown): number | null => (value ? Date.parse(String(value)) : null);

async function take(by: Client, input: object): Promise<{ id: string }> {
  const { ticket, userErrors } = await by.mutate('ticketCreate', input, 'ticket { id }');
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return ticket;
}
