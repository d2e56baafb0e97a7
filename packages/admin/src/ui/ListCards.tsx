import type { ResourceDescriptor } from '@desk/schema';
import { Box, Card, CardContent, Link as MuiLink, Stack, Typography } from '@mui/material';
import { useCreatePath, useListContext } from 'react-admin';
import { Link } from 'react-router-dom';
import { useSay } from '../platform/i18n/index.ts';
import type { Field } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { represent } from './represent.ts';
import { StatusChip } from './StatusChip.tsx';
import { Value } from './Value.tsx';

/** Lines of a card: as much as fits a phone without scrolling past every record. */
const linesPerCard = 4;

/** The list as cards, for narrow screens: name and status first, then the leading columns. */
export function ListCards({ owner, columns }: { owner: ResourceDescriptor; columns: Field[] }) {
  const { data = [] } = useListContext<DeskRecord>();
  const { tell } = useSay();
  const path = useCreatePath();
  const lines = columns
    .filter(({ name }) => name !== owner.represent && name !== 'status')
    .slice(0, linesPerCard);
  return (
    <Stack component="ul" sx={{ gap: 1, p: 1, m: 0, listStyle: 'none' }}>
      {data.map((record) => (
        <Card component="li" key={record.id} variant="outlined">
          <CardContent sx={{ p: 1.5, '&:last-child': { pb: 1.5 } }}>
            <Stack direction="row" sx={{ justifyContent: 'space-between', gap: 1, mb: 0.5 }}>
              <MuiLink
                component={Link}
                to={path({ resource: owner.name, type: 'show', id: record.id })}
                sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}
              >
                {represent(owner.name, record)}
              </MuiLink>
              {owner.lifecycle && record.status !== undefined && (
                <StatusChip lifecycle={owner.lifecycle} state={String(record.status)} />
              )}
            </Stack>
            {lines.map((field) => (
              <Box key={field.name} sx={{ display: 'flex', gap: 1 }}>
                <Typography variant="body2" color="textSecondary" sx={{ flexShrink: 0 }}>
                  {tell(field.label)}
                </Typography>
                <Typography variant="body2" component="div" sx={{ overflowWrap: 'anywhere' }}>
                  <Value field={field} record={record} owner={owner} />
                </Typography>
              </Box>
            ))}
          </CardContent>
        </Card>
      ))}
    </Stack>
  );
}
