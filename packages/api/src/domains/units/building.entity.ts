import { buildingDescriptor } from '@desk/schema/units/descriptor';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Community } from './community.entity.ts';

@Resource(buildingDescriptor, {
  table: 'building',
  description: 'A building (楼栋) of a community, handbook P-2.',
})
export class Building extends Aggregate {
  @Reference(() => Community, { description: 'The community that it stands in.' })
  community!: Community;

  @Column('text', { description: 'Name, unique in the community, for example `3栋`.' })
  name!: string;

  @Column('int', { nullable: true, description: 'Number of floors, 1 to 200.' })
  floors!: number | null;

  @Column('date', {
    nullable: true,
    description: 'First handover; renovation hours of handbook R-07 count from here.',
  })
  handoverOn!: string | null;
}
