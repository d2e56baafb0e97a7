import { z } from 'zod';
import { resource } from '../descriptor.ts';
import { lifecycle } from '../lifecycle.ts';
import { money, optional, shortText } from '../limits.ts';
import { departmentNames, departments, ticketKindNames, ticketKinds } from './enums.ts';

/** An entry is not deleted: tickets of the past point to it. */
export const problemLifecycle = lifecycle({
  states: {
    ACTIVE: { zh: '启用', en: 'Active' },
    ARCHIVED: { zh: '停用', en: 'Archived' },
  },
  initial: 'ACTIVE',
  final: [],
  moves: [
    {
      action: 'archive',
      label: { zh: '停用', en: 'Archive' },
      from: ['ACTIVE'],
      to: 'ARCHIVED',
      who: ['ADMINISTRATOR'],
      rule: 'T-09',
    },
    {
      action: 'restore',
      label: { zh: '恢复启用', en: 'Restore' },
      from: ['ARCHIVED'],
      to: 'ACTIVE',
      who: ['ADMINISTRATOR'],
      rule: 'T-09',
    },
  ],
});
export type ProblemStatus = keyof typeof problemLifecycle.states;

const kinds = z
  .array(z.enum(ticketKindNames))
  .min(1)
  .refine((list) => new Set(list).size === list.length, { error: 'each kind once' });
/** One entry: place → category → problem. */
export const problemInput = z.object({
  place: shortText,
  category: shortText,
  name: shortText,
  kinds,
  department: z.enum(departmentNames),
  urgent: optional(z.boolean()),
  price: money.min(1).nullish(),
  priceUnit: shortText.nullish(),
});
export const problemChange = problemInput.partial();

export const ticketProblemDescriptor = resource({
  name: 'ticketProblems',
  type: 'TicketProblem',
  resource: 'ticketProblem',
  idPrefix: 'matter',
  scope: 'organisation',
  label: { zh: '报事目录', en: 'Catalogue entry' },
  plural: { zh: '报事目录', en: 'Catalogue of matters' },
  represent: 'path',
  defaultSort: { field: 'path', direction: 'ASC' },
  create: 'ticketProblemCreate',
  update: 'ticketProblemUpdate',
  search: { zh: '位置、类别、问题', en: 'Place, category, problem' },
  lifecycle: problemLifecycle,
  fields: {
    path: {
      label: { zh: '位置 / 类别 / 问题', en: 'Place / category / problem' },
      list: true,
      filter: true,
      sort: true,
    },
    place: { label: { zh: '位置', en: 'Place' }, filter: true },
    category: { label: { zh: '类别', en: 'Category' }, filter: true },
    name: { label: { zh: '问题', en: 'Problem' }, filter: true },
    kinds: { label: { zh: '适用类型', en: 'For kinds' }, list: true, values: ticketKinds },
    department: {
      label: { zh: '默认部门', en: 'Default department' },
      help: { zh: '按规则派单时派给此部门（T-04）', en: 'Dispatch by rule goes there (T-04)' },
      list: true,
      filter: true,
      values: departments,
    },
    urgent: { label: { zh: '默认紧急', en: 'Urgent by default' }, list: true, filter: true },
    price: {
      label: { zh: '公示价格', en: 'Published price' },
      help: { zh: '特约服务的标准价格（T-15）', en: 'Standard price of a paid service (T-15)' },
      list: true,
    },
    priceUnit: {
      label: { zh: '计价单位', en: 'Price per' },
      help: { zh: '如“次”“小时”', en: 'For example: visit, hour' },
      list: true,
    },
    status: {
      label: { zh: '状态', en: 'Status' },
      list: true,
      filter: true,
      values: problemLifecycle.states,
    },
  },
});
