import type { Domain } from '../../platform/domain.ts';
import { Calendar, CalendarBases, CalendarDay, CalendarDayKinds } from './calendar.entity.ts';
import { policyResolvers } from './policies.resolver.ts';
import { Policy } from './policy.entity.ts';
import { Absence, Duty } from './roster.entity.ts';

export {
  type CountingCalendar,
  noVersion,
  numberSql,
  policyFor,
  policyIn,
  readCalendar,
  versionsSql,
} from './policies.ts';
export { Departments } from './roster.entity.ts';
export { absentAmong, headedBy, type Link, onDutyAmong, presentChain } from './roster.ts';
export { statutory } from './statutory.ts';
export { Calendar, CalendarBases, CalendarDayKinds, Policy };

export const policies: Domain = {
  name: 'policies',
  entities: [Policy, Calendar, CalendarDay, Duty, Absence],
  resolvers: policyResolvers,
  constraints: {
    calendar_name_unique: { code: 'DUPLICATE', field: ['name'], what: { zh: '日历名称', en: 'name' } },
    calendar_day_unique: { code: 'DUPLICATE', field: ['date'], what: { zh: '日期', en: 'date' } },
    policy_effective_unique: {
      code: 'DUPLICATE',
      field: ['effectiveFrom'],
      what: { zh: '生效时间', en: 'effective time' },
    },
    duty_once: { code: 'DUTY_OVERLAP', field: ['startsAt'] },
    absence_once: { code: 'ABSENCE_OVERLAP', field: ['startsAt'] },
  },
};
