import TicketIcon from '@mui/icons-material/BuildOutlined';
import TableIcon from '@mui/icons-material/TableRowsOutlined';
import { lazy } from 'react';
import { type ConsoleDomain, inState } from '../platform/domain.ts';
import { isOpen } from './desk/open.ts';
import { itemForms, quoteForms, ticketForms } from './forms/index.ts';
import { PromisePanel } from './promises/PromisePanel.tsx';

export const tickets: ConsoleDomain = {
  label: { zh: '服务', en: 'Service' },
  resources: ['tickets'],
  pages: [
    {
      path: '/work-order/:id',
      label: { zh: '维修单', en: 'Work order' },
      icon: TableIcon,
      menu: false,
      page: lazy(() => import('./WorkOrder.tsx')),
    },
    {
      path: '/ticket-table',
      label: { zh: '工单表格', en: 'Ticket table' },
      icon: TableIcon,
      menu: false,
      page: lazy(() => import('./TicketTable.tsx')),
    },
  ],
  overrides: {
    tickets: {
      icon: TicketIcon,
      list: lazy(() => import('./desk/TicketDesk.tsx')),
      create: lazy(() => import('./NewTicket.tsx')),
      forms: ticketForms,
      panels: [PromisePanel],
      ownFields: ['promiseState', 'nextDueAt'],
      ownRelated: ['escalations'],
      changeable: isOpen,
    },
    ticketItems: { forms: itemForms },
    ticketQuotes: { forms: quoteForms },
    complaintForms: { changeable: inState('DRAFT') },
  },
};
