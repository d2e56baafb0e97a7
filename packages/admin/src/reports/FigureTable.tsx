import { Card, Table, TableBody, TableCell, TableContainer, TableHead, TableRow } from '@mui/material';
import { useSay } from '../platform/i18n/index.ts';
import type { Figures } from './figures.ts';
import { reportTexts } from './texts.ts';

/** Figures as a table: the whole, then each group. The charts beside it show the same. */
export function FigureTable({
  label,
  groups,
  total,
  target,
}: {
  /** What the table is called. */
  label: string;
  groups: readonly Figures[];
  total: Figures;
  target: number;
}) {
  const { tell } = useSay();
  const pair = (median: number | null, p90: number | null) =>
    median === null ? '–' : `${median} / ${p90 ?? '–'}`;
  const cells = (one: Figures) => [
    one.volume,
    one.open,
    pair(one.responseMedian, one.responseP90),
    pair(one.settleMedian, one.settleP90),
    // The sign says it too, for those who see no colours.
    one.satisfaction === null ? '–' : `${one.satisfaction}${one.satisfaction < target ? ' ▼' : ''}`,
    one.reworkRate ?? '–',
    one.keptRate ?? '–',
    one.promisesMissed,
    one.postponementRate ?? '–',
  ];
  const times = `${tell(reportTexts.median)} / ${tell(reportTexts.p90)}`;
  const heads = [
    tell(reportTexts.volume),
    tell(reportTexts.open),
    `${tell(reportTexts.response)} ${times}`,
    `${tell(reportTexts.settle)} ${times}`,
    `${tell(reportTexts.satisfaction)} (${tell(reportTexts.target, { value: target })})`,
    tell(reportTexts.rework),
    tell(reportTexts.kept),
    tell(reportTexts.missed),
    tell(reportTexts.postponed),
  ];
  return (
    <TableContainer component={Card} variant="outlined" tabIndex={0} aria-label={label}>
      {/* Chinese breaks between words only where it must. */}
      <Table size="small" sx={{ '& th': { wordBreak: 'keep-all' } }}>
        <TableHead>
          <TableRow>
            <TableCell>{tell(reportTexts.groupBy)}</TableCell>
            {heads.map((head) => (
              <TableCell key={head} align="right">
                {head}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {[total, ...groups].map((one, row) => (
            <TableRow key={row === 0 ? 'total' : (one.key ?? 'none')}>
              <TableCell
                component="th"
                scope="row"
                sx={{
                  fontWeight: row === 0 ? 700 : 400,
                  minWidth: 96,
                  maxWidth: 220,
                  overflowWrap: 'break-word',
                }}
              >
                {one.label}
              </TableCell>
              {cells(one).map((value, at) => (
                <TableCell
                  key={heads[at]}
                  align="right"
                  sx={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
                >
                  {value}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
