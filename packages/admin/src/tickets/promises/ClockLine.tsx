import { clockKinds } from '@desk/schema/tickets/promises';
import { Box, Chip, Typography } from '@mui/material';
import { useClock } from '../../platform/clock.ts';
import { formatDateTime } from '../../platform/format.ts';
import { useSay } from '../../platform/i18n/index.ts';
import { StateBadge } from '../desk/PromiseBadge.tsx';
import { clockStateAt, span } from '../desk/promise.ts';
import { deskTexts } from '../desk/texts.ts';
import type { Clock } from './read.ts';
import { promiseTexts } from './texts.ts';

/** One promise: what, how it stands, until when, and what became of it. Icon, words and colour say the same. */
export function ClockLine({ clock, timeZone }: { clock: Clock; timeZone: string }) {
  const { t, tell } = useSay();
  const { kind, rule, round, dueAt, firstDueAt, pausedAt, pausedUntil, metAt } = clock;
  const { breachedAt, postponed, provisional } = clock;
  const state = useClock((now) => clockStateAt(clock, now));
  const at = (iso: string) => ({ at: formatDateTime(iso, timeZone) });
  const running = metAt === null && state !== 'CANCELLED';
  const facts = [
    // What stands still is due at no time.
    state !== 'PAUSED' && tell(promiseTexts.due, at(dueAt)),
    firstDueAt !== dueAt && tell(promiseTexts.first, at(firstDueAt)),
    state === 'PAUSED' && pausedAt && tell(promiseTexts.pausedAt, at(pausedAt)),
    state === 'PAUSED' && pausedUntil && tell(promiseTexts.pausedUntil, at(pausedUntil)),
    metAt && tell(promiseTexts.metAt, at(metAt)),
    breachedAt && state !== 'BREACHED' && state !== 'MISSED' && tell(promiseTexts.brokenAt, at(breachedAt)),
    t('rule', { rule }),
  ].filter(Boolean);
  return (
    <Box component="li" data-clock={kind} sx={{ display: 'grid', gap: 0.25 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 1, rowGap: 0.5, alignItems: 'center' }}>
        <Typography component="strong" sx={{ fontWeight: 600, minWidth: '5em' }}>
          {tell(clockKinds[kind])}
        </Typography>
        <StateBadge state={state}>
          <ClockWords clock={clock} />
        </StateBadge>
        {round > 0 && (
          <Chip size="small" variant="outlined" label={tell(promiseTexts.round, { round: round + 1 })} />
        )}
        {postponed > 0 && <Chip size="small" variant="outlined" label={tell(promiseTexts.postponed)} />}
        {running && provisional && (
          <Chip size="small" variant="outlined" label={tell(promiseTexts.provisional)} />
        )}
      </Box>
      <Typography variant="body2" color="textSecondary" sx={{ fontVariantNumeric: 'tabular-nums' }}>
        {facts.join(' · ')}
      </Typography>
    </Box>
  );
}

/** How much is left, by how much it was too late, or how it ended; drawn again only when the words change. */
function ClockWords({ clock }: { clock: Clock }) {
  const { tell, locale } = useSay();
  return useClock((now) => {
    const due = Date.parse(clock.dueAt);
    const left = { span: span(due - now, locale) };
    const late = clock.metAt ? Date.parse(clock.metAt) - due : 0;
    const words = {
      ON_TRACK: tell(deskTexts.onTrack, left),
      AT_RISK: tell(deskTexts.atRisk, left),
      BREACHED: tell(deskTexts.breached, left),
      PAUSED: tell(deskTexts.paused),
      MET: tell(promiseTexts.met),
      MISSED:
        late > 0 ? tell(promiseTexts.missedBy, { span: span(late, locale) }) : tell(promiseTexts.missed),
      CANCELLED: tell(promiseTexts.cancelled),
    };
    return words[clockStateAt(clock, now)];
  });
}
