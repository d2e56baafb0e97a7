import { say, type Text } from '@desk/schema';
import { chargeStandardInput } from '@desk/schema/fees/limits';
import { DateTime } from 'luxon';
import { Refusal, refuse } from '../../platform/errors.ts';
import type { MoveInput } from '../../platform/graphql/payload.ts';
import { newUuid } from '../../platform/ids.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Community } from '../units/index.ts';
import { ChargeStandard } from './charge-standard.entity.ts';
import type { ChargeStandardCreateInput, ChargeStandardUpdateInput } from './fees.inputs.ts';

/** A refusal of one field, in the caller's language. */
export const invalid = (tx: Tx, field: string, detail: Text): never => {
  throw new Refusal('VALIDATION', { issues: [{ field: [field], detail: say(detail, tx.locale) }] });
};

const endsBeforeStart: Text = { zh: '不能早于起始日', en: 'must not be before the first day' };

export async function createStandard(tx: Tx, input: ChargeStandardCreateInput): Promise<ChargeStandard> {
  const community = await tx.get(Community, input.community, 'community');
  tx.authorise(ChargeStandard, 'create', { communityId: community.id });
  const { kind, name, basis, rate, effectiveFrom, effectiveTo } = tx.check(chargeStandardInput, input);
  if (effectiveTo && effectiveTo < effectiveFrom) invalid(tx, 'effectiveTo', endsBeforeStart);
  const supersedes = input.supersedes ? await tx.get(ChargeStandard, input.supersedes, 'supersedes') : null;
  if (supersedes && (supersedes.community.id !== community.id || supersedes.kind !== kind))
    invalid(tx, 'supersedes', {
      zh: '须为同一小区、同一类别的标准',
      en: 'must be of the same community and kind',
    });
  const id = newUuid();
  return tx.create(ChargeStandard, {
    id,
    community,
    kind,
    name,
    basis,
    rate,
    effectiveFrom,
    effectiveTo: effectiveTo ?? null,
    status: 'DRAFT',
    supersedes,
    seriesId: supersedes?.seriesId ?? id,
  });
}

/** Only a draft: charges that were computed must stay explainable (handbook F-02). */
export async function updateStandard(tx: Tx, input: ChargeStandardUpdateInput): Promise<ChargeStandard> {
  const standard = await tx.change(ChargeStandard, input, 'update');
  if (standard.status !== 'DRAFT') refuse('STANDARD_IMMUTABLE');
  tx.assign(
    standard,
    tx.check(
      chargeStandardInput
        .pick({ name: true, basis: true, rate: true, effectiveFrom: true, effectiveTo: true })
        .partial(),
      input,
    ),
  );
  if (standard.effectiveTo && standard.effectiveTo < standard.effectiveFrom)
    invalid(tx, 'effectiveTo', endsBeforeStart);
  return standard;
}

export async function moveStandard(tx: Tx, action: string, input: MoveInput): Promise<ChargeStandard> {
  const standard = await tx.change(ChargeStandard, input, action);
  if (action === 'approve' && standard.supersedes) await endPredecessor(tx, standard, standard.supersedes.id);
  return tx.move(standard, action, input.reason);
}

/** From the day on which the new rate holds, the old one does not: no day has two (handbook F-02). */
async function endPredecessor(tx: Tx, standard: ChargeStandard, id: string): Promise<void> {
  const old = await tx.lock(await tx.em.findOneOrFail(ChargeStandard, { id }));
  if (old.effectiveFrom >= standard.effectiveFrom)
    invalid(tx, 'effectiveFrom', {
      zh: '须晚于被替代标准的生效日',
      en: 'must be after the first day of the superseded standard',
    });
  const last =
    DateTime.fromISO(standard.effectiveFrom).minus({ days: 1 }).toISODate() ?? standard.effectiveFrom;
  if (old.status === 'APPROVED' && (old.effectiveTo === null || old.effectiveTo > last))
    old.effectiveTo = last;
  await tx.em.flush(); // before the new one is approved: the database allows no day with two, not even for a moment
}
