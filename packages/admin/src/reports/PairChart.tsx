import { Box } from '@mui/material';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  type XAxisTickContentProps,
  YAxis,
} from 'recharts';
import { linesOf } from './lines.ts';

const ink = '#17202a';
/** Told apart by lightness too, for those who see no colours and for paper. */
const colours = ['#0b5c63', '#e0a458'];
const lineHeight = 14;
const labelLines = 2;

interface PairChartProps {
  rows: readonly object[];
  /** Two numbers of each row, with their names. */
  bars: readonly (readonly [string, string])[];
  /** Of percentages: what is aimed at. The axis then goes to a hundred. */
  target?: number | undefined;
}

/** Two bars for each row. A table beside it says the same, and is what is read out. */
export function PairChart({ rows, bars, target }: PairChartProps) {
  return (
    <Box aria-hidden sx={{ height: 260 }}>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart data={[...rows]} accessibilityLayer={false} margin={{ top: 12, right: 8, left: -12 }}>
          <CartesianGrid vertical={false} strokeDasharray="3 3" />
          <XAxis dataKey="label" interval={0} height={labelLines * lineHeight + 12} tick={Label} />
          <YAxis tick={{ fontSize: 12 }} {...(target !== undefined && { domain: [0, 100] })} />
          <Tooltip />
          <Legend itemSorter={null} formatter={(name) => <span style={{ color: ink }}>{name}</span>} />
          {target !== undefined && <ReferenceLine y={target} stroke={ink} strokeDasharray="6 3" />}
          {bars.map(([key, name], index) => (
            <Bar
              key={key}
              dataKey={key}
              name={name}
              fill={colours[index] ?? ink}
              stroke={ink}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </Box>
  );
}

/** The name below its bars, in as much room as they have. */
function Label({ x, y, payload, width, visibleTicksCount }: XAxisTickContentProps) {
  const room = Number(width) / Math.max(1, visibleTicksCount);
  return (
    <text x={x} y={y} textAnchor="middle" fontSize={12} fill={ink}>
      {linesOf(String(payload.value), room / 12, labelLines).map((line, index) => (
        <tspan key={line} x={x} dy={index === 0 ? 10 : lineHeight}>
          {line}
        </tspan>
      ))}
    </text>
  );
}
