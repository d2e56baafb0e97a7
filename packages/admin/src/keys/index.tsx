import LoanIcon from '@mui/icons-material/SwapHorizOutlined';
import KeyIcon from '@mui/icons-material/VpnKeyOutlined';
import type { ConsoleDomain } from '../platform/domain.ts';

export const keys: ConsoleDomain = {
  label: { zh: '钥匙', en: 'Keys' },
  resources: ['keyLoans', 'keys'],
  overrides: { keyLoans: { icon: LoanIcon }, keys: { icon: KeyIcon } },
};
