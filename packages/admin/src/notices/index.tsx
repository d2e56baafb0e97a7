import NoticeIcon from '@mui/icons-material/CampaignOutlined';
import type { ConsoleDomain } from '../platform/domain.ts';
import { SeenPanel } from './SeenPanel.tsx';

export const notices: ConsoleDomain = {
  label: { zh: '服务', en: 'Service' },
  resources: ['notices'],
  overrides: { notices: { icon: NoticeIcon, panels: [SeenPanel] } },
};
