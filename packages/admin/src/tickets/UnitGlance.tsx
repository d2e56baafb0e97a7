import { resourceNamed } from '@desk/schema';
import { Card, CardContent, Chip, Link as MuiLink, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { request } from '../platform/client.ts';
import { formatDateTime, formatMoney } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { has } from '../platform/model.ts';
import { communityOf } from '../platform/viewer.ts';
import { StatusChip } from '../ui/StatusChip.tsx';
import { ticketTexts } from './texts.ts';

interface Glance {
  unit: {
    id: string;
    fullName: string;
    status: string;
    arrears?: number;
    underRenovation: boolean;
    community: { id: string };
    tickets: {
      totalCount: number;
      nodes: { id: string; number: string; title: string; status: string; receivedAt: string }[];
    };
  } | null;
}

const document = () =>
  `query glance($id: ID!, $ended: [TicketStatus!]) { unit(id: $id) { id fullName status underRenovation community { id } ${has('Unit', 'arrears') ? 'arrears' : ''}
    tickets(first: 5, filter: { status: { notIn: $ended } }) { totalCount nodes { id number title status receivedAt } } } }`;

/** What the clerk should know before promising anything: state, arrears, what is open already (handbook U-6). */
export function UnitGlance({ unit }: { unit: string }) {
  const { tell, locale } = useSay();
  const owner = resourceNamed('units');
  const tickets = resourceNamed('tickets');
  const { data } = useQuery({
    queryKey: ['totals', 'glance', unit],
    queryFn: ({ signal }) =>
      request<Glance>(document(), { id: unit, ended: tickets?.lifecycle?.final }, { signal }),
  });
  const found = data?.unit;
  if (!found || !tickets?.lifecycle) return null;
  const { timeZone, currency } = communityOf(found);
  const { arrears } = found;
  const lifecycle = tickets.lifecycle;
  return (
    <Card variant="outlined" component="section" aria-label={found.fullName}>
      <CardContent sx={{ display: 'grid', gap: 1 }}>
        <Stack direction="row" sx={{ gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          <MuiLink component={Link} to={`/units/${found.id}/show`} variant="h6">
            {found.fullName}
          </MuiLink>
          {owner?.lifecycle && <StatusChip lifecycle={owner.lifecycle} state={found.status} />}
          {arrears !== undefined && (
            <Chip
              size="small"
              variant={arrears > 0 ? 'filled' : 'outlined'}
              color={arrears > 0 ? 'error' : 'default'}
              label={
                arrears > 0
                  ? tell(ticketTexts.arrears, { amount: formatMoney(arrears, currency, locale) })
                  : tell(ticketTexts.noArrears)
              }
            />
          )}
          {found.underRenovation && owner?.fields.underRenovation && (
            <Chip size="small" color="warning" label={tell(owner.fields.underRenovation.label)} />
          )}
        </Stack>
        <Typography variant="body2" color="textSecondary">
          {found.tickets.totalCount > 0
            ? tell(ticketTexts.open, { count: found.tickets.totalCount })
            : tell(ticketTexts.noOpen)}
        </Typography>
        {found.tickets.nodes.map(({ id, number, title, status, receivedAt }) => (
          <Stack key={id} direction="row" sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
            <MuiLink component={Link} to={`/tickets/${id}/show`} variant="body2">
              {number}
            </MuiLink>
            <Typography variant="body2" sx={{ flex: 1, minWidth: '8em' }}>
              {title}
            </Typography>
            <Typography variant="body2" color="textSecondary">
              {formatDateTime(receivedAt, timeZone)}
            </Typography>
            <StatusChip lifecycle={lifecycle} state={status} />
          </Stack>
        ))}
      </CardContent>
    </Card>
  );
}
