import TicketIcon from '@mui/icons-material/BuildOutlined';
import { lazy } from 'react';
import type { ConsoleDomain } from '../platform/domain.ts';

export const tickets: ConsoleDomain = {
  label: { zh: '服务', en: 'Service' },
  resources: ['tickets'],
  overrides: { tickets: { icon: TicketIcon, create: lazy(() => import('./TicketCreate.tsx')) } },
};
