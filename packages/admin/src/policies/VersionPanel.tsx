import { policyNumberNames } from '@desk/schema/policies/numbers';
import { Alert, Box, Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { request } from '../platform/client.ts';
import { serverNow } from '../platform/clock.ts';
import { useSay } from '../platform/i18n/index.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { may } from '../platform/viewer.ts';
import type { ShowPanel } from '../ui/ResourceShow.tsx';
import { policyTexts } from './texts.ts';

const document = `query laterVersions($community: ID!, $after: DateTime!, $now: DateTime!) {
  policies(first: 1, filter: { community: { eq: $community }, effectiveFrom: { gt: $after, lte: $now } }) { totalCount } }`;

/** What has begun stays as it is (handbook P-1). */
export const isPlanned = ({ effectiveFrom }: DeskRecord): boolean =>
  Date.parse(String(effectiveFrom)) > serverNow();

/** Where a version stands, and the way to the next one: it begins with the numbers of this (handbook P-1). */
export const VersionPanel: ShowPanel = ({ owner, record }) => {
  const { tell } = useSay();
  const community = (record.community as { id: string } | null)?.id ?? '';
  const effectiveFrom = String(record.effectiveFrom);
  const planned = isPlanned(record);
  const { data } = useQuery({
    queryKey: ['totals', 'laterVersions', record.id],
    enabled: !planned,
    queryFn: ({ signal }) =>
      request<{ policies: { totalCount: number } }>(
        document,
        { community, after: effectiveFrom, now: new Date(serverNow()).toISOString() },
        { signal },
      ),
  });
  const standing = () => {
    if (planned) return policyTexts.planned;
    return (data?.policies.totalCount ?? 0) > 0 ? policyTexts.past : policyTexts.inForce;
  };
  const calendar = (record.calendar as { id: string } | null)?.id;
  const numbers = Object.fromEntries(policyNumberNames.map((name) => [name, record[name]]));
  const source = new URLSearchParams({ source: JSON.stringify({ community, calendar, ...numbers }) });
  return (
    <Alert severity={planned ? 'warning' : 'info'}>
      <strong>{tell(standing())}</strong> {tell(policyTexts.keeps)}
      {may(owner, 'create') && (
        <Box sx={{ mt: 1 }}>
          <Button size="small" variant="outlined" component={Link} to={`/policies/create?${source}`}>
            {tell(policyTexts.newVersion)}
          </Button>
        </Box>
      )}
    </Alert>
  );
};
