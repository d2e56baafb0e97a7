import { Box, Tooltip } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSay } from '../platform/i18n/index.ts';
import type { LiveState } from '../platform/stream.ts';

const colours: Record<LiveState, string> = { live: '#7ee2a8', connecting: '#ffd27a', offline: '#ffb4ab' };

/** Keeps the screens live while somebody is signed in, and says whether it works. */
export function LiveIndicator() {
  const { t } = useSay();
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    // Loaded after the first paint: a list is worth more than its updates.
    void import('../platform/live.ts').then(({ Live }) => {
      if (gone) return;
      const live = new Live(queries, setState);
      stop = () => live.stop();
      void live.start();
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, [queries]);
  const help = { live: t('liveHelp'), connecting: t('connecting'), offline: t('offlineHelp') }[state];
  const label = { live: t('live'), connecting: t('connecting'), offline: t('offline') }[state];
  return (
    <Tooltip title={help}>
      <Box
        component="output"
        aria-live="polite"
        sx={{ display: 'flex', alignItems: 'center', gap: 0.75, mx: 1, fontSize: 13, whiteSpace: 'nowrap' }}
      >
        <Box aria-hidden sx={{ width: 10, height: 10, borderRadius: '50%', bgcolor: colours[state] }} />
        <Box component="span" sx={{ display: { xs: 'none', sm: 'inline' } }}>
          {label}
        </Box>
      </Box>
    </Tooltip>
  );
}
