import { Box, Card, CardContent, Stack, Typography } from '@mui/material';
import { useSay } from '../platform/i18n/index.ts';
import type { Figures } from './figures.ts';
import { PairChart } from './PairChart.tsx';
import { reportTexts } from './texts.ts';

/** Groups that a chart still shows apart; the table beside it has them all. */
const most = 12;

/** What the table says, as pictures: volume, times, satisfaction. */
export function FigureCharts({ groups, target }: { groups: readonly Figures[]; target: number }) {
  const { tell } = useSay();
  const rows = groups.slice(0, most);
  const charts = [
    { title: 'volume', bars: [['volume', 'volume'] as const, ['open', 'open'] as const] },
    { title: 'settle', bars: [['settleMedian', 'median'] as const, ['settleP90', 'p90'] as const] },
    {
      title: 'satisfaction',
      bars: [['satisfaction', 'satisfaction'] as const, ['keptRate', 'kept'] as const],
      target,
    },
  ] as const;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(3, minmax(0, 1fr))' },
      }}
    >
      {charts.map(({ title, bars, ...rest }) => {
        const aim = 'target' in rest ? rest.target : undefined;
        return (
          <Card key={title} variant="outlined">
            <CardContent>
              <Stack direction="row" sx={{ alignItems: 'baseline', justifyContent: 'space-between', gap: 1 }}>
                <Typography variant="h6" component="h2" gutterBottom>
                  {tell(reportTexts[title])}
                </Typography>
                {aim !== undefined && <Target value={aim} />}
              </Stack>
              <PairChart
                rows={rows}
                bars={bars.map(([key, label]) => [key, tell(reportTexts[label])])}
                target={aim}
              />
            </CardContent>
          </Card>
        );
      })}
    </Box>
  );
}

/** What the dashed line stands for. Beside the bars, where it covers none. */
function Target({ value }: { value: number }) {
  const { tell } = useSay();
  return (
    <Typography variant="body2" sx={{ whiteSpace: 'nowrap' }}>
      <Box
        component="span"
        aria-hidden
        sx={{
          display: 'inline-block',
          width: 28,
          mr: 0.75,
          verticalAlign: 'middle',
          borderTop: '2px dashed #17202a',
        }}
      />
      {tell(reportTexts.target, { value })}
    </Typography>
  );
}
