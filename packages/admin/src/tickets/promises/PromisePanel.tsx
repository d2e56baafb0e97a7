import { Box, Card, CardContent, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useSay } from '../../platform/i18n/index.ts';
import type { DeskRecord } from '../../platform/mutations.ts';
import { communityOf } from '../../platform/viewer.ts';
import { Failure } from '../../ui/Failure.tsx';
import { useFirstFew } from '../../ui/useFirstFew.tsx';
import { ClockLine } from './ClockLine.tsx';
import { promisesOf } from './read.ts';
import { Told } from './Told.tsx';
import { promiseTexts } from './texts.ts';

/** Clocks that are shown at once: those of a round with everything in it. */
const shownFirst = 5;

/** Beside each other where there is room. */
const columns = {
  display: 'grid',
  columnGap: 3,
  rowGap: 2,
  alignItems: 'start',
  gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 300px), 1fr))',
} as const;

/** All clocks of a ticket, and who was told what about them and when (handbook T-08, T-16, P-5). */
export function PromisePanel({ record }: { record: DeskRecord }) {
  const { tell } = useSay();
  const title = useId();
  const { data, error, refetch } = useQuery(promisesOf(record.id));
  const { timeZone } = communityOf(record);
  const clocks = data?.clocks ?? [];
  const { shown, rest } = useFirstFew(clocks, shownFirst);
  return (
    <Card variant="outlined" component="section" aria-labelledby={title}>
      <CardContent sx={{ display: 'grid', gap: 1.5 }}>
        <Typography id={title} variant="h6" component="h2">
          {tell(promiseTexts.title)}
        </Typography>
        <Failure error={error} retry={refetch} />
        {data && clocks.length === 0 && (
          <Typography color="textSecondary">{tell(promiseTexts.none)}</Typography>
        )}
        <Box sx={columns}>
          <Box>
            <Stack component="ul" sx={{ m: 0, p: 0, gap: 1.25, listStyle: 'none' }}>
              {shown.map((clock) => (
                <ClockLine
                  key={`${clock.kind} ${clock.round} ${clock.startedAt}`}
                  clock={clock}
                  timeZone={timeZone}
                />
              ))}
            </Stack>
            {rest}
          </Box>
          {data && <Told moves={data.moves} escalations={data.escalations} timeZone={timeZone} />}
        </Box>
      </CardContent>
    </Card>
  );
}
