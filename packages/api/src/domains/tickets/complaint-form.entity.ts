import { type ComplaintFormStatus, complaintFormLifecycle } from '@desk/schema/tickets/complaint';
import { complaintFormDescriptor } from '@desk/schema/tickets/descriptor';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Column, Reference, Resource } from '../../platform/model.ts';
import { Staff } from '../staff/index.ts';
import { TicketPart } from './ticket-work.entity.ts';

const FormStatuses = enumOf(
  'ComplaintFormStatus',
  complaintFormLifecycle.states,
  'Where a complaint form stands (handbook T-11).',
);

@Resource(complaintFormDescriptor, {
  table: 'complaint_form',
  description:
    'The form of an important or major complaint (投诉处理单), one for each; handbook T-11. Minor ones settled on the spot need none.',
})
export class ComplaintForm extends TicketPart {
  @Column('enum', { values: FormStatuses, description: 'Status; changed by its moves only.' })
  status!: ComplaintFormStatus;

  @Column('text', { description: 'What caused the complaint. 1 to 4,000 characters.' })
  cause!: string;

  @Column('text', { description: 'What is done so that it does not happen again. 1 to 4,000 characters.' })
  correctiveAction!: string;

  @Reference(() => Staff, { description: 'Who is responsible for the corrective action.' })
  responsible!: Staff;

  @Column('date', { description: 'By when the corrective action is done.' })
  deadline!: string;

  @Column('text', { nullable: true, description: "Name of the department's head who signed." })
  headName!: string | null;

  @Column('dateTime', { nullable: true, description: "When the department's head signed." })
  signedAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When the resident accepted the handling.' })
  acceptedAt!: Date | null;

  @Column('text', { nullable: true, description: "The resident's words at the acceptance." })
  acceptanceWords!: string | null;

  @Column('text', {
    nullable: true,
    description: 'Text of the written apology; major complaints need one (handbook T-06).',
  })
  apology!: string | null;

  @Column('dateTime', { nullable: true, description: 'When the apology was handed over.' })
  apologisedAt!: Date | null;
}
