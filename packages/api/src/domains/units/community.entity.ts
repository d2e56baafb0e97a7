import { communityDescriptor, organisationDescriptor } from '@desk/schema/units/descriptor';
import { Aggregate, Column, Resource } from '../../platform/model.ts';

@Resource(organisationDescriptor, {
  table: 'organisation',
  description: 'A property company (物业公司): all data belongs to exactly one.',
})
export class Organisation extends Aggregate {
  @Column('text', { description: 'Name of the company. 1 to 200 characters.' })
  name!: string;
}

@Resource(communityDescriptor, {
  table: 'community',
  description: 'A residential community or tower (小区/大厦), handbook P-2.',
})
export class Community extends Aggregate {
  @Column('text', {
    description:
      'Short code, unique in the organisation, used on paper and by the command line. Letters, digits, `-` and `_`.',
  })
  code!: string;

  @Column('text', { description: 'Name of the community. 1 to 200 characters.' })
  name!: string;

  @Column('text', { nullable: true, description: 'Postal address.' })
  address!: string | null;

  @Column('text', { description: 'IANA time zone of its business dates and working hours (handbook P-4).' })
  timeZone!: string;

  @Column('text', { description: 'ISO 4217 code of all amounts in the community.' })
  currency!: string;
}
