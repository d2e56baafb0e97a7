import { feeRunDescriptor } from '@desk/schema/fees/descriptor';
import { type FeeRunStatus, feeRunLifecycle } from '@desk/schema/fees/lifecycle';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Building, Community } from '../units/index.ts';
import { ChargeStandard } from './charge-standard.entity.ts';

const Statuses = enumOf(
  'FeeRunStatus',
  feeRunLifecycle.states,
  'Where a billing run stands (handbook F-03).',
);

@Resource(feeRunDescriptor, {
  table: 'fee_run',
  description: 'A billing run (出账批次): one fee for each unit and period, handbook F-03.',
})
export class FeeRun extends Aggregate {
  @Column('text', { description: 'Number for people, for example `CZ-20261122-0001`.' })
  number!: string;

  @Reference(() => Community, { description: 'The community that was billed.' })
  community!: Community;

  @Reference(() => Building, {
    nullable: true,
    description: 'The building that was billed; null for the whole community.',
  })
  building!: Building | null;

  @Reference(() => ChargeStandard, { description: 'The standard that was applied.' })
  standard!: ChargeStandard;

  @Column('enum', { values: Statuses, description: 'Its fees can be checked while it is DRAFT.' })
  status!: FeeRunStatus;

  @Column('date', { description: 'First day billed: of the period asked for, as far as the standard holds.' })
  periodFrom!: string;

  @Column('date', { description: 'Last day billed.' })
  periodTo!: string;

  @Column('date', { description: 'When the fees are due.' })
  dueOn!: string;

  @Column('int', { description: 'Fees that it made.' })
  created!: number;

  @Column('money', { description: 'Sum of the fees that it made.' })
  total!: bigint;

  @Column('int', {
    description: 'Units left out because they are billed for the period, or for a part of it.',
  })
  skippedBilled!: number;

  @Column('int', { description: 'Units left out because their area is unknown.' })
  skippedNoArea!: number;

  @Column('int', {
    description: 'Units left out because their amount is less than half a fen or beyond all limits.',
  })
  skippedAmount!: number;
}
