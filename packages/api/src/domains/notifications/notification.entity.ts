import { notificationDescriptor } from '@desk/schema/notifications/descriptor';
import { type NotificationKind, notificationKinds } from '@desk/schema/notifications/enums';
import { type ChainLink, escalationChain } from '@desk/schema/policies/enums';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Staff } from '../staff/index.ts';
import { Building, Community } from '../units/index.ts';

const NotificationKinds = enumOf('NotificationKind', notificationKinds, 'Why somebody is told.');
const ChainLinks = enumOf(
  'ChainLink',
  escalationChain,
  'A link of the chain along which broken promises climb (handbook P-5).',
);

@Resource(notificationDescriptor, {
  table: 'notification',
  description:
    'Somebody was told something (提醒). Filter by `recipient` and `seenAt` for an inbox; a ticket shows its own as `escalations`.',
})
export class Notification extends Aggregate {
  @Reference(() => Community, { description: 'The community that it is about.' })
  community!: Community;

  @Reference(() => Building, { nullable: true, description: 'The building that it is about.' })
  building!: Building | null;

  @Reference(() => Staff, { description: 'Who was told.' })
  recipient!: Staff;

  @Column('enum', { values: NotificationKinds, description: 'Why.' })
  kind!: NotificationKind;

  @Column('text', { description: 'The matter in one line: number and title of the ticket.' })
  title!: string;

  @Column('text', {
    nullable: true,
    description: 'Kind of the promise, a `TicketClockKind`, if it is about one.',
  })
  about!: string | null;

  @Column('enum', {
    nullable: true,
    values: ChainLinks,
    description: 'As which link of the chain the person was told (handbook P-5).',
  })
  link!: ChainLink | null;

  @Column('dateTime', { nullable: true, description: 'When the promise is or was due.' })
  dueAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When the person marked it as seen.' })
  seenAt!: Date | null;

  @Column('text', { description: 'Public id of what it is about, for example of the ticket.' })
  subject!: string;

  /** The same as a UUID, for the subject to find its own. */
  @Column('text', { hidden: true })
  subjectKey!: string;

  /** The same thing is told to the same person once. */
  @Column('text', { hidden: true })
  key!: string;
}
