import { longText, shortText, type Text } from '@desk/schema';
import type { ImportMapping } from '@desk/schema/imports/mapping';
import type { TicketKind } from '@desk/schema/tickets/enums';
import { type TicketStatus, ticketLifecycle, ticketStatusNames } from '@desk/schema/tickets/lifecycle';
import { ticketInput } from '@desk/schema/tickets/limits';
import { z } from 'zod';
import { Ticket, ticketNumbers } from '../../tickets/index.ts';
import { resolveBuildings } from './buildings.ts';
import { importFields } from './fields.ts';
import { namedBuilding, namedUnit, requireNamedUnits, unitSql } from './named-unit.ts';
import type { Fault, Target } from './target.ts';

const { community: _community, reporter: _reporter, ...input } = ticketInput.shape;
const limits = z
  .object({
    ...input,
    building: shortText,
    unit: shortText,
    status: z.enum(ticketStatusNames),
    resolution: longText,
    satisfaction: z.int().min(1).max(5),
  })
  .partial()
  .required({ title: true, kind: true });

const texts = {
  place: { zh: '房屋和位置至少要有一项', en: 'a unit or a location is needed' },
  department: { zh: '这个状态的工单须有责任部门', en: 'a ticket in this state needs a department' },
  notEnded: {
    zh: '工单尚未结束，结束时间未导入',
    en: 'the ticket has not ended; its time of ending was left out',
  },
} as const satisfies Record<string, Text>;

/** Being worked on: somebody must be responsible (handbook T-04). */
const inWork: readonly TicketStatus[] = ['DISPATCHED', 'ACCEPTED', 'ON_SITE'];

/** Tickets, found by external key. They get the desk's own numbers, of the day on which they were received. */
export const ticketTarget: Target = {
  name: 'tickets',
  entity: Ticket,
  limits,
  fields: importFields(Ticket, {
    limits,
    virtual: [namedBuilding, namedUnit],
    also: {
      department: ['部门', '处理部门', '责任单位'],
      dispatchedAt: ['派工时间', 'dispatched at'],
      doneAt: ['完工时间', 'done at', 'finished'],
    },
    words: {
      kind: {
        REPAIR_UNIT: ['报修', '维修', '室内报修', '户内维修', 'repair', 'maintenance'],
        REPAIR_PUBLIC: ['公区报修', '公共报修', '公共维修', 'public repair'],
        COMPLAINT: ['客诉', '投诉建议'],
        INQUIRY: ['询问', '问询', 'question'],
        PAID_SERVICE: ['有偿服务', '特约'],
      },
      status: {
        RECEIVED: ['待处理', '未处理', '新建', '待受理', '待派单', 'open', 'new', 'pending'],
        DISPATCHED: ['派工', '待接单', 'assigned'],
        ACCEPTED: ['处理中', '进行中', '维修中', 'in progress', 'started'],
        DONE: ['已处理', '已完工', '完成', 'resolved', 'completed', 'finished'],
        CLOSED: ['关闭', '已结案', '已办结', '办结', '结束', 'closed'],
        CANCELLED: ['取消', '已作废', '作废', '撤销', '已撤销', 'canceled'],
      },
      channel: {
        HOTLINE: ['电话', '来电', '客服电话', 'phone', 'telephone', 'call'],
        WECHAT: ['公众号', '小程序', '微信公众号'],
        WEB: ['网上', '在线', '官网', 'online', 'website', 'app', 'mobile'],
        FRONT_DESK: ['来访', '上门', '柜台', 'walk-in', 'in person', 'desk'],
        STEWARD: ['管家', '楼管'],
        EMAIL: ['电子邮件', '邮箱', 'mail'],
      },
    },
  }),

  complete({ columns, ...rest }: ImportMapping): ImportMapping {
    // Files without a kind are lists of repairs more often than not; without a title the content is what tells them apart.
    const {
      kind = { constant: columns.unit ? 'REPAIR_UNIT' : 'REPAIR_PUBLIC' },
      title = columns.description,
    } = columns;
    return { ...rest, columns: { ...columns, kind, ...(title !== undefined && { title }) } };
  },

  check(values) {
    const faults: Fault[] = [];
    const status = (values.status ?? ticketLifecycle.initial) as TicketStatus;
    if (values.unit == null && values.location == null)
      faults.push({ field: 'location', reason: texts.place });
    if (inWork.includes(status) && values.department == null)
      faults.push({ field: 'department', reason: texts.department });
    if (values.closedAt != null && !ticketLifecycle.final.includes(status))
      faults.push({ field: 'closedAt', reason: texts.notEnded, harmless: true });
    return faults;
  },

  keyOf: ({ externalKey }) => (typeof externalKey === 'string' ? `key:${externalKey}` : null),
  matchSql: unitSql,
  computed: { building: ['building', 'unit'] },

  async resolve(scope, drafts) {
    requireNamedUnits(drafts);
    await resolveBuildings(
      scope,
      drafts.filter((draft) => !draft.unit),
      { create: false },
    );
    for (const { record, unit } of drafts) {
      record.community = scope.community.id;
      if (!unit) continue;
      record.unit = unit.id;
      record.building = unit.buildingId;
    }
  },

  async blank(scope, drafts) {
    for (const { record } of drafts) {
      record.building ??= null;
      record.unit ??= null;
      record.status ??= ticketLifecycle.initial;
      record.receivedAt ??= scope.now.toISOString();
      record.channel ??= 'INTEGRATOR';
      record.urgent ??= false;
      record.readBack = false;
      record.round = 0;
    }
    const intakes = drafts.map(({ record }) => ({
      kind: record.kind as TicketKind,
      receivedAt: new Date(String(record.receivedAt)),
    }));
    const run = (text: string, values: unknown[]) => scope.session.run(text, values);
    const numbers = await ticketNumbers(run, scope.viewer.organisationId, scope.community, intakes);
    for (const [index, { record }] of drafts.entries()) record.number = numbers[index] ?? null;
  },
};
