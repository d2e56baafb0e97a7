import { Alert, Stack, TextField } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { today } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { communityOf } from '../platform/viewer.ts';
import { Choice } from '../ui/Choice.tsx';
import { Failure } from '../ui/Failure.tsx';
import { PageTitle } from '../ui/PageTitle.tsx';
import { CallLine } from './CallLine.tsx';
import { ExportFigures } from './ExportFigures.tsx';
import { FigureCharts } from './FigureCharts.tsx';
import { FigureTable } from './FigureTable.tsx';
import { type Asked, type FigureAnswer, readFigures } from './figures.ts';
import { useFigureGroups } from './groups.ts';
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
  const { data, error, refetch } = useQuery({
    queryKey: ['totals', 'figures', asked, locale],
    enabled: asked.from !== '' && asked.to !== '',
    queryFn: ({ signal }) => readFigures(asked, signal),
    placeholderData: keepPreviousData,
  });
  const groups = useFigureGroups();
  const input = (name: 'from' | 'to') => ({
    size: 'small' as const,
    value: asked[name],
    onChange: (event: { target: { value: string } }) => setAsked({ ...asked, [name]: event.target.value }),
  });
  const date = { type: 'date', slotProps: { inputLabel: { shrink: true } } } as const;
  return (
    <Stack sx={{ gap: 2, py: 2, minWidth: 0 }}>
      <PageTitle title={tell(reportTexts.figures)} />
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap', alignItems: 'center' }}>
        <TextField {...date} label={tell(reportTexts.from)} {...input('from')} />
        <TextField {...date} label={tell(reportTexts.to)} {...input('to')} />
        <Choice
          label={tell(reportTexts.groupBy)}
          value={asked.groupBy}
          options={groups}
          onChange={(groupBy) => setAsked({ ...asked, groupBy })}
          sx={{ minWidth: 140 }}
        />
        <ExportFigures
          right="create"
          mutation="exportRecordCreate"
          sent={asked}
          fileName={`${asked.from}_${asked.to}.xlsx`}
        />
      </Stack>
      <Failure error={error} retry={refetch} />
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
      <FigureTable
        label={tell(reportTexts.figures)}
        groups={groups}
        total={total}
        target={satisfactionTarget}
      />
      <CallLine calls={callFigures} />
    </>
  );
}
