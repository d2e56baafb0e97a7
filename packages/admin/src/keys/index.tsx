import BoardIcon from '@mui/icons-material/GridViewOutlined';
import LoanIcon from '@mui/icons-material/SwapHorizOutlined';
import KeyIcon from '@mui/icons-material/VpnKeyOutlined';
import { lazy } from 'react';
import { type ConsoleDomain, inState } from '../platform/domain.ts';

export const keys: ConsoleDomain = {
  label: { zh: '钥匙', en: 'Keys' },
  resources: ['keyCopies', 'keyLoans', 'keys'],
  overrides: {
    keyCopies: { icon: BoardIcon, list: lazy(() => import('./KeyBoard.tsx')) },
    keyLoans: { icon: LoanIcon },
    keys: { icon: KeyIcon, changeable: inState('ACTIVE') },
  },
};
