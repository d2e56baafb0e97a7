import type { Role } from '@desk/schema';
import { drawn } from './drawn.ts';
import { type Matter, matters } from './people.ts';
import type { DemoUnit } from './places.ts';
import type { Made, Player } from './player.ts';
import type { Random } from './random.ts';

interface Step {
  role: Role;
  mutation: string;
  input: object;
  /** Minutes after the step before. */
  after: number;
}

const minute = 60_000;
const signed = { satisfied: true, signerName: '业主本人', signature: drawn };

/** Matters of the last days in every state, moved on by the people whose work it is. */
export async function makeTickets(
  player: Player,
  random: Random,
  units: readonly DemoUnit[],
  today: Date,
  count: number,
): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const unit = random.pick(units);
    const matter = matters[index % matters.length] as Matter;
    const age = (1 - index / count) ** 2 * 9 * 24 * 60; // most are recent
    player.at(new Date(today.getTime() - (age + 45) * minute));
    const inUnit = !matter.kind.endsWith('PUBLIC');
    const ticket = await player.do('FRONT_DESK', 'ticketCreate', {
      ...(inUnit
        ? { unit: unit.id }
        : { community: unit.community, location: `${unit.fullName.split('-')[0]}一层大堂` }),
      ...(unit.owner && inUnit && { reporter: unit.owner.id }),
      ...(!(unit.owner && inUnit) && { reporterName: '路过住户' }),
      kind: matter.kind,
      channel: random.pick(['HOTLINE', 'FRONT_DESK', 'WECHAT']),
      category: matter.category,
      title: matter.title,
      description: matter.description,
      urgent: random.chance(0.12),
      readBack: true,
    });
    await advance(
      player,
      random,
      ticket,
      steps(matter),
      Math.min(7, Math.floor((1 - index / count) * 9)),
      today,
    );
  }
}

const steps = ({ kind, department, resolution }: Matter): Step[] => {
  const worker: Role =
    department === 'ENGINEERING' ? 'ENGINEERING' : department === 'SECURITY' ? 'SECURITY' : 'SUPERVISOR';
  return [
    { role: 'FRONT_DESK', mutation: 'ticketConfirm', input: {}, after: 3 },
    ...(kind === 'COMPLAINT'
      ? [{ role: 'FRONT_DESK' as const, mutation: 'ticketAssess', input: { severity: 'MINOR' }, after: 1 }]
      : []),
    { role: 'FRONT_DESK', mutation: 'ticketDispatch', input: { department }, after: 9 },
    { role: worker, mutation: 'ticketAccept', input: {}, after: 6 },
    { role: worker, mutation: 'ticketArrive', input: {}, after: 14 },
    { role: worker, mutation: 'ticketFinish', input: { resolution }, after: 35 },
    { role: worker, mutation: 'ticketSignOff', input: signed, after: 5 },
    {
      role: 'FRONT_DESK',
      mutation: 'ticketRevisit',
      input: { satisfied: true, score: 5, words: '处理及时，满意' },
      after: 600,
    },
    { role: 'FRONT_DESK', mutation: 'ticketClose', input: {}, after: 5 },
  ];
};

async function advance(
  player: Player,
  random: Random,
  ticket: Made,
  plan: readonly Step[],
  wanted: number,
  today: Date,
): Promise<void> {
  let { version } = ticket;
  for (const { role, mutation, input, after } of plan.slice(0, wanted)) {
    const moment = new Date(player.now.getTime() + (after + random.below(6)) * minute);
    if (moment > today) return;
    const moved = await player.at(moment).do(role, mutation, { id: ticket.id, version, ...input });
    version = moved.version;
  }
}
