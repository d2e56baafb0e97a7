import { resourceNamed } from '@desk/schema';
import { yearSources } from '@desk/schema/policies/enums';
import BackIcon from '@mui/icons-material/ChevronLeft';
import NextIcon from '@mui/icons-material/ChevronRight';
import { Alert, Box, Button, Card, CardContent, Chip, IconButton, Stack, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { today } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { communityOf, may } from '../platform/viewer.ts';
import { Failure } from '../ui/Failure.tsx';
import type { ShowPanel } from '../ui/ResourceShow.tsx';
import { daysOf, looks, readYear, type ShownDay } from './calendar.ts';
import { DayDialog } from './DayDialog.tsx';
import { policyTexts } from './texts.ts';
import { YearDialog } from './YearDialog.tsx';

const [firstYear, lastYear] = [2000, 2099];

/** A year of a calendar as it is counted: each day can be decided, and the statutory days entered or corrected (P-4). */
export const CalendarBoard: ShowPanel = ({ owner, record }) => {
  const { tell } = useSay();
  const { timeZone } = communityOf(record);
  const [year, setYear] = useState(() => Number(today(timeZone).slice(0, 4)));
  const [chosen, setChosen] = useState<ShownDay>();
  const [entering, setEntering] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['totals', 'calendarYear', record.id, record.version, year],
    queryFn: async ({ signal }) => ({ year, answer: await readYear(record.id, year, signal) }),
    placeholderData: keepPreviousData,
  });
  const days = resourceNamed('calendarDays');
  const decides = days !== undefined && may(days, 'create');
  const shown = data?.year === year ? data.answer : undefined;
  const title = tell(policyTexts.board, { year });
  return (
    <Card variant="outlined" component="section" aria-label={title}>
      <CardContent sx={{ display: 'grid', gap: 1.5 }}>
        <Stack direction="row" sx={{ alignItems: 'center', gap: 1, flexWrap: 'wrap' }}>
          <IconButton
            size="small"
            aria-label={tell(policyTexts.before)}
            disabled={year <= firstYear}
            onClick={() => setYear(year - 1)}
          >
            <BackIcon />
          </IconButton>
          <Typography variant="h6" component="h2" aria-live="polite">
            {title}
          </Typography>
          <IconButton
            size="small"
            aria-label={tell(policyTexts.after)}
            disabled={year >= lastYear}
            onClick={() => setYear(year + 1)}
          >
            <NextIcon />
          </IconButton>
          {shown && (
            <Chip
              size="small"
              variant="outlined"
              color={shown.year.source === 'UNKNOWN' ? 'warning' : 'default'}
              label={tell(policyTexts.source, { source: tell(yearSources[shown.year.source]) })}
            />
          )}
          <Box sx={{ flex: 1 }} />
          {shown && shown.year.source !== 'NONE' && may(owner, 'publish') && (
            <Button
              size="small"
              variant={shown.year.source === 'UNKNOWN' ? 'contained' : 'outlined'}
              onClick={() => setEntering(true)}
            >
              {tell(shown.year.source === 'UNKNOWN' ? policyTexts.publish : policyTexts.correct, { year })}
            </Button>
          )}
        </Stack>
        <Failure error={error} retry={refetch} />
        {shown?.year.source === 'UNKNOWN' && (
          <Alert severity="warning">{tell(policyTexts.unknown, { year })}</Alert>
        )}
        {shown && (
          <>
            <Legend />
            <Months
              year={year}
              days={daysOf(record, timeZone, year, shown)}
              now={today(timeZone)}
              provisional={shown.year.source === 'UNKNOWN'}
              onChoose={decides ? setChosen : undefined}
            />
          </>
        )}
        {chosen && (
          <DayDialog calendar={record.id} zone={timeZone} day={chosen} onClose={() => setChosen(undefined)} />
        )}
        {entering && shown && (
          <YearDialog
            owner={owner}
            record={record}
            zone={timeZone}
            year={year}
            known={shown.year}
            onClose={() => setEntering(false)}
          />
        )}
      </CardContent>
    </Card>
  );
};

function Legend() {
  const { tell } = useSay();
  return (
    <Stack
      direction="row"
      component="ul"
      aria-label={tell(policyTexts.legend)}
      sx={{ flexWrap: 'wrap', gap: 1, m: 0, p: 0, listStyle: 'none', fontSize: 13 }}
    >
      {Object.entries(looks).map(([name, { mark, label, color, bgcolor }]) => (
        <Box key={name} component="li" sx={{ display: 'flex', alignItems: 'center', gap: 0.5 }}>
          <Box
            component="span"
            aria-hidden
            sx={{
              ...{ display: 'inline-grid', placeItems: 'center', width: 22, height: 22, borderRadius: 0.5 },
              ...{ border: 1, borderColor: 'divider', fontSize: 12, color, bgcolor },
            }}
          >
            {tell(mark)}
          </Box>
          {/^[A-Z]/.test(name) ? `${tell(policyTexts.own)}: ${tell(label)}` : tell(label)}
        </Box>
      ))}
    </Stack>
  );
}

interface MonthsProps {
  year: number;
  days: readonly ShownDay[];
  /** Today in the community, `YYYY-MM-DD`. */
  now: string;
  provisional: boolean;
  onChoose: ((day: ShownDay) => void) | undefined;
}

function Months({ year, days, now, provisional, onChoose }: MonthsProps) {
  const { locale } = useSay();
  const format = (options: Intl.DateTimeFormatOptions, date: string) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
  // 2001 began on a Monday.
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => `2001-01-0${day}`);
  const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`);
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 232px), 1fr))',
        ...(provisional && { opacity: 0.85 }),
      }}
    >
      {months.map((month) => {
        const inside = days.filter(({ date }) => date.startsWith(month));
        const lead = (new Date(`${month}-01T00:00:00Z`).getUTCDay() + 6) % 7;
        return (
          <Box
            key={month}
            component="section"
            aria-label={format({ year: 'numeric', month: 'long' }, `${month}-01`)}
          >
            <Typography variant="subtitle2" component="h3" gutterBottom>
              {format({ month: 'long' }, `${month}-01`)}
            </Typography>
            <Box sx={{ display: 'grid', gap: '2px', gridTemplateColumns: 'repeat(7, minmax(0, 1fr))' }}>
              {weekdays.map((day) => (
                <Box
                  key={day}
                  aria-hidden
                  sx={{ textAlign: 'center', fontSize: 11, color: 'text.secondary' }}
                >
                  {format({ weekday: 'narrow' }, day)}
                </Box>
              ))}
              {inside.map((day, index) => (
                <Day
                  key={day.date}
                  day={day}
                  isToday={day.date === now}
                  column={index === 0 ? lead + 1 : undefined}
                  onChoose={onChoose && (() => onChoose(day))}
                />
              ))}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}

interface DayProps {
  day: ShownDay;
  /** Of the first day of a month: the others follow it. */
  column: number | undefined;
  isToday: boolean;
  onChoose: (() => void) | undefined;
}

function Day({ day, column, isToday, onChoose }: DayProps) {
  const { tell } = useSay();
  const { date, look, own } = day;
  const { mark, label, color, bgcolor } = looks[look];
  const words = [date, tell(label), own?.hours, own?.note].filter(Boolean).join(' ');
  return (
    <Box
      component="button"
      type="button"
      aria-label={words}
      title={words}
      data-look={look}
      aria-current={isToday ? 'date' : undefined}
      disabled={!onChoose}
      onClick={onChoose}
      sx={{
        ...(column && { gridColumnStart: column }),
        ...{ position: 'relative', minHeight: 30, p: 0, font: 'inherit', fontSize: 13, lineHeight: 1 },
        ...{ fontVariantNumeric: 'tabular-nums', color, bgcolor, borderRadius: 0.5 },
        ...{ border: 1, borderColor: 'divider', cursor: onChoose ? 'pointer' : 'default' },
        // A ring, not a colour, because colours say what kind of day it is.
        ...(isToday && { boxShadow: '0 0 0 2px #17202a', fontWeight: 700 }),
        // Drawn, not said: the name says it in words.
        '&::after': { content: `"${tell(mark)}"`, position: 'absolute', top: 1, right: 2, fontSize: 9 },
        '&:focus-visible': { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: 1 },
      }}
    >
      {/* As in the name of the button: who speaks what is seen, finds it. */}
      {date.slice(8)}
    </Box>
  );
}
