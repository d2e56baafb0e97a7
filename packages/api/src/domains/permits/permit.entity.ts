import { permitDescriptor } from '@desk/schema/permits/descriptor';
import { type PermitPaper, permitPapers } from '@desk/schema/permits/enums';
import { type PermitStatus, permitLifecycle } from '@desk/schema/permits/lifecycle';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Fee } from '../fees/index.ts';
import { Policy } from '../policies/index.ts';
import { Resident } from '../residents/index.ts';
import { Building, Community, Unit } from '../units/index.ts';

export const PermitPapers = enumOf(
  'PermitPaper',
  permitPapers,
  'Papers of a renovation application (handbook R-01, R-02, R-04).',
);
const PermitStatuses = enumOf(
  'RenovationPermitStatus',
  permitLifecycle.states,
  'Where a renovation stands between application and refund (handbook R-03 to R-12).',
);

@Resource(permitDescriptor, {
  table: 'renovation_permit',
  description: 'A renovation of a unit from application to the refund of the deposit (装修许可), handbook R.',
})
export class RenovationPermit extends Aggregate {
  @Column('text', { description: 'Number for people, for example `ZX-20261122-0007`.' })
  number!: string;

  @Reference(() => Community, { description: 'The community of the unit.' })
  community!: Community;

  @Reference(() => Building, { description: 'The building of the unit.' })
  building!: Building;

  @Reference(() => Unit, { description: 'The unit that is renovated; it has one open permit at a time.' })
  unit!: Unit;

  @Column('enum', {
    values: PermitStatuses,
    description: 'Status; changed by the moves of the life cycle only.',
  })
  status!: PermitStatus;

  @Reference(() => Resident, {
    nullable: true,
    description: 'Who applies, when a registered resident: the owner, or somebody with a written commission.',
  })
  applicant!: Resident | null;

  @Column('text', { description: "The applicant's name." })
  applicantName!: string;

  @Column('text', { description: 'Who does the works. 1 to 200 characters.' })
  contractorName!: string;

  @Column('text', { nullable: true, description: "Number of the contractor's business licence." })
  contractorLicence!: string | null;

  @Column('int', {
    nullable: true,
    description:
      "The contractor's qualification; 2 or better (1) before the approval (handbook R-01). 1 to 9.",
  })
  contractorGrade!: number | null;

  @Column('text', { description: 'What is to be done. At most 4,000 characters.' })
  scope!: string;

  @Column('boolean', { description: 'Hot work is declared (动火), handbook R-01.' })
  hotWork!: boolean;

  @Column('date', { description: 'First day of the works.' })
  startsOn!: string;

  @Column('date', { description: 'Last day of the works; moved by an extension (handbook R-05).' })
  endsOn!: string;

  @Column('dateTime', {
    nullable: true,
    description:
      'When a timer found the works past their last day (handbook R-05); null again after an extension.',
  })
  expiredAt!: Date | null;

  @Column('texts', { values: PermitPapers, description: 'Papers received (handbook R-01).' })
  papers!: PermitPaper[];

  @Column('int', { description: 'Round of the review, from 1 (handbook R-03).' })
  round!: number;

  @Column('int', { description: 'Joint inspections so far (handbook R-12).' })
  inspectionRound!: number;

  @Reference(() => Policy, {
    nullable: true,
    description:
      "The version of the policy that it was applied for under and keeps (handbook P-1); null for older ones: the handbook's numbers.",
  })
  policy!: Policy | null;

  @Reference(() => Fee, { nullable: true, description: 'The renovation deposit (handbook R-04, F-08).' })
  depositFee!: Fee | null;

  @Reference(() => Fee, { nullable: true, description: 'The rubbish clearance fee (handbook R-04).' })
  rubbishFee!: Fee | null;

  @Column('dateTime', { nullable: true, description: 'When the permit was issued.' })
  issuedAt!: Date | null;
}
