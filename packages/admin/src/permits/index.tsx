import PermitIcon from '@mui/icons-material/HandymanOutlined';
import type { ConsoleDomain } from '../platform/domain.ts';

export const permits: ConsoleDomain = {
  label: { zh: '服务', en: 'Service' },
  resources: ['renovationPermits'],
  overrides: { renovationPermits: { icon: PermitIcon } },
};
