import ReceiptIcon from '@mui/icons-material/DescriptionOutlined';
import RunIcon from '@mui/icons-material/EventRepeatOutlined';
import PaymentIcon from '@mui/icons-material/PaymentsOutlined';
import StandardIcon from '@mui/icons-material/PriceChangeOutlined';
import FeeIcon from '@mui/icons-material/ReceiptLongOutlined';
import { type ConsoleDomain, inState } from '../platform/domain.ts';

export const fees: ConsoleDomain = {
  label: { zh: '收费', en: 'Charges' },
  resources: ['fees', 'payments', 'receipts', 'feeRuns', 'chargeStandards'],
  overrides: {
    fees: { icon: FeeIcon, changeable: inState('DRAFT', 'ISSUED') },
    payments: { icon: PaymentIcon },
    receipts: { icon: ReceiptIcon },
    feeRuns: { icon: RunIcon },
    chargeStandards: { icon: StandardIcon, changeable: inState('DRAFT') },
  },
};
