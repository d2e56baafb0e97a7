import { noticeDescriptor } from '@desk/schema/notices/descriptor';
import { type NoticeKind, noticeKinds } from '@desk/schema/notices/enums';
import { type NoticeStatus, noticeLifecycle } from '@desk/schema/notices/lifecycle';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Community } from '../units/index.ts';

export const NoticeKinds = enumOf('NoticeKind', noticeKinds, 'What a notice is about (handbook H-8).');
const NoticeStatuses = enumOf(
  'NoticeStatus',
  noticeLifecycle.states,
  'Where a notice stands (handbook H-8).',
);

@Resource(noticeDescriptor, {
  table: 'notice',
  description: 'A notice to residents and staff (通知): outages ahead or at once, and others; handbook H-8.',
})
export class Notice extends Aggregate {
  @Reference(() => Community, { description: 'The community that it is for.' })
  community!: Community;

  @Column('enum', { values: NoticeKinds, description: 'What it is about.' })
  kind!: NoticeKind;

  @Column('boolean', {
    description:
      'A sudden outage is published at once; a planned one so many hours ahead as the policy says.',
  })
  sudden!: boolean;

  @Column('text', { description: 'Title. 1 to 200 characters.' })
  title!: string;

  @Column('text', { description: 'What residents read. 1 to 4,000 characters.' })
  content!: string;

  @Column('text', {
    nullable: true,
    description: 'The buildings and units that it is for, in words; null for the whole community.',
  })
  place!: string | null;

  @Column('dateTime', { nullable: true, description: 'From when; planned outages say it.' })
  startsAt!: Date | null;

  @Column('dateTime', {
    nullable: true,
    description: 'Until when; planned outages say it. A published notice ends by itself when it has come.',
  })
  endsAt!: Date | null;

  @Column('enum', {
    values: NoticeStatuses,
    description: 'Status; changed by the moves of the life cycle only.',
  })
  status!: NoticeStatus;

  @Column('dateTime', { nullable: true, description: 'When it was published.' })
  publishedAt!: Date | null;

  @Column('int', {
    nullable: true,
    description: 'Hours ahead that planned outages were to be told when it was published (handbook P-1).',
  })
  leadHours!: number | null;

  @Column('text', {
    nullable: true,
    description: 'Why a planned outage was told later than that; null when it was in time.',
  })
  lateReason!: string | null;

  @Column('dateTime', { nullable: true, description: 'When it ended or was withdrawn.' })
  endedAt!: Date | null;
}
