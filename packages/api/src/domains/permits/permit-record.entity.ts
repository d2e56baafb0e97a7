import { permitReviewDescriptor, permitSignatureDescriptor } from '@desk/schema/permits/descriptor';
import {
  type ReviewOutcome,
  reviewOutcomes,
  type SigningDepartment,
  type SigningStage,
  signingDepartments,
  signingStages,
} from '@desk/schema/permits/enums';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Building, Community } from '../units/index.ts';
import { RenovationPermit } from './permit.entity.ts';

const ReviewOutcomes = enumOf(
  'PermitReviewOutcome',
  reviewOutcomes,
  'How a round ended (handbook R-03, R-12).',
);
const SigningStages = enumOf('SigningStage', signingStages, 'What is signed (handbook R-05, R-12).');
export const SigningDepartments = enumOf(
  'SigningDepartment',
  signingDepartments,
  'Departments that sign permits and completions (handbook R-05, R-12).',
);

@Resource(permitReviewDescriptor, {
  table: 'permit_review',
  description: 'How one round of a review or inspection ended (审图记录); written once, handbook R-03, R-12.',
})
export class PermitReview extends Aggregate {
  @Reference(() => Community, { description: 'The community of the unit.' })
  community!: Community;

  @Reference(() => Building, { description: 'The building of the unit.' })
  building!: Building;

  @Reference(() => RenovationPermit, { description: 'The permit.' })
  permit!: RenovationPermit;

  @Column('int', { description: 'Round of the review; of the inspection for RECTIFY.' })
  round!: number;

  @Column('enum', { values: ReviewOutcomes, description: 'How it ended.' })
  outcome!: ReviewOutcome;

  @Column('text', { description: 'What was found, and what is to be changed.' })
  comments!: string;

  @Column('text', { description: 'Who reviewed.' })
  reviewedBy!: string;
}

@Resource(permitSignatureDescriptor, {
  table: 'permit_signature',
  description:
    'The signature of a department (签字); written once, one for each stage and round, handbook R-05, R-12.',
})
export class PermitSignature extends Aggregate {
  @Reference(() => Community, { description: 'The community of the unit.' })
  community!: Community;

  @Reference(() => Building, { description: 'The building of the unit.' })
  building!: Building;

  @Reference(() => RenovationPermit, { description: 'The permit.' })
  permit!: RenovationPermit;

  @Column('enum', { values: SigningStages, description: 'What is signed.' })
  stage!: SigningStage;

  @Column('int', {
    description: 'Round of the review, or of the inspection; a new round needs new signatures.',
  })
  round!: number;

  @Column('enum', { values: SigningDepartments, description: 'The department.' })
  department!: SigningDepartment;

  @Column('text', { description: 'Who signed for it.' })
  signedBy!: string;
}
