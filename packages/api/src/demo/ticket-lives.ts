import { drawn } from './drawn.ts';
import type { DemoUnit } from './places.ts';
import type { Made, Player } from './player.ts';

const minute = 60_000;
const hour = 60 * minute;

/** place / category / problem → what follows from it; paid services have their published price in fen. */
const entries = [
  ['户内', '给排水', '水管、阀门漏水', ['REPAIR_UNIT', 'REPAIR_WARRANTY'], 'ENGINEERING', true],
  ['户内', '供电', '跳闸、断电', ['REPAIR_UNIT', 'REPAIR_WARRANTY'], 'ENGINEERING', true],
  ['公共区域', '照明', '灯具不亮', ['REPAIR_PUBLIC'], 'ENGINEERING', false],
  ['公共区域', '供水', '停水', ['REPAIR_PUBLIC', 'INQUIRY'], 'ENGINEERING', true],
  ['公共区域', '环境', '卫生、异味', ['COMPLAINT', 'REPAIR_PUBLIC'], 'ENVIRONMENT', false],
  ['公共区域', '秩序', '噪音扰民', ['COMPLAINT'], 'SECURITY', false],
  ['户内', '特约服务', '更换水龙头（含人工）', ['PAID_SERVICE'], 'ENGINEERING', false, 12_000, '个'],
  ['户内', '特约服务', '疏通下水道', ['PAID_SERVICE'], 'ENGINEERING', false, 15_000, '次'],
  ['户内', '特约服务', '家电清洗', ['PAID_SERVICE'], 'ENVIRONMENT', false, 20_000, '台'],
] as const;

type Catalogue = Record<string, string>;

/** The catalogue that the administrator keeps: problem → id. */
export async function makeCatalogue(player: Player): Promise<Catalogue> {
  const found: Catalogue = {};
  for (const [place, category, name, kinds, department, urgent, price, priceUnit] of entries) {
    const input = { place, category, name, kinds, department, urgent, price, priceUnit };
    found[name] = (await player.do('ADMINISTRATOR', 'ticketProblemCreate', input)).id;
  }
  const old = {
    place: '户内',
    category: '供热',
    name: '暖气片更换',
    kinds: ['PAID_SERVICE'],
    department: 'ENGINEERING',
  };
  const { id, version } = await player.do('ADMINISTRATOR', 'ticketProblemCreate', old);
  await player.do('ADMINISTRATOR', 'ticketProblemArchive', { id, version, reason: '已由供热公司负责' });
  return found;
}

/** The lives that need more than the straight way: a paid service, a grave complaint, an outage, duplicates, something parked. */
export async function makeLives(
  player: Player,
  units: readonly DemoUnit[],
  catalogue: Catalogue,
  today: Date,
): Promise<void> {
  // The guards look at records of the first community.
  const owned = units.filter((unit) => unit.owner && unit.community === units[0]?.community);
  const story = new Story(player, owned, catalogue);
  player.at(new Date(today.getTime() - 50 * hour));
  await story.graveComplaint();
  player.at(new Date(today.getTime() - 5 * hour));
  await story.parked();
  // The latest tickets show each kind of link and a fee: whoever opens the list sees them first.
  player.at(new Date(today.getTime() - 78 * minute));
  await story.outage();
  await story.duplicates();
  await story.paidService();
}

class Story {
  readonly #player: Player;
  readonly #units: readonly DemoUnit[];
  readonly #catalogue: Catalogue;

  constructor(player: Player, units: readonly DemoUnit[], catalogue: Catalogue) {
    this.#player = player;
    this.#units = units;
    this.#catalogue = catalogue;
  }

  /** T-15: price, words and signature before the work; material, labour; charged at the sign-off. */
  async paidService(): Promise<void> {
    let ticket = await this.#report(0, 'PAID_SERVICE', '厨房水龙头更换', '更换水龙头（含人工）');
    ticket = await this.#move(ticket, 'FRONT_DESK', 'Confirm');
    ticket = await this.#move(ticket, 'FRONT_DESK', 'Dispatch', { department: 'ENGINEERING' });
    ticket = await this.#move(ticket, 'ENGINEERING', 'Accept');
    const content = '更换厨房冷热水龙头一个，旧件带走。';
    const quote = await this.#later().do('ENGINEERING', 'ticketQuoteCreate', {
      ...{ ticket: ticket.id, content, visitAt: new Date(this.#player.now.getTime() + hour).toISOString() },
    });
    const answer = { id: quote.id, version: quote.version, words: '同意，今天就换', signature: drawn };
    await this.#later().do('ENGINEERING', 'ticketQuoteAccept', { ...answer, signerName: '业主本人' });
    ticket = await this.#move(await this.#now(ticket), 'ENGINEERING', 'Arrive');
    for (const item of [
      { kind: 'MATERIAL', name: '冷热水龙头', quantity: '1', unit: '个', unitPrice: 8_000 },
      { kind: 'MATERIAL', name: '住户自备软管', quantity: '0', residentOwned: true, fit: false },
      { kind: 'LABOUR', name: '安装', quantity: '0.5', unit: '小时', unitPrice: 8_000 },
    ])
      await this.#player.do('ENGINEERING', 'ticketItemCreate', { ticket: ticket.id, ...item });
    const done = {
      findings: '旧龙头阀芯老化；住户自备软管检查不合格，未使用。',
      resolution: '已更换，通水无渗漏。',
    };
    ticket = await this.#move(ticket, 'ENGINEERING', 'Finish', done);
    const note = { ticket: ticket.id, text: '旧件已带回，留存三天备查。' };
    await this.#player.do('ENGINEERING', 'ticketNoteCreate', note);
    await this.#move(ticket, 'ENGINEERING', 'SignOff', {
      satisfied: true,
      signerName: '业主本人',
      signature: drawn,
    });
  }

  /** T-06, T-11: a major complaint with form, apology, and the manager's visit. */
  async graveComplaint(): Promise<void> {
    let ticket = await this.#report(1, 'COMPLAINT', '地下室反复渗水，家具受损', undefined);
    ticket = await this.#move(ticket, 'FRONT_DESK', 'Confirm');
    ticket = await this.#move(ticket, 'SUPERVISOR', 'Assess', {
      severity: 'MAJOR',
      reason: '损失较大，多次未解决',
    });
    ticket = await this.#move(ticket, 'SUPERVISOR', 'Dispatch', { department: 'ENGINEERING' });
    const { staff } = await this.#player.query(
      'SUPERVISOR',
      '{ staff: staffMembers(first: 1) { nodes { id } } }',
    );
    const responsible = (staff as { nodes: { id: string }[] }).nodes[0]?.id;
    const deadline = new Date(this.#player.now.getTime() + 9 * 24 * hour).toISOString().slice(0, 10);
    const form = await this.#later().do('SUPERVISOR', 'complaintFormCreate', {
      ...{ ticket: ticket.id, responsible, deadline },
      cause: '外墙防水层老化，前两次只做了表面修补。',
      correctiveAction: '整体重做该段防水，完成后做淋水试验。',
    });
    const step = async (at: Made, role: 'MANAGER' | 'SUPERVISOR', name: string, input: object) =>
      this.#later().do(role, `complaintForm${name}`, { id: at.id, version: at.version, ...input });
    const signed = await step(form, 'SUPERVISOR', 'Sign', { signerName: '沈主明', signature: drawn });
    await step(signed, 'MANAGER', 'Apologise', {
      apology: '对渗水给您造成的损失，我们深表歉意，并承担修复费用。',
    });
    await this.#move(await this.#now(ticket), 'FRONT_DESK', 'Answer', {
      answer: '防水施工已安排，经理将上门说明。',
    });
  }

  /** One outage, three calls: they are linked, and answered together. */
  async outage(): Promise<void> {
    const calls: Made[] = [];
    for (const index of [3, 4, 5]) calls.push(await this.#report(index, 'INQUIRY', '家里没水了', '停水'));
    let main = await this.#report(2, 'REPAIR_PUBLIC', '2号楼停水', '停水');
    main = await this.#move(main, 'FRONT_DESK', 'Confirm');
    main = await this.#move(main, 'FRONT_DESK', 'DispatchByRule');
    for (const call of calls) await this.#move(call, 'FRONT_DESK', 'LinkIncident', { incident: main.id });
    const comment = { ticket: main.id, text: '水泵跳闸，正在更换接触器，预计一小时恢复。' };
    await this.#player.do('ENGINEERING', 'ticketCommentCreate', comment);
  }

  /** The same matter twice, and two matters in one call. */
  async duplicates(): Promise<void> {
    const main = await this.#report(6, 'REPAIR_UNIT', '卫生间顶板滴水', '水管、阀门漏水');
    await this.#player.do('STEWARD', 'ticketWatcherCreate', { ticket: main.id });
    const again = await this.#report(6, 'REPAIR_UNIT', '卫生间天花漏水（再次来电）', undefined);
    await this.#move(again, 'FRONT_DESK', 'Merge', { into: main.id, reason: '同一事项' });
    const several = await this.#report(7, 'REPAIR_UNIT', '阳台门关不上，另外对讲没声音', undefined);
    await this.#move(several, 'FRONT_DESK', 'Split', { parts: [{ title: '可视对讲没有声音' }] });
  }

  /** T-06: cannot be dealt with for now, tracked daily. */
  async parked(): Promise<void> {
    let ticket = await this.#report(8, 'DEFECT', '交房时的窗框变形', undefined);
    ticket = await this.#move(ticket, 'FRONT_DESK', 'Confirm');
    ticket = await this.#move(ticket, 'SUPERVISOR', 'Park', { reason: '建设单位遗留问题，等待厂家排产' });
    const words = { words: '厂家答复下周三前发货', told: '已告知您厂家的发货时间' };
    await this.#move(ticket, 'STEWARD', 'Track', words);
  }

  #later(): Player {
    return this.#player.at(new Date(this.#player.now.getTime() + 2 * minute));
  }

  #report(index: number, kind: string, title: string, problem: string | undefined): Promise<Made> {
    const unit = this.#units[index * 2] as DemoUnit;
    return this.#later().do('FRONT_DESK', 'ticketCreate', {
      ...{ unit: unit.id, reporter: unit.owner?.id, kind, title, channel: 'HOTLINE' },
      ...(problem && { problem: this.#catalogue[problem] }),
    });
  }

  #move(at: Made, role: Parameters<Player['do']>[0], action: string, input: object = {}): Promise<Made> {
    return this.#later().do(role, `ticket${action}`, { id: at.id, version: at.version, ...input });
  }

  /** The ticket as others have changed it. */
  async #now(ticket: Made): Promise<Made> {
    const source = 'query($id: ID!) { ticket(id: $id) { id version } }';
    return (await this.#player.query('FRONT_DESK', source, { id: ticket.id })).ticket as Made;
  }
}
