import { policyDescriptor } from '@desk/schema/policies/descriptor';
import { type PolicyNumbers, policyNumberNames, policyNumbers } from '@desk/schema/policies/numbers';
import { ObjectType } from 'type-graphql';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Community } from '../units/index.ts';
import { Calendar } from './calendar.entity.ts';

// A type only so that type-graphql hands its fields down; it is not part of the SDL.
@ObjectType('PolicyNumbers')
abstract class /** Every number of the policy is a column and a field by the table of the contract: none can be forgotten in one place. */ Numbered extends Aggregate {}
for (const name of policyNumberNames) {
  const { label, rule, value, min, max } = policyNumbers[name];
  const description = `${label.en} (${label.zh}), handbook ${rule}. ${min} to ${max}; ${value} by default.`;
  Column('int', { description })(Numbered.prototype, name);
}

@Resource(policyDescriptor, {
  table: 'policy',
  description:
    'A version of the numbers that a community promises by (服务标准), handbook P-1. What began under a version keeps it.',
})
export class Policy extends Numbered {
  @Reference(() => Community, { description: 'The community that promises so.' })
  community!: Community;

  @Reference(() => Calendar, { description: 'The calendar that its working days are counted in.' })
  calendar!: Calendar;

  @Column('dateTime', {
    description:
      'Holds for what is received from then on, until the next version. Never in the past when entered.',
  })
  effectiveFrom!: Date;

  @Column('text', { nullable: true, description: 'Why it was changed. At most 4,000 characters.' })
  note!: string | null;
}

/** The numbers of a version, typed. */
export const numbersOf = (policy: Policy): PolicyNumbers => {
  const record = policy as unknown as PolicyNumbers;
  return Object.fromEntries(policyNumberNames.map((name) => [name, record[name]])) as PolicyNumbers;
};
