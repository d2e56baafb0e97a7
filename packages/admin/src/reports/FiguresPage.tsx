import { figuresDescriptor } from '@desk/schema/reports/descriptor';
import { figureGroups } from '@desk/schema/reports/enums';
import {
  Alert,
  Card,
  MenuItem,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  TextField,
  Typography,
} from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { today } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { communityOf, may } from '../platform/viewer.ts';
import { PageTitle } from '../ui/PageTitle.tsx';
import { ExportFigures } from './ExportFigures.tsx';
import { FigureCharts } from './FigureCharts.tsx';
import { type Asked, type FigureAnswer, type Figures, readFigures } from './figures.ts';
import { reportTexts } from './texts.ts';

/** Volume, times, satisfaction, rework and promises of a period (handbook T-12, T-14, S-6). */
export default function FiguresPage() {
  const { tell, locale } = useSay();
  const now = today(communityOf(undefined).timeZone);
  const [asked, setAsked] = useState<Asked>({
    from: `${now.slice(0, 7)}-01`,
    to: now,
    groupBy: 'DEPARTMENT',
  });
  const { data, error } = useQuery({
    queryKey: ['totals', 'figures', asked, locale],
    enabled: asked.from !== '' && asked.to !== '',
    queryFn: ({ signal }) => readFigures(asked, signal),
    placeholderData: keepPreviousData,
  });
  const groups = Object.entries(figureGroups).filter(
    ([name]) => name !== 'PERSON' || may(figuresDescriptor, 'person'),
  );
  const input = (name: string) => ({
    size: 'small' as const,
    value: asked[name] ?? '',
    onChange: (event: { target: { value: string } }) => setAsked({ ...asked, [name]: event.target.value }),
  });
  const date = { type: 'date', slotProps: { inputLabel: { shrink: true } } } as const;
  return (
    <Stack sx={{ gap: 2, py: 2, minWidth: 0 }}>
      <PageTitle title={tell(reportTexts.figures)} />
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap', alignItems: 'center' }}>
        <TextField {...date} label={tell(reportTexts.from)} {...input('from')} />
        <TextField {...date} label={tell(reportTexts.to)} {...input('to')} />
        <TextField select label={tell(reportTexts.groupBy)} {...input('groupBy')} sx={{ minWidth: 140 }}>
          {groups.map(([name, label]) => (
            <MenuItem key={name} value={name}>
              {tell(label)}
            </MenuItem>
          ))}
        </TextField>
        <ExportFigures asked={asked} />
      </Stack>
      {error && <Alert severity="error">{error.message}</Alert>}
      {data && <Answer data={data} />}
    </Stack>
  );
}

function Answer({ data: { ticketFigures, callFigures } }: { data: FigureAnswer }) {
  const { tell } = useSay();
  const { groups, total, satisfactionTarget } = ticketFigures;
  if (total.volume === 0 && callFigures.inbound === 0)
    return <Alert severity="info">{tell(reportTexts.nothing)}</Alert>;
  return (
    <>
      <FigureCharts groups={groups} target={satisfactionTarget} />
      <FigureTable groups={groups} total={total} target={satisfactionTarget} />
      <Card variant="outlined" component="section" sx={{ p: 2 }}>
        <Typography variant="h6" component="h2">
          {tell(reportTexts.calls)}
        </Typography>
        <Typography>
          {[
            `${tell(reportTexts.inbound)} ${callFigures.inbound}`,
            `${tell(reportTexts.callsMissed)} ${callFigures.missed}`,
            `${tell(reportTexts.answeredInTime)} ${callFigures.answeredInTimeRate ?? '–'}`,
            `${tell(reportTexts.endedInTime)} ${callFigures.endedInTimeRate ?? '–'}`,
          ].join(' · ')}
        </Typography>
      </Card>
    </>
  );
}

function FigureTable({
  groups,
  total,
  target,
}: {
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
    <TableContainer component={Card} variant="outlined" tabIndex={0} aria-label={tell(reportTexts.figures)}>
      <Table size="small">
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
                  overflowWrap: 'anywhere',
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
