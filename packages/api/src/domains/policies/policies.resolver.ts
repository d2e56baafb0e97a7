import { childrenField, command, commands } from '../../platform/graphql/declare.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import { Community } from '../units/index.ts';
import { Calendar, CalendarDay } from './calendar.entity.ts';
import { CalendarYears } from './calendar-years.ts';
import {
  createCalendar,
  createCalendarDay,
  publishYear,
  removeCalendarDay,
  updateCalendar,
  updateCalendarDay,
} from './calendars.service.ts';
import {
  AbsenceCreateInput,
  AbsenceRemoveInput,
  AbsenceUpdateInput,
  CalendarCreateInput,
  CalendarDayCreateInput,
  CalendarDayRemoveInput,
  CalendarDayUpdateInput,
  CalendarPublishInput,
  CalendarUpdateInput,
  DutyCreateInput,
  DutyRemoveInput,
  DutyUpdateInput,
  PolicyCreateInput,
  PolicyUpdateInput,
} from './policies.inputs.ts';
import { createPolicy, updatePolicy } from './policies.service.ts';
import { Policy } from './policy.entity.ts';
import { Absence, Duty } from './roster.entity.ts';
import {
  createAbsence,
  createDuty,
  removeAbsence,
  removeDuty,
  updateAbsence,
  updateDuty,
} from './roster.service.ts';

export const policyResolvers = [
  ...resourceResolvers(Policy),
  ...resourceResolvers(Calendar),
  ...resourceResolvers(CalendarDay),
  CalendarYears,
  ...resourceResolvers(Duty),
  ...resourceResolvers(Absence),
  childrenField(Community, 'policies', Policy, 'community', 'Versions of its policy (handbook P-1).'),
  childrenField(Community, 'calendars', Calendar, 'community', 'Its working calendars (handbook P-4).'),
  childrenField(Calendar, 'days', CalendarDay, 'calendar', 'Days that it treats in its own way.'),
  commands(Policy, {
    policyCreate: command(
      PolicyCreateInput,
      createPolicy,
      'Enters a new version of the policy (handbook P-1). Managers and administrators.',
    ),
    policyUpdate: command(
      PolicyUpdateInput,
      updatePolicy,
      'Changes a version that is not in effect yet (handbook P-1).',
    ),
  }),
  commands(Calendar, {
    calendarCreate: command(CalendarCreateInput, createCalendar, 'Enters a calendar (handbook P-4).'),
    calendarUpdate: command(
      CalendarUpdateInput,
      updateCalendar,
      'Changes a calendar; open promises in working days are recomputed (handbook P-4).',
    ),
    calendarPublish: command(
      CalendarPublishInput,
      publishYear,
      'Enters the statutory days of a year; provisional promises are recomputed (handbook P-4).',
    ),
  }),
  commands(CalendarDay, {
    calendarDayCreate: command(
      CalendarDayCreateInput,
      createCalendarDay,
      'A day off, a working day, half a day or hours of its own (handbook P-4).',
    ),
    calendarDayUpdate: command(CalendarDayUpdateInput, updateCalendarDay, 'Changes a special day.'),
    calendarDayRemove: command(CalendarDayRemoveInput, removeCalendarDay, 'Takes a special day out.'),
  }),
  commands(Duty, {
    dutyCreate: command(DutyCreateInput, createDuty, 'Puts somebody on the roster (handbook S-5).'),
    dutyUpdate: command(DutyUpdateInput, updateDuty, 'Changes a duty.'),
    dutyRemove: command(DutyRemoveInput, removeDuty, 'Takes a duty off the roster.'),
  }),
  commands(Absence, {
    absenceCreate: command(AbsenceCreateInput, createAbsence, 'Enters an absence (handbook S-5).'),
    absenceUpdate: command(AbsenceUpdateInput, updateAbsence, 'Changes an absence.'),
    absenceRemove: command(AbsenceRemoveInput, removeAbsence, 'Takes an absence back.'),
  }),
];
