import type { ResourceDescriptor } from '@desk/schema';
import { Box, Card, CardContent, Typography } from '@mui/material';
import { useSay } from '../platform/i18n/index.ts';
import { sharedLabels } from '../platform/labels.ts';
import { type Field, fieldsOf, has, withTimes } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { hiddenFrom } from '../platform/viewer.ts';
import { Value } from './Value.tsx';

/** Fields by the descriptor's groups, in its order; the record's name and status stand at the head of the page instead. */
export function groupsOf(
  owner: ResourceDescriptor,
  without: readonly string[] = [],
): { name: string; fields: Field[] }[] {
  const heading = new Set([...without, owner.represent, ...(owner.lifecycle ? ['status'] : [])]);
  const fields = withTimes(owner, fieldsOf(owner, hiddenFrom(owner))).filter(
    ({ name }) => !heading.has(name),
  );
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

export const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

interface DetailsProps {
  owner: ResourceDescriptor;
  record: DeskRecord;
  /** Fields that the page shows elsewhere. */
  without?: readonly string[];
}

/** What is known of a record: label and value, group by group. What is not filled in takes one quiet line. */
export function Details({ owner, record, without = [] }: DetailsProps) {
  const { tell } = useSay();
  const groups = groupsOf(owner, without);
  const empty = groups.flatMap(({ fields }) => fields.filter(({ name }) => isEmpty(record[name])));
  const filled = groups
    .map(({ name, fields }) => ({ name, fields: fields.filter((field) => !empty.includes(field)) }))
    .filter(({ fields }) => fields.length > 0);
  return (
    <Card variant="outlined">
      <CardContent sx={{ display: 'grid', gap: 2.5 }}>
        {filled.map(({ name, fields }, index) => (
          <Box key={name} component="section" aria-labelledby={`group-${name}`}>
            <Typography id={`group-${name}`} variant="h6" component="h2" gutterBottom>
              {tell(owner.groups?.[name] ?? owner.label)}
            </Typography>
            <Lines
              owner={owner}
              record={record}
              fields={[...fields, ...(index === filled.length - 1 ? stamps(owner) : [])]}
            />
          </Box>
        ))}
        {empty.length > 0 && <NotFilled names={empty.map(({ label }) => tell(label))} />}
      </CardContent>
    </Card>
  );
}

/** Names that still read as one line. */
const oneLine = 8;

/** What is not filled in: named where it is little, else folded up. */
function NotFilled({ names }: { names: readonly string[] }) {
  const { t, locale } = useSay();
  const list = names.join(locale === 'en' ? ', ' : '、');
  const quiet = { variant: 'body2', color: 'textSecondary' } as const;
  if (names.length <= oneLine) return <Typography {...quiet}>{t('notFilled', { fields: list })}</Typography>;
  return (
    <Typography {...quiet} component="details">
      <summary style={{ cursor: 'pointer' }}>{t('notFilledCount', { count: names.length })}</summary>
      {list}
    </Typography>
  );
}

/** Letters that a column still shows in a few lines. */
const columnHolds = 60;

/** Takes the whole line: prose, lists, and names that are as long as prose. */
const isWide = (field: Field, record: DeskRecord) =>
  field.kind === 'multiline' || field.many || String(record[field.name]).length > columnHolds;

function Lines({
  owner,
  record,
  fields,
}: {
  owner: ResourceDescriptor;
  record: DeskRecord;
  fields: Field[];
}) {
  const { tell } = useSay();
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        columnGap: 2,
        rowGap: 1.25,
        // Two columns in a narrow pane, four on a wide page, whatever the window.
        gridTemplateColumns: 'repeat(auto-fill, minmax(max(130px, 22%), 1fr))',
      }}
    >
      {fields.map((field) => (
        <Box key={field.name} sx={isWide(field, record) ? { gridColumn: '1 / -1' } : {}}>
          <Typography component="dt" variant="body2" color="textSecondary">
            {tell(field.label)}
          </Typography>
          <Typography component="dd" sx={{ m: 0, overflowWrap: 'anywhere' }}>
            <Value field={field} record={record} owner={owner} />
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
