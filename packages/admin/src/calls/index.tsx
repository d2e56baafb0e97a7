import CallIcon from '@mui/icons-material/PhoneOutlined';
import type { ConsoleDomain } from '../platform/domain.ts';

export const calls: ConsoleDomain = {
  label: { zh: '服务', en: 'Service' },
  resources: ['callRecords'],
  overrides: { callRecords: { icon: CallIcon } },
};
