import { say, type Text } from '@desk/schema';
import { residencyInput } from '@desk/schema/residents/limits';
import { businessDate } from '../../platform/clock.ts';
import { Refusal, refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Community, Unit } from '../units/index.ts';
import { covers, highestOwnership, hundredths, type Owned, percentOf } from './ownership.ts';
import { Residency } from './residency.entity.ts';
import { Resident } from './resident.entity.ts';
import type { ResidencyCreateInput, ResidencyEndInput, ResidencyUpdateInput } from './residents.inputs.ts';

export async function createResidency(tx: Tx, input: ResidencyCreateInput): Promise<Residency> {
  const unit = await tx.get(Unit, input.unit, 'unit');
  const { community, building } = unit;
  tx.authorise(Residency, 'create', { communityId: community.id, buildingId: building.id });
  const resident = await tx.get(Resident, input.resident, 'resident');
  if (resident.community.id !== community.id) refuse('PLACE_MISMATCH', { field: ['resident'], rule: 'U-2' });
  const startsOn = input.startsOn ?? (await today(tx, community.id));
  const { relation, share, endsOn, powerOfAttorney } = tx.check(residencyInput, { ...input, startsOn });
  const terms = {
    unit,
    relation,
    share: share ?? null,
    startsOn,
    endsOn: endsOn ?? null,
    powerOfAttorney: powerOfAttorney ?? null,
  };
  await assertSound(tx, terms);
  return tx.create(Residency, { community, building, resident, ...terms });
}

export async function updateResidency(tx: Tx, input: ResidencyUpdateInput): Promise<Residency> {
  const residency = await tx.change(Residency, input, 'update');
  tx.assign(residency, tx.check(residencyInput.omit({ relation: true }).partial(), input));
  await assertSound(tx, residency);
  return residency;
}

/** The resident leaves the unit; the residency stays on file with its last day. */
export async function endResidency(tx: Tx, input: ResidencyEndInput): Promise<Residency> {
  const residency = await tx.change(Residency, input, 'end');
  const now = await today(tx, residency.community.id);
  const { endsOn } = residency;
  if (endsOn !== null && endsOn <= now) refuse('RESIDENCY_ENDED', { values: { date: endsOn } });
  residency.endsOn = tx.check(residencyInput.pick({ endsOn: true }), input).endsOn ?? now;
  tx.journal.label(residency, { action: 'end', ...(input.reason && { reason: input.reason }) });
  await assertSound(tx, residency);
  return residency;
}

/** What a resident is, and where, on this day of its community. */
export async function currentResidencies(tx: Tx, resident: Resident): Promise<Residency[]> {
  const day = await today(tx, resident.community.id);
  const all = await tx.em.find(Residency, { resident: resident.id });
  return all.filter((residency) => covers(residency, day));
}

/** Who owns a unit on this day of its community (handbook K-2 asks them for their consent). */
export async function ownersOf(tx: Tx, unit: Unit): Promise<Resident[]> {
  const day = await today(tx, unit.community.id);
  const all = await tx.em.find(Residency, { unit: unit.id, relation: 'OWNER' }, { populate: ['resident'] });
  return all.filter((residency) => covers(residency, day)).map((residency) => residency.resident);
}

async function today(tx: Tx, communityId: string): Promise<string> {
  const { timeZone } = await tx.em.findOneOrFail(Community, { id: communityId });
  return businessDate(tx.now, timeZone);
}

const texts = {
  period: { zh: '结束日期不能早于开始日期', en: 'the last day is before the first' },
  share: { zh: '只有业主有产权份额', en: 'only owners have a share' },
  papers: { zh: '授权委托书', en: 'power of attorney' },
} satisfies Record<string, Text>;

type Terms = Pick<Residency, 'unit' | 'relation' | 'share' | 'startsOn' | 'endsOn' | 'powerOfAttorney'> & {
  id?: string;
};

/** What holds for every residency by itself and together with the other owners of the unit (handbook U-2). */
async function assertSound(tx: Tx, residency: Terms): Promise<void> {
  const { relation, share, startsOn, endsOn, powerOfAttorney } = residency;
  const fault = (field: string, text: Text): never => {
    throw new Refusal('VALIDATION', {
      issues: [{ field: [field], detail: say(text, tx.locale) }],
      rule: 'U-2',
    });
  };
  if (endsOn !== null && endsOn < startsOn) fault('endsOn', texts.period);
  if (share !== null && relation !== 'OWNER') fault('share', texts.share);
  if (relation === 'AGENT' && !powerOfAttorney)
    refuse('PAPERS_MISSING', {
      field: ['powerOfAttorney'],
      values: (locale) => ({ what: say(texts.papers, locale) }),
      rule: 'H-1',
    });
  if (share !== null) await assertOwnership(tx, residency, share);
}

/** Holds the unit until the commit, so that owners who are entered at the same moment are counted one after another. */
async function assertOwnership(tx: Tx, residency: Terms, share: string): Promise<void> {
  await tx.lock(residency.unit);
  const others = await tx.em.find(Residency, {
    unit: residency.unit.id,
    relation: 'OWNER',
    share: { $ne: null },
  });
  const owned = others.filter((other) => other.id !== residency.id) as (Residency & Owned)[];
  const taken = highestOwnership(owned, residency);
  if (taken + hundredths(share) > 10_000)
    refuse('OWNERSHIP_ABOVE_100', { field: ['share'], values: { taken: percentOf(taken) } });
}
