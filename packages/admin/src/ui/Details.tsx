import type { ResourceDescriptor } from '@desk/schema';
import { Box, Card, CardContent, Typography } from '@mui/material';
import { useSay } from '../platform/i18n/index.ts';
import { sharedLabels } from '../platform/labels.ts';
import { type Field, fieldsOf, has } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { hiddenFrom } from '../platform/viewer.ts';
import { Value } from './Value.tsx';

/** Fields by the descriptor's groups, in its order; the record's name and status stand at the head of the page instead. */
export function groupsOf(owner: ResourceDescriptor): { name: string; fields: Field[] }[] {
  const heading = new Set([owner.represent, ...(owner.lifecycle ? ['status'] : [])]);
  const fields = fieldsOf(owner, hiddenFrom(owner)).filter(({ name }) => !heading.has(name));
  const names = [
    ...new Set([...Object.keys(owner.groups ?? { main: owner.label }), ...fields.map(({ group }) => group)]),
  ];
  return names
    .map((name) => ({ name, fields: fields.filter(({ group }) => group === name) }))
    .filter((group) => group.fields.length > 0);
}

const stamps = (owner: ResourceDescriptor): Field[] =>
  (['createdAt', 'updatedAt'] as const)
    .filter((name) => has(owner.type, name))
    .map((name) => ({
      name,
      kind: 'datetime',
      label: sharedLabels[name],
      group: 'main',
      many: false,
      required: false,
      sort: false,
      column: false,
      type: 'DateTime',
    }));

/** What is known of a record: label and value, group by group. */
export function Details({ owner, record }: { owner: ResourceDescriptor; record: DeskRecord }) {
  const { tell } = useSay();
  const groups = groupsOf(owner);
  return groups.map(({ name, fields }, index) => (
    <Card key={name} variant="outlined">
      <CardContent>
        <Typography variant="h6" component="h2" gutterBottom>
          {tell(owner.groups?.[name] ?? owner.label)}
        </Typography>
        <Box
          component="dl"
          sx={{
            m: 0,
            display: 'grid',
            gap: 1.5,
            gridTemplateColumns: {
              xs: '1fr',
              sm: 'repeat(2, minmax(0, 1fr))',
              xl: 'repeat(3, minmax(0, 1fr))',
            },
          }}
        >
          {[...fields, ...(index === groups.length - 1 ? stamps(owner) : [])].map((field) => (
            <Box key={field.name} sx={field.kind === 'multiline' ? { gridColumn: '1 / -1' } : {}}>
              <Typography component="dt" variant="body2" color="textSecondary">
                {tell(field.label)}
              </Typography>
              <Typography component="dd" sx={{ m: 0, overflowWrap: 'anywhere' }}>
                <Value field={field} record={record} owner={owner} />
              </Typography>
            </Box>
          ))}
        </Box>
      </CardContent>
    </Card>
  ));
}
