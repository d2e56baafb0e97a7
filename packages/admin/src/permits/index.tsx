import PermitIcon from '@mui/icons-material/HandymanOutlined';
import { type ConsoleDomain, inState } from '../platform/domain.ts';

export const permits: ConsoleDomain = {
  label: { zh: '服务', en: 'Service' },
  resources: ['renovationPermits'],
  overrides: {
    renovationPermits: {
      icon: PermitIcon,
      // What was approved is what was applied for (handbook R-03).
      changeable: inState('APPLIED', 'REVIEWING', 'CHANGES_REQUESTED'),
    },
  },
};
