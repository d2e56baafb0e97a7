import LateIcon from '@mui/icons-material/ErrorOutlined';
import TimeIcon from '@mui/icons-material/HourglassBottomOutlined';
import PauseIcon from '@mui/icons-material/PauseCircleOutlined';
import RiskIcon from '@mui/icons-material/WarningAmberOutlined';
import { Box } from '@mui/material';
import { useClock } from '../../platform/clock.ts';
import { useSay } from '../../platform/i18n/index.ts';
import { type Promised, span, stateAt } from './promise.ts';
import { deskTexts } from './texts.ts';

/**
 * Icon, words and colour say the same, so that each is enough by itself; dark blue, brown-orange and a filled deep red differ
 * in lightness too, for eyes that do not tell red from green.
 */
const looks = {
  ON_TRACK: { Icon: TimeIcon, color: '#0b4f8a', bgcolor: 'transparent', text: deskTexts.onTrack },
  AT_RISK: { Icon: RiskIcon, color: '#7a3b00', bgcolor: '#ffe9c7', text: deskTexts.atRisk },
  BREACHED: { Icon: LateIcon, color: '#fff', bgcolor: '#9b1c1c', text: deskTexts.breached },
  PAUSED: { Icon: PauseIcon, color: '#4b5563', bgcolor: '#eceff1', text: deskTexts.paused },
} as const;

/** How long is left of what was promised, second by second; draws again only when its words change. */
export function PromiseBadge({ promised }: { promised: Promised }) {
  const { tell, locale } = useSay();
  const { nextDueAt } = promised;
  const state = useClock((now) => stateAt(promised, now));
  const left = useClock((now) => (nextDueAt ? span(Date.parse(nextDueAt) - now, locale) : ''));
  if (state === 'NONE') return null;
  const { Icon, color, bgcolor, text } = looks[state];
  const words = state === 'BREACHED' && !nextDueAt ? tell(deskTexts.breachedNow) : tell(text, { span: left });
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
      {words}
    </Box>
  );
}
