import { noticeRecipientDescriptor } from '@desk/schema/notices/descriptor';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Resident } from '../residents/index.ts';
import { Staff } from '../staff/index.ts';
import { Building, Community, Unit } from '../units/index.ts';
import { Notice } from './notice.entity.ts';

@Resource(noticeRecipientDescriptor, {
  table: 'notice_recipient',
  description:
    'Somebody who was to be told when a notice was published, and when they saw it (handbook H-8). Filter `seenAt: { isNull: true }` for who has not.',
})
export class NoticeRecipient extends Aggregate {
  @Reference(() => Community, { description: "The notice's community." })
  community!: Community;

  @Reference(() => Building, { nullable: true, description: "The resident's building; null for staff." })
  building!: Building | null;

  @Reference(() => Notice, { description: 'The notice.' })
  notice!: Notice;

  @Reference(() => Unit, { nullable: true, description: 'A unit of the resident that the notice is for.' })
  unit!: Unit | null;

  @Reference(() => Resident, { nullable: true, description: 'The resident; null for staff.' })
  resident!: Resident | null;

  @Reference(() => Staff, { nullable: true, description: 'The member of the staff; null for residents.' })
  staff!: Staff | null;

  @Column('dateTime', { nullable: true, description: 'When it was seen first; null when not yet.' })
  seenAt!: Date | null;

  @Column('text', { nullable: true, description: 'Who recorded it: the person, or the app that showed it.' })
  seenBy!: string | null;
}
