import { type FieldDescriptor, resource } from '../descriptor.ts';
import { roles } from '../roles.ts';
import { departments } from '../tickets/enums.ts';
import { weekdays } from './calendar.ts';
import { absenceKinds, calendarBases, calendarDayKinds } from './enums.ts';
import { type PolicyNumberName, policyGroups, policyNumbers } from './numbers.ts';

const numberFields = Object.fromEntries(
  Object.entries(policyNumbers).map(([name, { label, rule, value, min, max, group }]) => [
    name,
    {
      label,
      group,
      help: {
        zh: `默认 ${value}，可取 ${min}–${max}（${rule}）`,
        en: `${value} by default, ${min} to ${max} (${rule})`,
      },
    } satisfies FieldDescriptor,
  ]),
) as Record<PolicyNumberName, FieldDescriptor>;

const community: FieldDescriptor = {
  label: { zh: '小区', en: 'Community' },
  list: true,
  filter: true,
  reference: 'communities',
};
const note: FieldDescriptor = { label: { zh: '备注', en: 'Note' }, list: true };

export const policyDescriptor = resource({
  name: 'policies',
  type: 'Policy',
  resource: 'policy',
  idPrefix: 'policy',
  scope: 'community',
  label: { zh: '服务标准', en: 'Service policy' },
  plural: { zh: '服务标准', en: 'Service policies' },
  represent: 'effectiveFrom',
  defaultSort: { field: 'effectiveFrom', direction: 'DESC' },
  create: 'policyCreate',
  update: 'policyUpdate',
  groups: {
    main: { zh: '版本', en: 'Version' },
    ...policyGroups,
  },
  fields: {
    community,
    effectiveFrom: {
      label: { zh: '生效时间', en: 'Effective from' },
      help: {
        zh: '此后产生的工单、费用、装修许可、钥匙借用按本版本；已有的不变（P-1）',
        en: 'Tickets, fees, permits and loans from then on follow it; earlier ones keep theirs (P-1)',
      },
      list: true,
      filter: true,
      sort: true,
    },
    calendar: { label: { zh: '工作日历', en: 'Calendar' }, list: true, reference: 'calendars' },
    ...numberFields,
    shiftEndHour: {
      ...numberFields.shiftEndHour,
      time: { minute: 'shiftEndMinute', label: { zh: '当班结束', en: 'End of the shift' } },
    },
    note: { ...note, multiline: true },
  },
});

const weekFields = Object.fromEntries(
  weekdays.map((day, index) => [
    day,
    {
      label: {
        zh: `周${'一二三四五六日'[index]}`,
        en: `${day[0]?.toUpperCase()}${day.slice(1)}`,
      },
      help: { zh: '如 08:30-12:00 13:20-17:50，空为休息', en: '08:30-12:00 13:20-17:50; empty is a day off' },
      group: 'week',
    } satisfies FieldDescriptor,
  ]),
);

export const calendarDescriptor = resource({
  name: 'calendars',
  type: 'Calendar',
  resource: 'calendar',
  idPrefix: 'calendar',
  scope: 'community',
  label: { zh: '工作日历', en: 'Working calendar' },
  plural: { zh: '工作日历', en: 'Working calendars' },
  represent: 'name',
  defaultSort: { field: 'name', direction: 'ASC' },
  create: 'calendarCreate',
  update: 'calendarUpdate',
  groups: { main: { zh: '日历', en: 'Calendar' }, week: { zh: '每周工作时间', en: 'Hours of the week' } },
  fields: {
    community,
    name: { label: { zh: '名称', en: 'Name' }, list: true, filter: true, sort: true },
    base: { label: { zh: '法定节假日', en: 'Statutory days' }, list: true, values: calendarBases },
    dayMinutes: {
      label: { zh: '一个工作日（分钟）', en: 'One working day (minutes)' },
      help: {
        zh: '累计这么多工作时间算一个工作日',
        en: 'So much working time makes one working day of a promise',
      },
    },
    coveredYears: {
      label: { zh: '已录入法定假日的年份', en: 'Years entered by hand' },
      help: {
        zh: '由“录入某年法定节假日”维护，以录入的为准',
        en: 'Kept by entering a year; they hold instead of the data brought along',
      },
    },
    ...weekFields,
    year: { label: { zh: '年份', en: 'Year' } },
    off: { label: { zh: '休息日', en: 'Days off' } },
    working: { label: { zh: '调休上班日', en: 'Make-up working days' } },
  },
  actions: {
    publish: {
      mutation: 'calendarPublish',
      label: { zh: '录入某年法定节假日', en: 'Enter the statutory days of a year' },
    },
  },
  related: { days: 'calendarDays' },
});

export const calendarDayDescriptor = resource({
  name: 'calendarDays',
  type: 'CalendarDay',
  resource: 'calendarDay',
  idPrefix: 'calday',
  scope: 'community',
  label: { zh: '特殊日期', en: 'Special day' },
  plural: { zh: '特殊日期', en: 'Special days' },
  represent: 'date',
  defaultSort: { field: 'date', direction: 'DESC' },
  create: 'calendarDayCreate',
  update: 'calendarDayUpdate',
  fields: {
    calendar: {
      label: { zh: '日历', en: 'Calendar' },
      list: true,
      filter: true,
      reference: 'calendars',
    },
    date: { label: { zh: '日期', en: 'Date' }, list: true, filter: true, sort: true },
    kind: { label: { zh: '安排', en: 'What it is' }, list: true, filter: true, values: calendarDayKinds },
    hours: {
      label: { zh: '时段', en: 'Hours' },
      help: { zh: '“特定时段”时填写，如 09:00-12:00', en: 'For hours of its own: 09:00-12:00' },
      list: true,
    },
    statutory: {
      label: { zh: '法定', en: 'Statutory' },
      help: { zh: '随某年法定节假日录入', en: 'Came with the statutory days of a year' },
      list: true,
      filter: true,
    },
    note,
  },
  actions: {
    remove: { mutation: 'calendarDayRemove', label: { zh: '删除', en: 'Remove' }, danger: true },
  },
});

const period = {
  startsAt: { label: { zh: '开始', en: 'From' }, list: true, filter: true, sort: true },
  endsAt: { label: { zh: '结束', en: 'Until' }, list: true, filter: true, sort: true },
} satisfies Record<string, FieldDescriptor>;
const staff: FieldDescriptor = {
  label: { zh: '员工', en: 'Who' },
  list: true,
  filter: true,
  reference: 'staffMembers',
};

export const dutyDescriptor = resource({
  name: 'duties',
  type: 'Duty',
  resource: 'duty',
  idPrefix: 'duty',
  scope: 'community',
  label: { zh: '值班', en: 'Duty' },
  plural: { zh: '排班', en: 'Duty roster' },
  represent: 'startsAt',
  defaultSort: { field: 'startsAt', direction: 'DESC' },
  create: 'dutyCreate',
  update: 'dutyUpdate',
  fields: {
    community,
    staff,
    role: { label: { zh: '岗位', en: 'Role' }, list: true, filter: true, values: roles },
    building: {
      label: { zh: '楼栋', en: 'Building' },
      help: { zh: '不填为整个小区', en: 'The whole community when empty' },
      list: true,
      filter: true,
      reference: 'buildings',
    },
    department: {
      label: { zh: '部门', en: 'Department' },
      list: true,
      filter: true,
      values: departments,
    },
    lead: {
      label: { zh: '部门负责人', en: 'Heads the department' },
      help: { zh: '升级链中的“部门负责人”（P-5）', en: 'The department head of the chain (P-5)' },
      list: true,
      filter: true,
    },
    ...period,
    note,
  },
  actions: { remove: { mutation: 'dutyRemove', label: { zh: '删除', en: 'Remove' }, danger: true } },
});

export const absenceDescriptor = resource({
  name: 'absences',
  type: 'Absence',
  resource: 'absence',
  idPrefix: 'absence',
  scope: 'community',
  label: { zh: '缺勤', en: 'Absence' },
  plural: { zh: '缺勤', en: 'Absences' },
  represent: 'startsAt',
  defaultSort: { field: 'startsAt', direction: 'DESC' },
  create: 'absenceCreate',
  update: 'absenceUpdate',
  fields: {
    community,
    staff,
    kind: { label: { zh: '原因', en: 'Why' }, list: true, filter: true, values: absenceKinds },
    ...period,
    note,
  },
  actions: { remove: { mutation: 'absenceRemove', label: { zh: '删除', en: 'Remove' }, danger: true } },
});
