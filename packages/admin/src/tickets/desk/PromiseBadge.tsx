import CancelledIcon from '@mui/icons-material/BlockOutlined';
import MetIcon from '@mui/icons-material/CheckCircleOutlined';
import LateIcon from '@mui/icons-material/ErrorOutlined';
import TimeIcon from '@mui/icons-material/HourglassBottomOutlined';
import PauseIcon from '@mui/icons-material/PauseCircleOutlined';
import MissedIcon from '@mui/icons-material/RunningWithErrorsOutlined';
import RiskIcon from '@mui/icons-material/WarningAmberOutlined';
import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { useClock } from '../../platform/clock.ts';
import { useSay } from '../../platform/i18n/index.ts';
import { type ClockState, type Promised, span, stateAt } from './promise.ts';
import { deskTexts } from './texts.ts';

/**
 * Icon, words and colour say the same, so that each is enough by itself; dark blue, brown-orange and a filled deep red differ
 * in lightness too, for eyes that do not tell red from green.
 */
const looks = {
  ON_TRACK: { Icon: TimeIcon, color: '#0b4f8a', bgcolor: 'transparent' },
  AT_RISK: { Icon: RiskIcon, color: '#7a3b00', bgcolor: '#ffe9c7' },
  BREACHED: { Icon: LateIcon, color: '#fff', bgcolor: '#9b1c1c' },
  PAUSED: { Icon: PauseIcon, color: '#4b5563', bgcolor: '#eceff1' },
  MET: { Icon: MetIcon, color: '#1b5e20', bgcolor: 'transparent' },
  MISSED: { Icon: MissedIcon, color: '#9b1c1c', bgcolor: '#fdecea' },
  CANCELLED: { Icon: CancelledIcon, color: '#4b5563', bgcolor: 'transparent' },
} as const;

const words = {
  ON_TRACK: deskTexts.onTrack,
  AT_RISK: deskTexts.atRisk,
  BREACHED: deskTexts.breached,
  PAUSED: deskTexts.paused,
} as const;

/** How long is left of what was promised, second by second; draws again only when its words change. */
export function PromiseBadge({ promised }: { promised: Promised }) {
  const { tell, locale } = useSay();
  const { nextDueAt } = promised;
  const state = useClock((now) => stateAt(promised, now));
  const left = useClock((now) => (nextDueAt ? span(Date.parse(nextDueAt) - now, locale) : ''));
  if (state === 'NONE') return null;
  return (
    <StateBadge state={state}>
      {state === 'BREACHED' && !nextDueAt ? tell(deskTexts.breachedNow) : tell(words[state], { span: left })}
    </StateBadge>
  );
}

/** How a promise stands, in its look; the words come with it. */
export function StateBadge({ state, children }: { state: ClockState; children: ReactNode }) {
  const { Icon, color, bgcolor } = looks[state];
  return (
    <Box
      component="span"
      data-promise={state}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        px: 0.75,
        borderRadius: 1,
        fontSize: 13,
        lineHeight: '22px',
        whiteSpace: 'nowrap',
        fontVariantNumeric: 'tabular-nums',
        fontWeight: state === 'ON_TRACK' ? 400 : 600,
        color,
        bgcolor,
      }}
    >
      <Icon aria-hidden sx={{ fontSize: 16 }} />
      {children}
    </Box>
  );
}
