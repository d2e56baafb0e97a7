import type { UnitKind } from '@desk/schema/units/enums';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ChangeInput, MutationInput } from '../../platform/graphql/payload.ts';
import { DateScalar, DecimalScalar } from '../../platform/graphql/scalars.ts';
import { UnitKinds } from './unit.entity.ts';

@InputType({ description: 'A new community.' })
export class CommunityCreateInput extends MutationInput {
  @Field(() => String, {
    description: 'Short code, unique in the organisation. Letters, digits, `-` and `_`, at most 32.',
  })
  code!: string;

  @Field(() => String, { description: 'Name. 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Postal address.' })
  address?: string | null;

  @Field(() => String, { nullable: true, description: 'IANA time zone; Asia/Shanghai when absent.' })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217 currency; CNY when absent.' })
  currency?: string | null;
}

@InputType({ description: 'Changes of a community; absent fields stay as they are.' })
export class CommunityUpdateInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'Name. 1 to 200 characters.' })
  name?: string;

  @Field(() => String, { nullable: true, description: 'Postal address.' })
  address?: string | null;
}

@InputType({ description: 'A new building.' })
export class BuildingCreateInput extends MutationInput {
  @Field(() => ID, { description: 'Community that it stands in.' })
  community!: string;

  @Field(() => String, { description: 'Name, unique in the community.' })
  name!: string;

  @Field(() => Int, { nullable: true, description: 'Number of floors, 1 to 200.' })
  floors?: number | null;

  @Field(() => DateScalar, { nullable: true, description: 'First handover.' })
  handoverOn?: string | null;
}

@InputType({ description: 'Changes of a building; absent fields stay as they are.' })
export class BuildingUpdateInput extends ChangeInput {
  @Field(() => String, {
    nullable: true,
    description: 'Name, unique in the community; the full names of its units follow.',
  })
  name?: string;

  @Field(() => Int, { nullable: true, description: 'Number of floors, 1 to 200.' })
  floors?: number | null;

  @Field(() => DateScalar, { nullable: true, description: 'First handover.' })
  handoverOn?: string | null;
}

@InputType({ description: 'A new unit; it starts VACANT.' })
export class UnitCreateInput extends MutationInput {
  @Field(() => ID, { description: 'Building that it lies in.' })
  building!: string;

  @Field(() => String, { description: 'Number on the door, unique in the building.' })
  number!: string;

  @Field(() => UnitKinds, { nullable: true, description: 'Use; RESIDENCE when absent.' })
  kind?: UnitKind | null;

  @Field(() => Int, { nullable: true, description: 'Floor, -20 to 200.' })
  floor?: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Floor area in m², at most two decimals.' })
  area?: string | null;

  @Field(() => String, { nullable: true, description: 'Layout.' })
  layout?: string | null;

  @Field(() => String, { nullable: true, description: 'Orientation.' })
  orientation?: string | null;

  @Field(() => String, { nullable: true, description: 'Note for staff.' })
  note?: string | null;

  @Field(() => String, { nullable: true, description: "The source system's key, unique in the community." })
  externalKey?: string | null;
}

@InputType({ description: 'Changes of a unit; absent fields stay as they are.' })
export class UnitUpdateInput extends ChangeInput {
  @Field(() => String, { nullable: true, description: 'Number on the door, unique in the building.' })
  number?: string;

  @Field(() => UnitKinds, { nullable: true, description: 'Use.' })
  kind?: UnitKind;

  @Field(() => Int, { nullable: true, description: 'Floor, -20 to 200.' })
  floor?: number | null;

  @Field(() => DecimalScalar, { nullable: true, description: 'Floor area in m², at most two decimals.' })
  area?: string | null;

  @Field(() => String, { nullable: true, description: 'Layout.' })
  layout?: string | null;

  @Field(() => String, { nullable: true, description: 'Orientation.' })
  orientation?: string | null;

  @Field(() => String, { nullable: true, description: 'Note for staff.' })
  note?: string | null;

  @Field(() => String, { nullable: true, description: "The source system's key, unique in the community." })
  externalKey?: string | null;
}
