import type { Department } from '@desk/schema/tickets/enums';
import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { Refusal } from '../../platform/errors.ts';
import { decodeId, encodeId } from '../../platform/ids.ts';
import { modelOf } from '../../platform/model.ts';
import { Departments } from '../policies/index.ts';
import { loadsAt } from './dispatch-rule.ts';
import { Ticket } from './ticket.entity.ts';

@ObjectType({
  description: 'Somebody a ticket can be given to, with what is on hand already.',
  simpleResolvers: true,
})
class TicketDispatchPerson {
  @Field(() => ID, { description: 'Id of the member of the staff, for `ticketDispatch`.' })
  id!: string;

  @Field(() => String, { description: 'Name.' })
  name!: string;

  @Field(() => Int, { description: 'Tickets of the community that are given to this person and not done.' })
  open!: number;

  @Field(() => Boolean, { description: 'On duty now by the roster (handbook S-5).' })
  onDuty!: boolean;

  @Field(() => Boolean, { description: 'Absent now (handbook S-5).' })
  absent!: boolean;
}

@ObjectType({
  description: 'A department with its load, for dispatch by hand (handbook T-04).',
  simpleResolvers: true,
})
class TicketDispatchCandidate {
  @Field(() => Departments, { description: 'Department.' })
  department!: Department;

  @Field(() => Int, { description: 'Tickets of the community that the department has and has not done.' })
  open!: number;

  @Field(() => [TicketDispatchPerson], {
    description: 'Who of it can act where the ticket is: those on duty first, then those with least on hand.',
  })
  people!: TicketDispatchPerson[];
}

@Resolver()
export class DispatchQueries {
  @Query(() => [TicketDispatchCandidate], {
    description:
      'Departments and people that a ticket can be dispatched to, with their load (handbook T-04); empty when there is no such ticket.',
  })
  async ticketDispatchCandidates(
    @Arg('ticket', () => ID, { description: 'The ticket.' }) id: string,
    @Ctx() { viewer, read, clock, locale }: Context,
  ): Promise<TicketDispatchCandidate[]> {
    if (!viewer) throw new Refusal('UNAUTHENTICATED').toGraphQL(locale);
    const { descriptor } = modelOf(Ticket);
    const uuid = decodeId(descriptor.idPrefix, id);
    const [row] = uuid
      ? await read.run('select community_id, building_id from ticket where id = $1', [uuid])
      : [];
    const [communityId, buildingId] = (row ?? []) as (string | null)[];
    const place = { communityId: communityId ?? '', buildingId: buildingId ?? null };
    if (!communityId || !viewer.may(descriptor, 'read', place)) return [];
    if (!viewer.may(descriptor, 'dispatch', place)) throw new Refusal('FORBIDDEN').toGraphQL(locale);
    const loads = await loadsAt(read.run, viewer, place, clock.now());
    return loads.map(({ people, ...load }) => ({
      ...load,
      people: people.map((person) => ({ ...person, id: encodeId('staff', person.id) })),
    }));
  }
}
