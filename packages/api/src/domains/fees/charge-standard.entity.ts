import { chargeStandardDescriptor } from '@desk/schema/fees/descriptor';
import { type ChargeBasis, chargeBases, type FeeKind, feeKinds } from '@desk/schema/fees/enums';
import { type ChargeStandardStatus, chargeStandardLifecycle } from '@desk/schema/fees/lifecycle';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Community } from '../units/index.ts';

export const FeeKinds = enumOf('FeeKind', feeKinds, 'What is charged (handbook F-01).');
export const ChargeBases = enumOf('ChargeBasis', chargeBases, 'What a rate multiplies (handbook F-01).');
const Statuses = enumOf(
  'ChargeStandardStatus',
  chargeStandardLifecycle.states,
  'Only an approved standard is used (handbook F-02).',
);

@Resource(chargeStandardDescriptor, {
  table: 'charge_standard',
  description: 'A charge standard (收费标准), effective-dated and approved before use, handbook F-02.',
})
export class ChargeStandard extends Aggregate {
  @Reference(() => Community, { description: 'The community in which it holds.' })
  community!: Community;

  @Column('text', { description: 'Name, as on the notice board. 1 to 200 characters.' })
  name!: string;

  @Column('enum', { values: FeeKinds, description: 'Kind of the fees that it makes.' })
  kind!: FeeKind;

  @Column('enum', {
    values: Statuses,
    description: 'DRAFT until approved; afterwards only its end may be set.',
  })
  status!: ChargeStandardStatus;

  @Column('enum', { values: ChargeBases, description: 'What the rate multiplies.' })
  basis!: ChargeBasis;

  @Column('decimal', {
    description: 'Minor units (fen) per m²·month, unit·month or unit, at most four decimals: 250 is ¥2.50.',
  })
  rate!: string;

  @Column('date', { description: 'First day on which it holds.' })
  effectiveFrom!: string;

  @Column('date', { nullable: true, description: 'Last day on which it holds; null while no end is known.' })
  effectiveTo!: string | null;

  @Reference(() => ChargeStandard, {
    nullable: true,
    description: 'The standard that it replaces: that one ends the day before this one begins.',
  })
  supersedes!: ChargeStandard | null;

  // A standard and its successors: a unit is billed once for a day by all of them together.
  @Column('text', { hidden: true })
  seriesId!: string;
}
