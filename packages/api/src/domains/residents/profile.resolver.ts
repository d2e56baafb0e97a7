import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { childrenField, command, commands } from '../../platform/graphql/declare.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import type { Row } from '../../platform/read/plan.ts';
import { Unit } from '../units/index.ts';
import { ResidentProfile } from './profile.entity.ts';
import {
  ResidentProfileCreateInput,
  ResidentProfileEraseInput,
  ResidentProfileUpdateInput,
} from './profile.inputs.ts';
import { createProfile, eraseProfile, updateProfile } from './profile.service.ts';
import { Resident } from './resident.entity.ts';

@Resolver(() => Unit)
class CareFields {
  @FieldResolver(() => Boolean, {
    description:
      'Somebody who lives here today is flagged for special care (特殊用户): service goes to the door (handbook U-5).',
  })
  specialCare(@Root() row: Row, @Ctx() { read, clock }: Context): Promise<boolean> {
    const cared = read.loader<boolean>(CareFields, 'care', async (units) => {
      const rows = await read.run(
        `select distinct y.unit_id from residency y
         join resident r on r.id = y.resident_id and r.special_care
         join community c on c.id = y.community_id
         where y.unit_id = any($1::uuid[]) and y.starts_on <= ($2::timestamptz at time zone c.time_zone)::date
           and (y.ends_on is null or y.ends_on >= ($2::timestamptz at time zone c.time_zone)::date)`,
        [units, clock.now()],
      );
      const found = new Set(rows.map(([unit]) => unit));
      return units.map((unit) => found.has(unit));
    });
    return cared(row.uuid);
  }
}

export const profileResolvers = [
  ...resourceResolvers(ResidentProfile),
  CareFields,
  childrenField(
    Resident,
    'profiles',
    ResidentProfile,
    'resident',
    'Confidential profiles, one for each building that the resident lives in; steward of it and above only (handbook U-4).',
  ),
  commands(ResidentProfile, {
    residentProfileCreate: command(
      ResidentProfileCreateInput,
      createProfile,
      'Enters the profile of a resident who lives in the building (handbook U-4).',
    ),
    residentProfileUpdate: command(
      ResidentProfileUpdateInput,
      updateProfile,
      'Changes a profile; the history says that, not what (handbook U-4).',
    ),
    residentProfileErase: command(
      ResidentProfileEraseInput,
      eraseProfile,
      'Empties a profile for a reason, which is recorded (handbook S-7).',
    ),
  }),
];
