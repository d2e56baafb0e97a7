import ApartmentIcon from '@mui/icons-material/ApartmentOutlined';
import StaffIcon from '@mui/icons-material/BadgeOutlined';
import CompanyIcon from '@mui/icons-material/BusinessOutlined';
import CommunityIcon from '@mui/icons-material/LocationCityOutlined';
import ImportIcon from '@mui/icons-material/UploadFileOutlined';
import TokenIcon from '@mui/icons-material/VpnLockOutlined';
import { lazy } from 'react';
import type { ConsoleDomain } from '../platform/domain.ts';

/** Running the desk itself: places, who works here, what connects to it, what is brought in. */
export const staff: ConsoleDomain = {
  label: { zh: '管理', en: 'Administration' },
  resources: ['buildings', 'communities', 'staffMembers', 'apiTokens', 'organisations'],
  overrides: {
    buildings: { icon: ApartmentIcon },
    communities: { icon: CommunityIcon },
    staffMembers: { icon: StaffIcon },
    apiTokens: { icon: TokenIcon },
    organisations: { icon: CompanyIcon },
  },
  pages: [
    {
      path: '/import',
      label: { zh: '数据导入', en: 'Import' },
      icon: ImportIcon,
      page: lazy(() => import('../imports/ImportPage.tsx')),
      needs: { resource: { resource: 'import', scope: 'community' }, action: 'create' },
    },
  ],
};
