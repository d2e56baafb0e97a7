import { residentDescriptor } from '@desk/schema/residents/descriptor';
import {
  type ConfidentialField,
  confidentialFields,
  type IdentityKind,
  identityKinds,
  type ResidentKind,
  residentKinds,
  type SpecialCareKind,
  specialCareKinds,
} from '@desk/schema/residents/enums';
import { enumOf } from '../../platform/graphql/enums.ts';
import { maskIdentity, maskPhone } from '../../platform/mask.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Community } from '../units/index.ts';
import { searchedText } from './search.ts';

export const ResidentKinds = enumOf('ResidentKind', residentKinds, 'Person or company (handbook U-2).');
export const IdentityKinds = enumOf(
  'IdentityKind',
  identityKinds,
  'Paper that identifies a resident (handbook H-1).',
);
export const SpecialCareKinds = enumOf(
  'SpecialCareKind',
  specialCareKinds,
  'Why a household is served at its door (handbook U-5).',
);
export const ConfidentialFields = enumOf(
  'ConfidentialField',
  confidentialFields,
  'What is masked until its unmasking is justified (handbook U-4).',
);

@Resource(residentDescriptor, {
  table: 'resident',
  description: 'A person or company that lives in, owns or uses units of a community (住户), handbook U-2.',
  searchedText,
})
export class Resident extends Aggregate {
  @Reference(() => Community, { description: 'The community whose units it lives in or owns.' })
  community!: Community;

  @Column('text', { description: 'Name of the person or company. 1 to 200 characters.' })
  name!: string;

  @Column('text', {
    description: 'Pinyin of the name in syllables: `ou yang na na`; what lists are sorted by.',
  })
  pinyin!: string;

  @Column('enum', { values: ResidentKinds, description: 'Person or company.' })
  kind!: ResidentKind;

  @Column('text', {
    nullable: true,
    mask: maskPhone,
    description: 'Phone, masked: `138****1234` (handbook U-4).',
  })
  phone!: string | null;

  @Column('text', { nullable: true, mask: maskPhone, description: 'Second phone, masked (handbook U-4).' })
  secondPhone!: string | null;

  @Column('enum', { nullable: true, values: IdentityKinds, description: 'Kind of the identifying paper.' })
  idKind!: IdentityKind | null;

  @Column('text', {
    nullable: true,
    mask: maskIdentity,
    description: 'Number of the identifying paper, masked (handbook U-4).',
  })
  idNumber!: string | null;

  @Column('text', { nullable: true, description: 'Number plates of its vehicles, separated by commas.' })
  plates!: string | null;

  @Column('boolean', { description: 'Special-care household (特殊用户): served at its door (handbook U-5).' })
  specialCare!: boolean;

  @Column('enum', {
    nullable: true,
    values: SpecialCareKinds,
    description: 'Why it is a special-care household.',
  })
  specialCareKind!: SpecialCareKind | null;

  @Column('text', { nullable: true, description: 'Whom to call in an emergency.' })
  emergencyName!: string | null;

  @Column('text', {
    nullable: true,
    mask: maskPhone,
    description: 'Phone of the emergency contact, masked (handbook U-4).',
  })
  emergencyPhone!: string | null;

  @Column('text', { nullable: true, description: 'Free note for staff. At most 4,000 characters.' })
  note!: string | null;

  @Column('text', {
    nullable: true,
    description: "The source system's key, unique in the community; imports recognise residents by it.",
  })
  externalKey!: string | null;
}

/** Where each confidential value is kept. */
export const confidentialColumns = {
  PHONE: 'phone',
  SECOND_PHONE: 'secondPhone',
  ID_NUMBER: 'idNumber',
  EMERGENCY_PHONE: 'emergencyPhone',
} as const satisfies Record<ConfidentialField, keyof Resident>;
