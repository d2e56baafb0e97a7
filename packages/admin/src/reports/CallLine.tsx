import { Card, Typography } from '@mui/material';
import { useSay } from '../platform/i18n/index.ts';
import type { CallFigures } from './figures.ts';
import { reportTexts } from './texts.ts';

const percent = (rate: number | null): string => (rate === null ? '–' : `${rate} %`);

/** How the calls of a period were answered, in one line (handbook U-6). */
export function CallLine({ calls }: { calls: CallFigures }) {
  const { tell } = useSay();
  return (
    <Card variant="outlined" component="section" sx={{ p: 2 }}>
      <Typography variant="h6" component="h2">
        {tell(reportTexts.calls)}
      </Typography>
      <Typography>
        {[
          `${tell(reportTexts.inbound)} ${calls.inbound}`,
          `${tell(reportTexts.callsMissed)} ${calls.missed}`,
          `${tell(reportTexts.answeredInTime)} ${percent(calls.answeredInTimeRate)}`,
          `${tell(reportTexts.endedInTime)} ${percent(calls.endedInTimeRate)}`,
        ].join(' · ')}
      </Typography>
    </Card>
  );
}
