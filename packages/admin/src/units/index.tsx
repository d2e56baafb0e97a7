import ApartmentIcon from '@mui/icons-material/ApartmentOutlined';
import HomeIcon from '@mui/icons-material/HomeOutlined';
import CommunityIcon from '@mui/icons-material/LocationCityOutlined';
import type { ConsoleDomain } from '../platform/domain.ts';

export const units: ConsoleDomain = {
  label: { zh: '房产', en: 'Property' },
  resources: ['units', 'buildings', 'communities'],
  overrides: {
    units: { icon: HomeIcon },
    buildings: { icon: ApartmentIcon },
    communities: { icon: CommunityIcon },
  },
};
