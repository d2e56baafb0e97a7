import { keyLoanDescriptor } from '@desk/schema/keys/descriptor';
import {
  type BorrowerKind,
  borrowerKinds,
  type ConsentWay,
  consentWays,
  type OverdueStep,
  overdueSteps,
  type Verification,
  verifications,
} from '@desk/schema/keys/enums';
import { type KeyLoanStatus, keyLoanLifecycle } from '@desk/schema/keys/lifecycle';
import { enumOf } from '../../platform/graphql/enums.ts';
import { maskPhone } from '../../platform/mask.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Policy } from '../policies/index.ts';
import { Resident } from '../residents/index.ts';
import { Building, Community, Unit } from '../units/index.ts';
import { Key, KeyCopy } from './key.entity.ts';

export const BorrowerKinds = enumOf('BorrowerKind', borrowerKinds, 'Who borrows a key.');
export const Verifications = enumOf(
  'IdentityVerification',
  verifications,
  "How a borrower's identity was verified (handbook K-2).",
);
export const ConsentWays = enumOf('ConsentWay', consentWays, 'How the owner consented (handbook K-2).');
const OverdueSteps = enumOf(
  'KeyOverdueStep',
  overdueSteps,
  'How far an overdue loan has escalated by itself (handbook K-4).',
);
const KeyLoanStatuses = enumOf(
  'KeyLoanStatus',
  keyLoanLifecycle.states,
  'Where a loan stands (handbook K-3, K-4).',
);

@Resource(keyLoanDescriptor, {
  table: 'key_loan',
  description: 'A loan of one copy of a key (钥匙借用), handbook K-2 to K-4.',
})
export class KeyLoan extends Aggregate {
  @Reference(() => Community, { description: 'The community whose board holds the key.' })
  community!: Community;

  @Reference(() => Building, { nullable: true, description: 'The building that the key belongs to, if one.' })
  building!: Building | null;

  @Reference(() => Key, { description: 'The key.' })
  key!: Key;

  @Reference(() => KeyCopy, { description: 'The copy that is out.' })
  copy!: KeyCopy;

  @Reference(() => Unit, { nullable: true, description: 'The unit that the key opens, if one.' })
  unit!: Unit | null;

  @Reference(() => Resident, { nullable: true, description: 'The borrower, when a registered resident.' })
  resident!: Resident | null;

  @Column('text', { description: 'Tag of the copy and name of the borrower.' })
  label!: string;

  @Column('enum', { values: BorrowerKinds, description: 'Who borrows it.' })
  borrowerKind!: BorrowerKind;

  @Column('text', { description: "The borrower's name." })
  borrowerName!: string;

  @Column('text', {
    nullable: true,
    mask: maskPhone,
    description: "The borrower's phone, masked (handbook U-4).",
  })
  borrowerPhone!: string | null;

  @Column('enum', {
    values: Verifications,
    description: 'How the identity was verified; without it there is no loan (handbook K-2).',
  })
  verification!: Verification;

  @Column('text', { description: 'Who verified it.' })
  verifiedBy!: string;

  @Column('text', {
    nullable: true,
    description: 'The owner who consented, when the borrower is not the owner (handbook K-2).',
  })
  consentBy!: string | null;

  @Column('enum', { values: ConsentWays, nullable: true, description: 'How the owner consented.' })
  consentWay!: ConsentWay | null;

  @Column('text', { description: 'What it is borrowed for.' })
  purpose!: string;

  @Column('text', { nullable: true, description: 'Note for staff.' })
  note!: string | null;

  @Column('enum', { values: KeyLoanStatuses, description: 'OUT until it is returned or reported lost.' })
  status!: KeyLoanStatus;

  @Column('dateTime', {
    description: 'When it must be back; staff: the end of the shift unless given (handbook K-3).',
  })
  dueAt!: Date;

  @Column('enum', {
    values: OverdueSteps,
    description:
      'Set by a timer while it is overdue: after the minutes of the policy that the loan began under (`keyReminderMinutes` …). NONE again after an extension.',
  })
  overdueStep!: OverdueStep;

  @Reference(() => Policy, {
    nullable: true,
    description:
      "The version of the policy that it began under and keeps (handbook P-1); null for older ones: the handbook's numbers.",
  })
  policy!: Policy | null;

  @Column('dateTime', { nullable: true, description: 'When it came back.' })
  returnedAt!: Date | null;
}
