import { dailyFollowUpDescriptor, figuresDescriptor } from '@desk/schema/reports/descriptor';
import FiguresIcon from '@mui/icons-material/BarChartOutlined';
import MonthIcon from '@mui/icons-material/CalendarMonthOutlined';
import ExportIcon from '@mui/icons-material/DownloadDoneOutlined';
import ClearingIcon from '@mui/icons-material/FactCheckOutlined';
import { lazy } from 'react';
import type { ConsoleDomain } from '../platform/domain.ts';

export const reports: ConsoleDomain = {
  label: { zh: '统计', en: 'Reports' },
  resources: ['monthlyReports', 'exportRecords'],
  pages: [
    {
      path: '/clearing',
      label: { zh: '日清日审', en: 'Daily clearing' },
      icon: ClearingIcon,
      page: lazy(() => import('./ClearingPage.tsx')),
      needs: { resource: dailyFollowUpDescriptor, action: 'record' },
    },
    {
      path: '/figures',
      label: { zh: '统计报表', en: 'Figures' },
      icon: FiguresIcon,
      page: lazy(() => import('./FiguresPage.tsx')),
      needs: { resource: figuresDescriptor, action: 'read' },
    },
  ],
  overrides: {
    monthlyReports: { icon: MonthIcon, list: lazy(() => import('./MonthPage.tsx')) },
    exportRecords: { icon: ExportIcon },
  },
};
