import type { ResourceDescriptor } from '@desk/schema';
import { Box, Card, CardContent, Link as MuiLink, Stack, Typography } from '@mui/material';
import { useCreatePath, useListContext } from 'react-admin';
import { Link } from 'react-router-dom';
import { useSay } from '../platform/i18n/index.ts';
import type { Field } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { isEmpty } from './Details.tsx';
import { represent } from './represent.ts';
import { StatusChip } from './StatusChip.tsx';
import { Flag, Value } from './Value.tsx';

/** Lines of a card: as much as fits a phone without scrolling past every record. */
const linesPerCard = 5;
/** What somebody on the phone looks for first comes first when there are more lines than fit. */
const weight = ({ kind }: Field) => (kind === 'money' ? 0 : kind === 'date' ? 2 : 1);

/** The list as cards, for narrow screens: name, state and raised flags, then what is filled in. */
export function ListCards({ owner, columns }: { owner: ResourceDescriptor; columns: Field[] }) {
  const { data = [] } = useListContext<DeskRecord>();
  const shown = columns.filter(({ name }) => name !== owner.represent && name !== 'status');
  return (
    <Stack component="ul" sx={{ gap: 1, p: 1, m: 0, listStyle: 'none' }}>
      {data.map((record) => (
        <RecordCard key={record.id} owner={owner} record={record} columns={shown} />
      ))}
    </Stack>
  );
}

interface RecordCardProps {
  owner: ResourceDescriptor;
  record: DeskRecord;
  columns: Field[];
}

function RecordCard({ owner, record, columns }: RecordCardProps) {
  const { tell } = useSay();
  const path = useCreatePath();
  const flags = columns.filter(({ kind }) => kind === 'boolean');
  const lines = columns
    .filter((field) => field.kind !== 'boolean' && !isEmpty(record[field.name]))
    .sort((one, other) => weight(one) - weight(other))
    .slice(0, linesPerCard);
  return (
    <Card component="li" variant="outlined">
      <CardContent sx={{ p: 1.5, '&:last-child': { pb: 1.5 } }}>
        <Stack direction="row" sx={{ alignItems: 'flex-start', flexWrap: 'wrap', gap: 0.5, mb: 0.5 }}>
          <MuiLink
            component={Link}
            to={path({ resource: owner.name, type: 'show', id: record.id })}
            sx={{ fontWeight: 600, overflowWrap: 'anywhere', flex: 1 }}
          >
            {represent(owner.name, record)}
          </MuiLink>
          {flags.map((field) => (
            <Flag key={field.name} field={field} raised={record[field.name] === true} />
          ))}
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
  );
}
