import { say, type Text } from '@desk/schema';
import type { PermitPaper } from '@desk/schema/permits/enums';
import { permitChange, permitInput } from '@desk/schema/permits/limits';
import { businessDate } from '../../platform/clock.ts';
import { Refusal, refuse } from '../../platform/errors.ts';
import { takeNumbers } from '../../platform/write/numbers.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { ownersOf, Resident } from '../residents/index.ts';
import { Community, Unit } from '../units/index.ts';
import { RenovationPermit } from './permit.entity.ts';
import { papersMissing } from './permit-gates.ts';
import type { RenovationPermitCreateInput, RenovationPermitUpdateInput } from './permits.inputs.ts';

/** An application by the owner or with the owner's written commission (handbook R-01). */
export async function createPermit(tx: Tx, input: RenovationPermitCreateInput): Promise<RenovationPermit> {
  const unit = await tx.get(Unit, input.unit, 'unit');
  const { community, building } = unit;
  tx.authorise(RenovationPermit, 'create', { communityId: community.id, buildingId: building.id });
  const { applicantName, papers, hotWork, contractorLicence, contractorGrade, ...given } = tx.check(
    permitInput,
    input,
  );
  assertPeriod(tx, given.startsOn, given.endsOn, 'endsOn');
  const applicant = input.applicant ? await applicantOf(tx, input.applicant, unit) : null;
  const received = [...new Set(papers ?? [])];
  await assertCommissioned(tx, unit, applicant, received);
  return tx.create(RenovationPermit, {
    ...given,
    ...{ community, building, unit, applicant },
    number: await nextNumber(tx, community.id),
    status: 'APPLIED',
    applicantName: applicantName ?? applicant?.name ?? refuse('REQUIRED', { field: ['applicantName'] }),
    contractorLicence: contractorLicence ?? null,
    contractorGrade: contractorGrade ?? null,
    hotWork: hotWork ?? false,
    papers: received,
    round: 1,
    inspectionRound: 0,
    depositFee: null,
    rubbishFee: null,
    issuedAt: null,
    expiredAt: null,
  });
}

const open: readonly string[] = ['APPLIED', 'REVIEWING', 'CHANGES_REQUESTED'];

/** What is applied for may change until it is approved; afterwards the approval would be of something else. */
export async function updatePermit(tx: Tx, input: RenovationPermitUpdateInput): Promise<RenovationPermit> {
  const permit = await tx.change(RenovationPermit, input, 'update');
  if (!open.includes(permit.status)) refuse('PERMIT_FIXED');
  const { papers, applicantName, hotWork, ...given } = tx.check(permitChange, input);
  const unit = await tx.em.findOneOrFail(Unit, { id: permit.unit.id });
  if (input.applicant !== undefined) {
    const applicant = input.applicant === null ? null : await applicantOf(tx, input.applicant, unit);
    tx.assign(permit, { applicant, ...(applicant && { applicantName: applicant.name }) });
  }
  tx.assign(permit, {
    ...given,
    ...(applicantName != null && { applicantName }),
    ...(hotWork != null && { hotWork }),
    ...(papers != null && { papers: [...new Set(papers)] }),
  });
  assertPeriod(tx, permit.startsOn, permit.endsOn, 'endsOn');
  if (input.applicant !== undefined || papers != null)
    await assertCommissioned(tx, unit, permit.applicant, permit.papers);
  return permit;
}

async function applicantOf(tx: Tx, id: string, unit: Unit): Promise<Resident> {
  const applicant = await tx.get(Resident, id, 'applicant');
  if (applicant.community.id !== unit.community.id) refuse('PLACE_MISMATCH', { field: ['applicant'] });
  return applicant;
}

/** Whoever does not own the unit brings the owner's written commission (handbook R-01). */
async function assertCommissioned(
  tx: Tx,
  unit: Unit,
  applicant: Resident | null,
  papers: readonly PermitPaper[],
): Promise<void> {
  if (papers.includes('OWNER_CONSENT')) return;
  const owners = applicant ? await ownersOf(tx, unit) : [];
  const missing = papersMissing(['OWNER_CONSENT']);
  if (missing && !owners.some((owner) => owner.id === applicant?.id)) throw missing;
}

const texts = {
  period: { zh: '不能早于开工日期', en: 'is before the first day' },
  extension: { zh: '须晚于原完工日期', en: 'must be later than it was' },
} satisfies Record<string, Text>;

function assertPeriod(tx: Tx, startsOn: string, endsOn: string, field: string): void {
  if (endsOn < startsOn) invalid(tx, field, texts.period);
}

/** An extension makes the works longer, never shorter (handbook R-05). */
export function assertLonger(tx: Tx, permit: RenovationPermit, endsOn: string): void {
  if (endsOn <= permit.endsOn) invalid(tx, 'endsOn', texts.extension);
}

function invalid(tx: Tx, field: string, text: Text): never {
  throw new Refusal('VALIDATION', {
    issues: [{ field: [field], detail: say(text, tx.locale) }],
    rule: 'R-05',
  });
}

/** The next number of the community's day: `ZX-20261122-0007`. */
async function nextNumber(tx: Tx, communityId: string): Promise<string> {
  const period = await businessDay(tx, communityId);
  const run = (text: string, values: unknown[]) => runInside(tx.em, text, values);
  const wanted = { of: 'renovationPermit', letters: 'ZX', period } as const;
  const [taken] = await takeNumbers(run, tx.viewer.organisationId, communityId, [wanted]);
  return taken?.number ?? '';
}

export async function businessDay(tx: Tx, communityId: string): Promise<string> {
  const { timeZone } = await tx.em.findOneOrFail(Community, { id: communityId });
  return businessDate(tx.now, timeZone);
}
