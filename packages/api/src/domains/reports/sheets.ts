import type { Text } from '@desk/schema';
import type { Figures } from './figures.ts';

/** Columns of the figures, after the group. */
export const figureColumns: readonly { label: Text; of(figures: Figures): number | null }[] = [
  { label: { zh: '工单数', en: 'Tickets' }, of: ({ volume }) => volume },
  { label: { zh: '未完结', en: 'Open' }, of: ({ open }) => open },
  { label: { zh: '作废', en: 'Void' }, of: ({ void: none }) => none },
  {
    label: { zh: '首次响应中位（分）', en: 'First response, median (min)' },
    of: ({ responseMedian }) => responseMedian,
  },
  {
    label: { zh: '首次响应 P90（分）', en: 'First response, P90 (min)' },
    of: ({ responseP90 }) => responseP90,
  },
  {
    label: { zh: '处理时长中位（分）', en: 'Settled, median (min)' },
    of: ({ settleMedian }) => settleMedian,
  },
  { label: { zh: '处理时长 P90（分）', en: 'Settled, P90 (min)' }, of: ({ settleP90 }) => settleP90 },
  { label: { zh: '满意率（%）', en: 'Satisfied (%)' }, of: ({ satisfaction }) => satisfaction },
  { label: { zh: '回访数', en: 'Revisits' }, of: ({ satisfied, unsatisfied }) => satisfied + unsatisfied },
  { label: { zh: '返工率（%）', en: 'Rework (%)' }, of: ({ reworkRate }) => reworkRate },
  { label: { zh: '承诺兑现率（%）', en: 'Promises kept (%)' }, of: ({ keptRate }) => keptRate },
  { label: { zh: '逾期承诺', en: 'Promises missed' }, of: ({ promisesMissed }) => promisesMissed },
  { label: { zh: '延期率（%）', en: 'Postponed (%)' }, of: ({ postponementRate }) => postponementRate },
];

/** Columns of the tickets: what was done, never who lives there. */
export const ticketColumns: readonly Text[] = [
  { zh: '单号', en: 'Number' },
  { zh: '类型', en: 'Kind' },
  { zh: '类别', en: 'Category' },
  { zh: '小区', en: 'Community' },
  { zh: '楼栋', en: 'Building' },
  { zh: '房屋', en: 'Unit' },
  { zh: '标题', en: 'Title' },
  { zh: '状态', en: 'Status' },
  { zh: '责任部门', en: 'Department' },
  { zh: '处理人', en: 'Assignee' },
  { zh: '受理时间', en: 'Received' },
  { zh: '完成时间', en: 'Done' },
  { zh: '结束时间', en: 'Ended' },
  { zh: '返工次数', en: 'Reworks' },
  { zh: '满意度', en: 'Score' },
];
