import { Ctx, Extensions, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import { businessDate } from '../../platform/clock.ts';
import type { Context } from '../../platform/context.ts';
import { childrenField, command, commands } from '../../platform/graphql/declare.ts';
import { payloadOf } from '../../platform/graphql/payload.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import type { Row } from '../../platform/read/plan.ts';
import { Unit } from '../units/index.ts';
import { covers, type Period } from './ownership.ts';
import { Residency } from './residency.entity.ts';
import { createResidency, endResidency, updateResidency } from './residency.service.ts';
import { Resident } from './resident.entity.ts';
import { createResident, unmaskResident, updateResident } from './resident.service.ts';
import {
  ResidencyCreateInput,
  ResidencyEndInput,
  ResidencyUpdateInput,
  ResidentCreateInput,
  ResidentUnmaskInput,
  ResidentUpdateInput,
} from './residents.inputs.ts';
import { zonesOf } from './residents.loaders.ts';

@ObjectType({
  description: 'Values of a resident in clear; null where there is none or it was not asked for.',
  simpleResolvers: true,
})
export class UnmaskedResident {
  @Field(() => String, { nullable: true, description: 'Phone.' })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'Second phone.' })
  secondPhone!: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the identifying paper.' })
  idNumber!: string | null;

  @Field(() => String, { nullable: true, description: 'Phone of the emergency contact.' })
  emergencyPhone!: string | null;
}

@ObjectType({ description: 'Answer of an unmasking.', simpleResolvers: true })
export class ResidentUnmaskPayload extends payloadOf(Resident) {
  @Field(() => UnmaskedResident, {
    nullable: true,
    description:
      'The values in clear. Not kept for a repetition with the same idempotency key: that answers null.',
  })
  unmasked!: UnmaskedResident | null;
}

@Resolver(() => Residency)
class ResidencyFields {
  @FieldResolver(() => Boolean, { description: "Whether it holds today, in the community's time zone." })
  @Extensions({ needs: ['startsOn', 'endsOn', 'community'] })
  async current(@Root() row: Row & Period, @Ctx() { read, clock }: Context): Promise<boolean> {
    const zone = await zonesOf(read)((row.community as unknown as Row).uuid);
    return covers(row, businessDate(clock.now(), zone));
  }
}

export const residentResolvers = [
  ...resourceResolvers(Resident),
  ...resourceResolvers(Residency),
  ResidencyFields,
  childrenField(
    Resident,
    'residencies',
    Residency,
    'resident',
    'What the resident is or was, and where (handbook U-2).',
  ),
  childrenField(
    Unit,
    'residencies',
    Residency,
    'unit',
    'Who owns, rents or lives in the unit, now and before (handbook U-2).',
  ),
  commands(Resident, {
    residentCreate: command(ResidentCreateInput, createResident, 'Enters a resident.'),
    residentUpdate: command(ResidentUpdateInput, updateResident, 'Changes the data of a resident.'),
    residentUnmask: command(
      ResidentUnmaskInput,
      unmaskResident,
      'Shows masked values in clear for a stated reason, and records it (handbook U-4). Stewards of buildings: only of those who live there now.',
      () => ResidentUnmaskPayload,
    ),
  }),
  commands(Residency, {
    residencyCreate: command(
      ResidencyCreateInput,
      createResidency,
      'Ties a resident to a unit (handbook U-2).',
    ),
    residencyUpdate: command(
      ResidencyUpdateInput,
      updateResidency,
      'Corrects share, period or power of attorney.',
    ),
    residencyEnd: command(ResidencyEndInput, endResidency, 'Ends a residency; it stays on file.'),
  }),
];
