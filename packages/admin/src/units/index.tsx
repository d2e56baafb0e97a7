import HomeIcon from '@mui/icons-material/HomeOutlined';
import { MoneyPanel } from '../fees/MoneyPanel.tsx';
import type { ConsoleDomain } from '../platform/domain.ts';

export const units: ConsoleDomain = {
  label: { zh: '服务', en: 'Service' },
  resources: ['units'],
  overrides: { units: { icon: HomeIcon, panels: [MoneyPanel] } },
};
