import PaymentIcon from '@mui/icons-material/PaymentsOutlined';
import StandardIcon from '@mui/icons-material/PriceChangeOutlined';
import FeeIcon from '@mui/icons-material/ReceiptLongOutlined';
import type { ConsoleDomain } from '../platform/domain.ts';

export const fees: ConsoleDomain = {
  label: { zh: '收费', en: 'Charges' },
  resources: ['fees', 'payments', 'chargeStandards'],
  overrides: {
    fees: { icon: FeeIcon },
    payments: { icon: PaymentIcon },
    chargeStandards: { icon: StandardIcon },
  },
};
