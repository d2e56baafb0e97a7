import { resourceNamed } from '@desk/schema';
import { Box, Card, CardContent, Chip, Link as MuiLink, Skeleton, Stack, Typography } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ListBase } from 'react-admin';
import { Link } from 'react-router-dom';
import { request } from '../platform/client.ts';
import { formatMoney } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { communityOf, currentViewer, may } from '../platform/viewer.ts';
import { Failure } from '../ui/Failure.tsx';
import { PageTitle } from '../ui/PageTitle.tsx';
import { RecordTable } from '../ui/RecordTable.tsx';
import { type Figure, type FigureGroup, figureGroups, type Totals, totalsDocument } from './figures.ts';
import { moneyDue } from './money.ts';

const refreshMs = 60_000;
/** Live events refresh it too; the clock alone makes things overdue. */
const fresh = { refetchInterval: refreshMs, placeholderData: keepPreviousData };

const addressOf = ({ resource, filter }: Figure) =>
  `/${resource}?${new URLSearchParams({ filter: JSON.stringify(filter) })}`;

/** Today's work: what is open, per resource and state. Every figure leads to the list that it counts. */
export function HomePage() {
  const { t } = useSay();
  const viewer = currentViewer()?.id;
  const groups = figureGroups();
  const figures = groups.flatMap(({ leading, states }) => [...leading, ...states]);
  const { data, error, refetch } = useQuery({
    queryKey: ['totals', viewer],
    enabled: figures.length > 0,
    queryFn: ({ signal }) => {
      const { document, variables } = totalsDocument(figures);
      return request<Totals>(document, variables, { signal });
    },
    ...fresh,
  });
  return (
    <Stack sx={{ gap: 2, py: 2 }}>
      <PageTitle title={t('today')} />
      <Failure error={error} retry={refetch} />
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'stretch',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(2, minmax(0, 1fr))' },
        }}
      >
        {groups.map((group) => (
          <GroupCard key={group.owner.name} group={group} totals={data} />
        ))}
      </Box>
      <OldestOpen />
    </Stack>
  );
}

const listQuery = { meta: { view: 'list' }, onError: () => undefined };
const shown = 8;

/** What has waited longest: the list of the daily clearing (handbook T-13). */
function OldestOpen() {
  const { t } = useSay();
  const owner = resourceNamed('tickets');
  if (!owner?.lifecycle || !may(owner, 'read')) return null;
  return (
    <Card variant="outlined" component="section" aria-labelledby="home-oldest">
      <Typography id="home-oldest" variant="h6" component="h2" sx={{ p: 2, pb: 1 }}>
        {t('oldestOpen')}
      </Typography>
      <ListBase
        resource={owner.name}
        disableSyncWithLocation
        storeKey={false}
        perPage={shown}
        sort={{ field: 'receivedAt', order: 'ASC' }}
        filter={{ status: { notIn: owner.lifecycle.final } }}
        queryOptions={listQuery}
      >
        <RecordTable owner={owner} sortable={false} without={['location', 'reporterName']} empty={null} />
      </ListBase>
    </Card>
  );
}

function GroupCard({ group, totals }: { group: FigureGroup; totals: Totals | undefined }) {
  const { t, tell, locale } = useSay();
  const { owner, leading, states } = group;
  const leads = new Set(leading.map(addressOf));
  // A state that leads the card already is not told twice.
  const open = states.filter(
    (figure) => (totals?.[figure.key]?.totalCount ?? 0) > 0 && !leads.has(addressOf(figure)),
  );
  const title = `home-${owner.name}`;
  return (
    <Card variant="outlined" component="section" aria-labelledby={title}>
      <CardContent sx={{ display: 'grid', gap: 1.5 }}>
        <Typography id={title} variant="h6" component="h2">
          {tell(owner.plural)}
        </Typography>
        <Stack direction="row" sx={{ gap: 4, flexWrap: 'wrap', rowGap: 1.5 }}>
          {leading.map((figure) => (
            <LeadingFigure key={figure.key} figure={figure} total={totals?.[figure.key]} />
          ))}
          {owner.name === 'fees' && <Money figures={leading} />}
        </Stack>
        <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1, minHeight: 32 }}>
          {open.map((figure) => (
            <Chip
              key={figure.key}
              clickable
              component={Link}
              to={addressOf(figure)}
              variant="outlined"
              label={
                <>
                  {tell(figure.label)}{' '}
                  <strong>
                    {new Intl.NumberFormat(locale).format(totals?.[figure.key]?.totalCount ?? 0)}
                  </strong>
                </>
              }
            />
          ))}
          {totals && states.every(({ key }) => !totals[key]?.totalCount) && (
            <Typography variant="body2" color="textSecondary">
              {t('allDone')}
            </Typography>
          )}
        </Stack>
      </CardContent>
    </Card>
  );
}

function LeadingFigure({ figure, total }: { figure: Figure; total: Totals[string] | undefined }) {
  const { locale } = useSay();
  const count = total?.totalCount ?? 0;
  const shown = `${new Intl.NumberFormat(locale).format(count)}${total?.totalCountPrecision === 'AT_LEAST' ? '+' : ''}`;
  return <Big figure={figure} loud={count > 0} text={total ? shown : undefined} />;
}

/** The amounts behind the counts: what is owed, and what of it is overdue. */
function Money({ figures }: { figures: readonly Figure[] }) {
  const { locale, t } = useSay();
  const { data } = useQuery({
    queryKey: ['totals', 'money', currentViewer()?.id],
    queryFn: ({ signal }) => moneyDue(signal),
    ...fresh,
  });
  const labels = { owed: t('moneyDue'), overdue: t('moneyOverdue') };
  return (['owed', 'overdue'] as const).map((name, index) => {
    const figure = figures[index];
    const amount = data?.[name];
    const shown =
      amount === undefined ? undefined : formatMoney(amount, communityOf(undefined).currency, locale);
    return (
      figure && <Big key={name} figure={figure} label={labels[name]} loud={Boolean(amount)} text={shown} />
    );
  });
}

interface BigProps {
  figure: Figure;
  label?: string;
  text: string | undefined;
  /** Something is there: it may be coloured. */
  loud: boolean;
}

function Big({ figure, label, text, loud }: BigProps) {
  const { tell } = useSay();
  return (
    <MuiLink component={Link} to={addressOf(figure)} underline="hover" color="inherit">
      <Typography variant="body2" component="span" color="textSecondary" sx={{ display: 'block' }}>
        {label ?? tell(figure.label)}
      </Typography>
      <Typography
        variant="h4"
        component="span"
        color={loud ? (figure.urgent ? 'error' : 'primary') : 'textSecondary'}
        sx={{ fontVariantNumeric: 'tabular-nums', fontSize: { xs: '1.6rem', sm: '2rem' } }}
      >
        {text ?? <Skeleton width="2ch" />}
      </Typography>
    </MuiLink>
  );
}
