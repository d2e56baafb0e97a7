import { resourceNamed } from '@desk/schema';
import TicketIcon from '@mui/icons-material/BuildOutlined';
import TableIcon from '@mui/icons-material/TableRowsOutlined';
import { lazy } from 'react';
import type { ConsoleDomain } from '../platform/domain.ts';

const owner = resourceNamed('tickets');

export const tickets: ConsoleDomain = {
  label: { zh: '服务', en: 'Service' },
  resources: ['tickets'],
  pages: [
    {
      path: '/ticket-table',
      label: { zh: '工单表格', en: 'Ticket table' },
      icon: TableIcon,
      page: lazy(() => import('./TicketTable.tsx')),
      ...(owner && { needs: { resource: owner, action: 'read' } }),
    },
  ],
  overrides: {
    tickets: {
      icon: TicketIcon,
      list: lazy(() => import('./desk/TicketDesk.tsx')),
      create: lazy(() => import('./NewTicket.tsx')),
    },
  },
};
