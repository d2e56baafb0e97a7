import { Box } from '@mui/material';
import type { ReactNode } from 'react';

/** Colours on the dark ground; each has a contrast of 7:1 or better there. */
export const colours = {
  ground: '#06181b',
  panel: '#0d2a2f',
  line: '#23474d',
  text: '#ffffff',
  quiet: '#b9d3d6',
  good: '#7ee2a8',
  warn: '#ffc46b',
  bad: '#ff9b91',
} as const;
export type Tone = 'text' | 'quiet' | 'good' | 'warn' | 'bad';

/** Sizes follow the screen: at 1920 × 1080 the smallest text is 30 px high, which reads from 4 m. */
export const size = { small: '1.6vw', label: '1.75vw', number: '4.4vw', hero: '6.6vw' } as const;

/** A part of the board with its heading. */
export function Panel({ title, children, area }: { title: string; children: ReactNode; area: string }) {
  const id = `wall-${area}`;
  return (
    <Box
      component="section"
      aria-labelledby={id}
      sx={{
        gridArea: area,
        bgcolor: colours.panel,
        border: `1px solid ${colours.line}`,
        borderRadius: '0.6vw',
        p: '1vw 1.3vw',
        minWidth: 0,
        display: 'flex',
        flexDirection: 'column',
        gap: '0.5vh',
        overflow: 'hidden',
      }}
    >
      <Box
        component="h2"
        id={id}
        sx={{ m: 0, fontSize: size.label, fontWeight: 600, color: colours.quiet, whiteSpace: 'nowrap' }}
      >
        {title}
      </Box>
      {children}
    </Box>
  );
}

interface FigureProps {
  label: string;
  value: string;
  /** Colour when it is not zero. */
  tone?: Tone;
  big?: boolean;
}

/** A number with what it counts. */
export function Figure({ label, value, tone = 'text', big = false }: FigureProps) {
  const zero = value === '0';
  return (
    <Box
      component="dl"
      sx={{ m: 0, display: 'flex', flexDirection: 'column-reverse', minWidth: 0, lineHeight: 1.15 }}
    >
      <Box component="dt" sx={{ fontSize: size.small, color: colours.quiet, whiteSpace: 'nowrap' }}>
        {label}
      </Box>
      <Box
        component="dd"
        sx={{
          m: 0,
          fontSize: big ? size.hero : size.number,
          fontWeight: 700,
          fontVariantNumeric: 'tabular-nums',
          color: zero ? colours.quiet : colours[tone],
          whiteSpace: 'nowrap',
        }}
      >
        {value}
      </Box>
    </Box>
  );
}

/** Figures side by side. */
export function Row({ children }: { children: ReactNode }) {
  return (
    <Box
      sx={{ flex: 1, display: 'flex', alignItems: 'flex-end', justifyContent: 'space-between', gap: '1.2vw' }}
    >
      {children}
    </Box>
  );
}
