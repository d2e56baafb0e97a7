import type { Role } from '@desk/schema';
import { Field, ID, InputType } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { Roles } from '../staff/index.ts';

@InputType({ description: 'A new saved view of a list.' })
export class SavedViewCreateInput extends MutationInput {
  @Field(() => ID, { description: 'The community whose people use it.' })
  community!: string;

  @Field(() => String, { description: "Name, unique among one's views of the list. 1 to 60 characters." })
  name!: string;

  @Field(() => String, { description: 'The list that it is of, by its name in the API: `tickets`.' })
  resource!: string;

  @Field(() => String, {
    description:
      "The list's filter as JSON, as its `filter` argument takes it; `{}` for everything. At most 4,000 characters; VALIDATION when the list has no such filter.",
  })
  filter!: string;

  @Field(() => String, { nullable: true, description: 'Field to sort by; the usual order when absent.' })
  sort?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Largest or latest first; false when absent.' })
  descending?: boolean | null;

  @Field(() => [String], { nullable: true, description: 'Fields shown as columns, in order. At most 40.' })
  columns?: string[] | null;

  @Field(() => [Roles], {
    nullable: true,
    description: 'Roles that see it too. Only supervisors and above share; FORBIDDEN for others.',
  })
  sharedWith?: Role[] | null;
}

@InputType({ description: 'Changes of a saved view by its owner; absent fields stay as they are.' })
export class SavedViewUpdateInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'New name. 1 to 60 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'New filter as JSON. At most 4,000 characters.' })
  filter?: string | null;

  @Field(() => String, { nullable: true, description: 'Field to sort by; null for the usual order.' })
  sort?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Largest or latest first.' })
  descending?: boolean | null;

  @Field(() => [String], { nullable: true, description: 'Fields shown as columns, in order. At most 40.' })
  columns?: string[] | null;

  @Field(() => [Roles], {
    nullable: true,
    description: 'Roles that see it too; an empty list ends the sharing. FORBIDDEN below supervisor.',
  })
  sharedWith?: Role[] | null;
}

@InputType({ description: 'Removes a saved view of one’s own; those it was shared with lose it too.' })
export class SavedViewRemoveInput extends ChangeInput {}
