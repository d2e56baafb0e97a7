import StaffIcon from '@mui/icons-material/BadgeOutlined';
import ImportIcon from '@mui/icons-material/UploadFileOutlined';
import TokenIcon from '@mui/icons-material/VpnLockOutlined';
import { lazy } from 'react';
import type { ConsoleDomain } from '../platform/domain.ts';

/** Running the desk itself: who works here, what connects to it, what is brought in. */
export const staff: ConsoleDomain = {
  label: { zh: '管理', en: 'Administration' },
  resources: ['staffMembers', 'apiTokens'],
  overrides: { staffMembers: { icon: StaffIcon }, apiTokens: { icon: TokenIcon } },
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
