import { notificationKinds } from '@desk/schema/notifications/enums';
import { escalationChain } from '@desk/schema/policies/enums';
import { clockKinds, consentWays, promiseChanges } from '@desk/schema/tickets/promises';
import { Box, Stack, Typography } from '@mui/material';
import { useId } from 'react';
import { formatDateTime } from '../../platform/format.ts';
import { useSay } from '../../platform/i18n/index.ts';
import { useFirstFew } from '../../ui/useFirstFew.tsx';
import type { Escalation, Move } from './read.ts';
import { promiseTexts } from './texts.ts';

interface ToldProps {
  moves: readonly Move[];
  escalations: readonly Escalation[];
  timeZone: string;
}

interface Line {
  key: string;
  at: string;
  who: string;
  what: string;
  more: string[];
}

const shownFirst = 4;
/** What the API says where an agreed wait was over and nobody did anything. */
const byItself = 'system';

/** Who was told what and when: colleagues by escalation, residents when a promise was moved; the latest first. */
export function Told({ moves, escalations, timeZone }: ToldProps) {
  const { tell } = useSay();
  const title = useId();
  const ofStaff = useStaffLines(escalations, timeZone);
  const ofResidents = useResidentLines(moves, timeZone);
  const lines = [...ofStaff, ...ofResidents].sort((one, other) => other.at.localeCompare(one.at));
  const { shown, rest } = useFirstFew(lines, shownFirst);
  return (
    <Box component="section" aria-labelledby={title}>
      <Typography id={title} variant="subtitle2" component="h3" gutterBottom>
        {tell(promiseTexts.told)}
      </Typography>
      {lines.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {tell(promiseTexts.nobodyTold)}
        </Typography>
      )}
      <Stack component="ol" sx={{ m: 0, p: 0, gap: 0.75, listStyle: 'none' }}>
        {shown.map(({ key, at, who, what, more }) => (
          <Typography
            key={key}
            component="li"
            variant="body2"
            sx={{ overflowWrap: 'anywhere', borderLeft: 2, borderColor: 'divider', pl: 1.5 }}
          >
            <Box
              component="time"
              dateTime={at}
              sx={{ fontVariantNumeric: 'tabular-nums', color: 'text.secondary' }}
            >
              {formatDateTime(at, timeZone)}
            </Box>{' '}
            <strong>{who}</strong> {what}
            {more.length > 0 && (
              <Box component="span" sx={{ color: 'text.secondary' }}>
                {' · '}
                {more.join(' · ')}
              </Box>
            )}
          </Typography>
        ))}
      </Stack>
      {rest}
    </Box>
  );
}

/** `A：B` and `A（B）` in Chinese, `A: B` and `A (B)` in English. */
function useSigns() {
  const { locale } = useSay();
  const english = locale === 'en';
  return {
    colon: (what: string, of: string) => (of === '' ? what : `${what}${english ? ': ' : '：'}${of}`),
    aside: (who: string, as: string) => (as === '' ? who : english ? `${who} (${as})` : `${who}（${as}）`),
  };
}

function useStaffLines(escalations: readonly Escalation[], timeZone: string): Line[] {
  const { tell } = useSay();
  const { colon, aside } = useSigns();
  return escalations.map(({ id, kind, about, link, createdAt, seenAt, recipient }) => ({
    key: id,
    at: createdAt,
    who: aside(recipient.name, link ? tell(escalationChain[link]) : ''),
    what: colon(tell(notificationKinds[kind]), about ? tell(clockKinds[about]) : ''),
    more: [
      seenAt ? tell(promiseTexts.seen, { at: formatDateTime(seenAt, timeZone) }) : tell(promiseTexts.unseen),
    ],
  }));
}

function useResidentLines(moves: readonly Move[], timeZone: string): Line[] {
  const { t, tell } = useSay();
  const { colon, aside } = useSigns();
  const time = (iso: string) => formatDateTime(iso, timeZone);
  return moves.map((move) => {
    const { kind, change, at, actorName, fromDueAt, toDueAt, pausedUntil } = move;
    const { told, consentBy, consentWay, approved } = move;
    const by = actorName === byItself ? t('system') : actorName;
    const resident = `${tell(promiseTexts.resident)} ${consentBy ?? ''}`.trim();
    return {
      key: `${kind} ${change} ${at}`,
      at,
      who: consentBy || told ? aside(resident, consentWay ? tell(consentWays[consentWay]) : '') : by,
      what: colon(tell(promiseChanges[change]), tell(clockKinds[kind])),
      more: [
        `${time(fromDueAt)} → ${toDueAt ? time(toDueAt) : tell(promiseTexts.standing)}`,
        pausedUntil ? tell(promiseTexts.pausedUntil, { at: time(pausedUntil) }) : '',
        told ? tell(promiseTexts.said, { told }) : '',
        approved ? tell(promiseTexts.approved) : '',
        consentBy || told ? tell(promiseTexts.by, { who: by }) : '',
      ].filter(Boolean),
    };
  });
}
