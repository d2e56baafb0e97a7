import { Box, Card, CardContent, Typography } from '@mui/material';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useSay } from '../platform/i18n/index.ts';
import type { Figures } from './figures.ts';
import { reportTexts } from './texts.ts';

/** Groups that a chart still shows apart; the table beside it has them all. */
const most = 12;
/** Told apart by lightness too, for those who see no colours and for paper. */
export const colours = { dark: '#0b5c63', light: '#e0a458' };

/** What the table says, as pictures: volume, times, satisfaction. The table is what is read out. */
export function FigureCharts({ groups, target }: { groups: readonly Figures[]; target: number }) {
  const { tell } = useSay();
  const shown = groups.slice(0, most);
  const charts = [
    {
      title: tell(reportTexts.volume),
      bars: [
        ['volume', reportTexts.volume],
        ['open', reportTexts.open],
      ],
    },
    {
      title: tell(reportTexts.settle),
      bars: [
        ['settleMedian', reportTexts.median],
        ['settleP90', reportTexts.p90],
      ],
    },
    {
      title: tell(reportTexts.satisfaction),
      bars: [
        ['satisfaction', reportTexts.satisfaction],
        ['keptRate', reportTexts.kept],
      ],
      percent: true,
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
      {charts.map(({ title, bars, ...rest }) => (
        <Card key={title} variant="outlined">
          <CardContent>
            <Typography variant="h6" component="h2" gutterBottom>
              {title}
            </Typography>
            <Box aria-hidden sx={{ height: 260 }}>
              <ResponsiveContainer width="100%" height="100%">
                <BarChart data={shown} accessibilityLayer={false} margin={{ left: -16, right: 8 }}>
                  <CartesianGrid vertical={false} strokeDasharray="3 3" />
                  <XAxis dataKey="label" tick={{ fontSize: 12 }} interval={0} tickFormatter={short} />
                  <YAxis tick={{ fontSize: 12 }} {...('percent' in rest && { domain: [0, 100] })} />
                  <Tooltip />
                  <Legend />
                  {'percent' in rest && (
                    <ReferenceLine
                      y={target}
                      stroke="#17202a"
                      strokeDasharray="6 3"
                      label={{
                        value: tell(reportTexts.target, { value: target }),
                        position: 'insideTopRight',
                        fontSize: 12,
                      }}
                    />
                  )}
                  {bars.map(([key, label], index) => (
                    <Bar
                      key={key}
                      dataKey={key}
                      name={tell(label)}
                      fill={index === 0 ? colours.dark : colours.light}
                      stroke="#17202a"
                      isAnimationActive={false}
                    />
                  ))}
                </BarChart>
              </ResponsiveContainer>
            </Box>
          </CardContent>
        </Card>
      ))}
    </Box>
  );
}

const short = (label: string): string => (label.length > 6 ? `${label.slice(0, 5)}…` : label);
