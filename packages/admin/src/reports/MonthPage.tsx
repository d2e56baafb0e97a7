import { resourceNamed } from '@desk/schema';
import { type FigureGroup, figureGroups } from '@desk/schema/reports/enums';
import { Alert, Stack, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { formatDateTime } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { communityOf, currentViewer } from '../platform/viewer.ts';
import { Choice } from '../ui/Choice.tsx';
import { Failure } from '../ui/Failure.tsx';
import { PageTitle } from '../ui/PageTitle.tsx';
import { CallLine } from './CallLine.tsx';
import { ExportFigures } from './ExportFigures.tsx';
import { FeeDetails } from './FeeDetails.tsx';
import { FigureCharts } from './FigureCharts.tsx';
import { FigureTable } from './FigureTable.tsx';
import { useFigureGroups } from './groups.ts';
import { type FigureSet, type Month, type MonthContent, readMonth, readMonths } from './months.ts';
import { reportTexts } from './texts.ts';

/** The frozen figures of a month: complaints, fees, work and performance, calls (handbook T-14, S-6). */
export default function MonthPage() {
  const { tell } = useSay();
  const communities = currentViewer()?.communities ?? [];
  const [asked, setAsked] = useSearchParams();
  const community = asked.get('community') ?? communities[0]?.id ?? '';
  const { data, error, refetch } = useQuery({
    queryKey: ['totals', 'months', community],
    enabled: community !== '',
    queryFn: ({ signal }) => readMonths(community, signal),
  });
  const months = data ?? [];
  const month = months.find(({ id }) => id === asked.get('report')) ?? months[0];
  const owner = resourceNamed('monthlyReports');
  return (
    <Stack sx={{ gap: 2, py: 2, minWidth: 0 }}>
      <PageTitle title={owner ? tell(owner.label) : ''} />
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap', alignItems: 'center' }}>
        <Choice
          label={tell(reportTexts.community)}
          value={community}
          options={communities.map(({ id, name }) => [id, name])}
          onChange={(id) => setAsked({ community: id })}
          sx={{ minWidth: 160, maxWidth: '100%' }}
        />
        {month && (
          <Choice
            label={tell(reportTexts.month)}
            value={month.id}
            options={months.map((one) => [one.id, one.month])}
            onChange={(report) => setAsked({ community, report })}
            sx={{ minWidth: 120 }}
          />
        )}
        {month && (
          <ExportFigures
            right="monthly"
            mutation="exportRecordMonthly"
            sent={{ report: month.id }}
            fileName={`month-${month.month}.xlsx`}
          />
        )}
      </Stack>
      <Failure error={error} retry={refetch} />
      {data && !month && <Alert severity="info">{tell(reportTexts.noMonths)}</Alert>}
      {month && <MonthShown key={month.id} month={month} community={community} />}
    </Stack>
  );
}

function MonthShown({ month, community }: { month: Month; community: string }) {
  const { tell, locale } = useSay();
  const [groupBy, setGroupBy] = useState<FigureGroup>('DEPARTMENT');
  const [only, setOnly] = useState('');
  const { data, error, refetch } = useQuery({
    queryKey: ['totals', 'month', month.id, groupBy, locale],
    queryFn: ({ signal }) => readMonth(month.id, groupBy, signal),
    placeholderData: keepPreviousData,
  });
  const { timeZone } = communityOf({ id: community });
  // What lies within one month is not divided by months.
  const groups = useFigureGroups().filter(([name]) => name !== 'MONTH');
  const found = data?.tickets.groups ?? [];
  return (
    <>
      <Typography color="textSecondary">
        {tell(reportTexts.frozen, {
          from: month.from,
          to: month.to,
          at: formatDateTime(month.frozenAt, timeZone),
        })}
      </Typography>
      <Stack direction="row" sx={{ gap: 2, flexWrap: 'wrap' }}>
        <Choice
          label={tell(reportTexts.groupBy)}
          value={groupBy}
          options={groups}
          onChange={(chosen) => {
            setGroupBy(chosen);
            setOnly('');
          }}
          sx={{ minWidth: 140 }}
        />
        <Choice
          label={tell(figureGroups[groupBy])}
          value={only}
          options={[
            ['', tell(reportTexts.everything)],
            ...found.flatMap(({ key, label }) => (key === null ? [] : [[key, label] as const])),
          ]}
          onChange={setOnly}
          sx={{ minWidth: 140, maxWidth: '100%' }}
        />
      </Stack>
      <Failure error={error} retry={refetch} />
      {data && <Content content={data} only={only} community={community} />}
    </>
  );
}

function Content({ content, only, community }: { content: MonthContent; only: string; community: string }) {
  const { tell } = useSay();
  const { tickets, complaints, fees, calls } = content;
  const of = ({ groups }: FigureSet) => groups.filter(({ key }) => only === '' || key === only);
  const target = tickets.satisfactionTarget;
  const part = (title: string) => (
    <Typography variant="h6" component="h2">
      {title}
    </Typography>
  );
  const none = <Alert severity="info">{tell(reportTexts.nothing)}</Alert>;
  return (
    <>
      {part(tell(reportTexts.work))}
      {tickets.total.volume === 0 ? (
        none
      ) : (
        <>
          <FigureCharts groups={of(tickets)} target={target} />
          <FigureTable
            label={tell(reportTexts.work)}
            groups={of(tickets)}
            total={tickets.total}
            target={target}
          />
        </>
      )}
      {part(tell(reportTexts.complaints))}
      {complaints.total.volume === 0 ? (
        <Alert severity="success">{tell(reportTexts.noComplaints)}</Alert>
      ) : (
        <FigureTable
          label={tell(reportTexts.complaints)}
          groups={of(complaints)}
          total={complaints.total}
          target={target}
        />
      )}
      {part(tell(reportTexts.fees))}
      <FeeDetails fees={fees} currency={communityOf({ id: community }).currency} />
      <CallLine calls={calls} />
    </>
  );
}
