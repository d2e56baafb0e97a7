import CalendarIcon from '@mui/icons-material/DateRangeOutlined';
import AbsenceIcon from '@mui/icons-material/EventBusyOutlined';
import DayIcon from '@mui/icons-material/EventOutlined';
import CatalogueIcon from '@mui/icons-material/ListAltOutlined';
import PolicyIcon from '@mui/icons-material/RuleOutlined';
import DutyIcon from '@mui/icons-material/ScheduleOutlined';
import { lazy } from 'react';
import type { ConsoleDomain } from '../platform/domain.ts';
import { CalendarBoard } from './CalendarBoard.tsx';
import { isPlanned, VersionPanel } from './VersionPanel.tsx';

/** What promises are measured by, and who is there to keep them. */
export const policies: ConsoleDomain = {
  label: { zh: '标准与排班', en: 'Standards and rosters' },
  resources: ['policies', 'ticketProblems', 'calendars', 'calendarDays', 'duties', 'absences'],
  overrides: {
    policies: { icon: PolicyIcon, panels: [VersionPanel], changeable: isPlanned },
    ticketProblems: { icon: CatalogueIcon },
    calendars: {
      icon: CalendarIcon,
      edit: lazy(() => import('./CalendarEdit.tsx')),
      panels: [CalendarBoard],
      ownActions: ['publish'],
    },
    calendarDays: { icon: DayIcon },
    duties: { icon: DutyIcon },
    absences: { icon: AbsenceIcon },
  },
};
