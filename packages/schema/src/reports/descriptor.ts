import { resource } from '../descriptor.ts';
import { figureGroups, followUpStates } from './enums.ts';

/** What was done about an open ticket on one day (handbook T-13). */
export const dailyFollowUpDescriptor = resource({
  name: 'dailyFollowUps',
  type: 'DailyFollowUp',
  resource: 'dailyFollowUp',
  idPrefix: 'followup',
  scope: 'building',
  label: { zh: '每日跟进', en: 'Daily follow-up' },
  plural: { zh: '每日跟进', en: 'Daily follow-ups' },
  represent: 'day',
  defaultSort: { field: 'day', direction: 'DESC' },
  menu: false,
  fields: {
    community: { label: { zh: '小区', en: 'Community' }, filter: true, reference: 'communities' },
    building: { label: { zh: '楼栋', en: 'Building' }, filter: true, reference: 'buildings' },
    ticket: { label: { zh: '工单', en: 'Ticket' }, filter: true, reference: 'tickets' },
    day: { label: { zh: '日期', en: 'Day' }, list: true, filter: true, sort: true },
    state: { label: { zh: '跟进', en: 'Follow-up' }, list: true, filter: true, values: followUpStates },
    note: { label: { zh: '跟进情况', en: 'What was done' }, list: true, multiline: true },
    delayReason: { label: { zh: '未完成原因', en: 'Why it is not done' }, list: true, multiline: true },
    residentTold: {
      label: { zh: '告知住户', en: 'What the resident was told' },
      list: true,
      multiline: true,
    },
    staff: { label: { zh: '跟进人', en: 'By' }, list: true, filter: true, reference: 'staffMembers' },
  },
  hidden: { DASHBOARD: ['note', 'delayReason', 'residentTold'] },
});

/** A bulk export: who took what, and why (handbook S-7). */
export const exportRecordDescriptor = resource({
  name: 'exportRecords',
  type: 'ExportRecord',
  resource: 'exportRecord',
  idPrefix: 'export',
  scope: 'community',
  label: { zh: '导出记录', en: 'Export' },
  plural: { zh: '导出记录', en: 'Exports' },
  represent: 'reason',
  defaultSort: { field: 'createdAt', direction: 'DESC' },
  fields: {
    community: { label: { zh: '小区', en: 'Community' }, list: true, filter: true, reference: 'communities' },
    staffName: { label: { zh: '导出人', en: 'By' }, list: true },
    reason: { label: { zh: '原因', en: 'Reason' }, list: true },
    resource: { label: { zh: '清单', en: 'List' }, list: true },
    rows: { label: { zh: '行数', en: 'Rows' }, list: true },
    filter: { label: { zh: '筛选条件', en: 'Filter' }, multiline: true },
    from: { label: { zh: '起始日期', en: 'From' }, list: true },
    to: { label: { zh: '截止日期', en: 'To' }, list: true },
    groupBy: { label: { zh: '统计维度', en: 'Divided by' }, list: true, values: figureGroups },
    report: { label: { zh: '月度报告', en: 'Month' }, list: true, reference: 'monthlyReports' },
    tickets: { label: { zh: '工单数', en: 'Tickets' }, list: true },
  },
});

/** The figures of a month, frozen on the day that the policy says: the 28th (handbook T-14). */
export const monthlyReportDescriptor = resource({
  name: 'monthlyReports',
  type: 'MonthlyReport',
  resource: 'monthlyReport',
  idPrefix: 'report',
  scope: 'community',
  label: { zh: '月度报告', en: 'Monthly report' },
  plural: { zh: '月度报告', en: 'Monthly reports' },
  represent: 'month',
  defaultSort: { field: 'month', direction: 'DESC' },
  fields: {
    month: { label: { zh: '月份', en: 'Month' }, list: true, filter: true, sort: true },
    community: { label: { zh: '小区', en: 'Community' }, list: true, filter: true, reference: 'communities' },
    from: { label: { zh: '起始日期', en: 'From' }, list: true },
    to: { label: { zh: '截止日期', en: 'To' }, list: true },
    frozenAt: { label: { zh: '生成时间', en: 'Frozen' }, list: true },
  },
});

/** Rights to figures; they are no records of their own. */
export const figuresDescriptor = { resource: 'figures', scope: 'building' } as const;
