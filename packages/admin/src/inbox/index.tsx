import InboxIcon from '@mui/icons-material/NotificationsOutlined';
import type { ConsoleDomain } from '../platform/domain.ts';

export const inbox: ConsoleDomain = {
  label: { zh: '服务', en: 'Service' },
  resources: ['notifications'],
  overrides: { notifications: { icon: InboxIcon } },
};
