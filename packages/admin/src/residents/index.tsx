import ResidencyIcon from '@mui/icons-material/HowToRegOutlined';
import PeopleIcon from '@mui/icons-material/PeopleOutlined';
import type { ConsoleDomain } from '../platform/domain.ts';

export const residents: ConsoleDomain = {
  label: { zh: '服务', en: 'Service' },
  resources: ['residents', 'residencies'],
  overrides: { residents: { icon: PeopleIcon }, residencies: { icon: ResidencyIcon } },
};
