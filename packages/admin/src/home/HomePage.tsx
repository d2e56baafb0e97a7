import { Alert, Box, Card, CardActionArea, CardContent, Skeleton, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { request } from '../platform/client.ts';
import { useSay } from '../platform/i18n/index.ts';
import { currentViewer } from '../platform/viewer.ts';
import { PageTitle } from '../ui/PageTitle.tsx';
import { type Figure, figureGroups, type Totals, totalsDocument } from './figures.ts';

const refreshMs = 60_000;

/** Today's work: what is open, per resource and state. Every figure leads to the list that it counts. */
export function HomePage() {
  const { t, tell } = useSay();
  const groups = figureGroups();
  const figures = groups.flatMap((group) => group.figures);
  const { data, error, isPending } = useQuery({
    queryKey: ['totals', currentViewer()?.id],
    enabled: figures.length > 0,
    // Live events refresh it too; the clock alone makes things overdue.
    refetchInterval: refreshMs,
    queryFn: ({ signal }) => {
      const { document, variables } = totalsDocument(figures);
      return request<Totals>(document, variables, { signal });
    },
  });
  return (
    <Stack sx={{ gap: 3, py: 2 }}>
      <PageTitle title={t('today')} />
      {error && <Alert severity="error">{error.message}</Alert>}
      {groups.map(({ name, label, figures: inGroup }) => (
        <Box component="section" key={name} aria-labelledby={`home-${name}`}>
          <Typography id={`home-${name}`} variant="h6" component="h2" gutterBottom>
            {tell(label)}
          </Typography>
          <Box
            sx={{
              display: 'grid',
              gap: 1.5,
              gridTemplateColumns: {
                xs: 'repeat(2, minmax(0, 1fr))',
                sm: 'repeat(auto-fill, minmax(160px, 1fr))',
              },
            }}
          >
            {inGroup.map((figure) => (
              <FigureCard key={figure.key} figure={figure} pending={isPending} total={data?.[figure.key]} />
            ))}
          </Box>
        </Box>
      ))}
    </Stack>
  );
}

function FigureCard({
  figure,
  total,
  pending,
}: {
  figure: Figure;
  total: Totals[string] | undefined;
  pending: boolean;
}) {
  const { tell, locale } = useSay();
  const count = total?.totalCount ?? 0;
  const shown = `${new Intl.NumberFormat(locale).format(count)}${total?.totalCountPrecision === 'AT_LEAST' ? '+' : ''}`;
  const search = new URLSearchParams({ filter: JSON.stringify(figure.filter) });
  return (
    <Card variant="outlined" sx={figure.urgent && count > 0 ? { borderColor: 'error.main' } : {}}>
      <CardActionArea component={Link} to={`/${figure.resource}?${search}`}>
        <CardContent>
          <Typography
            variant="h4"
            component="p"
            color={count === 0 ? 'textSecondary' : figure.urgent ? 'error' : 'primary'}
          >
            {pending ? <Skeleton width="2ch" /> : total ? shown : '—'}
          </Typography>
          <Typography variant="body2">{tell(figure.label)}</Typography>
        </CardContent>
      </CardActionArea>
    </Card>
  );
}
