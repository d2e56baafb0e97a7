import { Ctx, Extensions, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { Context } from '../../platform/context.ts';
import { childrenField, command, commands, moves } from '../../platform/graphql/declare.ts';
import { linkedField } from '../../platform/graphql/linked.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import type { Row } from '../../platform/read/plan.ts';
import { Resident } from '../residents/index.ts';
import { Ticket } from '../tickets/index.ts';
import { Building, Unit } from '../units/index.ts';
import { Notice } from './notice.entity.ts';
import { NoticeRecipient } from './notice-recipient.entity.ts';
import {
  NoticeCreateInput,
  NoticeLinkTicketInput,
  NoticeMarkSeenInput,
  NoticeUnlinkTicketInput,
  NoticeUpdateInput,
  NoticeWithdrawInput,
} from './notices.inputs.ts';
import {
  createNotice,
  linkTicket,
  moveNotice,
  unlinkTicket,
  updateNotice,
  withdrawNotice,
} from './notices.service.ts';
import { markSeen } from './seen.service.ts';
import { buildingNoticesSql, unitNoticesSql } from './targets.ts';

interface Reach {
  all: number;
  seen: number;
}

const reachOf = (read: Context['read']): ((notice: string) => Promise<Reach>) =>
  read.loader<Reach>(reachOf, 'reach', async (notices) => {
    const rows = await read.run(
      'select notice_id, count(*)::int, count(seen_at)::int from notice_recipient where notice_id = any($1::uuid[]) group by 1',
      [notices],
    );
    const found = new Map(rows.map(([id, all, seen]) => [id, { all, seen } as Reach]));
    return notices.map((id) => found.get(id) ?? { all: 0, seen: 0 });
  });

@Resolver(() => Notice)
class NoticeFields {
  @FieldResolver(() => Int, {
    description: 'Residents and staff who were to be told when it was published; 0 of a draft.',
  })
  async recipientCount(@Root() row: Row, @Ctx() { read }: Context): Promise<number> {
    return (await reachOf(read)(row.uuid)).all;
  }

  @FieldResolver(() => Int, { description: 'Those of them who have seen it (handbook H-8).' })
  async seenCount(@Root() row: Row, @Ctx() { read }: Context): Promise<number> {
    return (await reachOf(read)(row.uuid)).seen;
  }

  @FieldResolver(() => Boolean, {
    description: 'A planned outage that was told later than the policy promises (handbook H-8).',
  })
  @Extensions({ needs: ['lateReason'] })
  late(@Root() { lateReason }: Row): boolean {
    return lateReason !== null;
  }
}

const instant = ({ clock }: Context): unknown[] => [clock.now()];
const targets = (column: string) =>
  `select distinct notice_id, ${column} from notice_target where notice_id = any($1::uuid[])`;

export const noticeResolvers = [
  ...resourceResolvers(Notice),
  ...resourceResolvers(NoticeRecipient),
  NoticeFields,
  childrenField(
    Notice,
    'recipients',
    NoticeRecipient,
    'notice',
    'Who was to be told, and who has seen it; filter `seenAt: { isNull: true }` for who has not.',
  ),
  childrenField(Resident, 'notices', NoticeRecipient, 'resident', 'Notices that the resident was to see.'),
  linkedField(Notice, {
    name: 'buildings',
    child: Building,
    sql: `${targets('building_id')} and unit_id is null order by 1, 2`,
    description: 'Whole buildings that it is for; with no unit either, the whole community.',
  }),
  linkedField(Notice, {
    name: 'units',
    child: Unit,
    sql: `${targets('unit_id')} and unit_id is not null order by 1, 2`,
    description: 'Single units that it is for.',
  }),
  linkedField(Notice, {
    name: 'tickets',
    child: Ticket,
    sql: 'select notice_id, ticket_id from notice_ticket where notice_id = any($1::uuid[]) order by 1, 2',
    description: 'Tickets about the same matter: the incident, and what was reported because of it.',
  }),
  linkedField(Ticket, {
    name: 'notices',
    child: Notice,
    sql: 'select ticket_id, notice_id from notice_ticket where ticket_id = any($1::uuid[]) order by 1, 2',
    description: 'Notices about the same matter.',
  }),
  linkedField(Unit, {
    name: 'notices',
    child: Notice,
    sql: unitNoticesSql,
    values: instant,
    description:
      'Published notices that concern the unit now or soon: what a caller is told first (handbook H-8).',
  }),
  linkedField(Building, {
    name: 'notices',
    child: Notice,
    sql: buildingNoticesSql,
    values: instant,
    description: 'Published notices that concern the building or units of it, now or soon (handbook H-8).',
  }),
  commands(Notice, {
    noticeCreate: command(NoticeCreateInput, createNotice, 'Drafts a notice (handbook H-8).'),
    noticeUpdate: command(NoticeUpdateInput, updateNotice, 'Changes a notice.'),
    ...moves(Notice, moveNotice),
    noticeWithdraw: command(
      NoticeWithdrawInput,
      withdrawNotice,
      'Withdraw (撤回) with a reason, handbook H-8.',
    ),
    noticeMarkSeen: command(
      NoticeMarkSeenInput,
      markSeen,
      'Records that a resident, or the signed-in member of the staff, has seen it (handbook H-8). Repeated, it changes nothing.',
    ),
    noticeLinkTicket: command(NoticeLinkTicketInput, linkTicket, 'Ties a ticket to the notice.'),
    noticeUnlinkTicket: command(NoticeUnlinkTicketInput, unlinkTicket, 'Unties a ticket from the notice.'),
  }),
];
