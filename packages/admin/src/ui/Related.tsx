import { type ResourceDescriptor, resourceNamed } from '@desk/schema';
import AddIcon from '@mui/icons-material/Add';
import { Box, Button, Card, Tab, Tabs } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { RecordContextProvider, ReferenceManyField, ResourceContextProvider } from 'react-admin';
import { Link } from 'react-router-dom';
import { request } from '../platform/client.ts';
import { useSay } from '../platform/i18n/index.ts';
import { connectionLabels } from '../platform/labels.ts';
import { has, inputsOf } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { accepts } from '../platform/query.ts';
import { may } from '../platform/viewer.ts';
import { Pager } from './Pager.tsx';
import { RecordTable } from './RecordTable.tsx';
import { ListError } from './ResourceList.tsx';

const listQuery = { meta: { view: 'list' } };
/** Places that hold the record hold what hangs on it too: no column needs to repeat them. */
const places = ['communities', 'buildings'];

interface Part {
  field: string;
  target: ResourceDescriptor;
}

/** How many records hang in each connection: tells which tab is worth opening. */
function useCounts(owner: ResourceDescriptor, record: DeskRecord, parts: readonly Part[]) {
  const counted = parts.map(({ field }) => `${field}(first: 1) { totalCount }`).join(' ');
  const { data } = useQuery({
    queryKey: ['totals', owner.name, record.id, counted],
    enabled: parts.length > 0,
    queryFn: ({ signal }) =>
      request<{ record: Record<string, { totalCount: number }> | null }>(
        `query ${owner.resource}Counts($id: ID!) { record: ${owner.resource}(id: $id) { ${counted} } }`,
        { id: record.id },
        { signal },
      ),
  });
  return (field: string) => data?.record?.[field]?.totalCount;
}

interface RelatedProps {
  owner: ResourceDescriptor;
  record: DeskRecord;
  /** Connections that the page shows in a way of its own. */
  without?: readonly string[];
}

/** The connections of a record that the viewer may read, as tabs: for a unit, its whole file (handbook U-3). */
export function Related({ owner, record, without = [] }: RelatedProps) {
  const { tell, t } = useSay();
  const [chosen, setChosen] = useState(0);
  const parts = Object.entries(owner.related ?? {}).flatMap(([field, name]): Part[] => {
    const target = resourceNamed(name);
    const listed = target && !without.includes(field) && has(owner.type, field) && may(target, 'read');
    return listed ? [{ field, target }] : [];
  });
  const count = useCounts(owner, record, parts);
  const part = parts[chosen] ?? parts[0];
  if (!part) return null;
  const { field, target } = part;
  const sortable = accepts(target, { resource: owner, id: record.id, field }, 'orderBy');
  return (
    // A grid cell may be narrower than its tabs, which then scroll.
    <Card variant="outlined" sx={{ minWidth: 0, maxWidth: '100%' }}>
      <Tabs
        value={parts.indexOf(part)}
        onChange={(_, index: number) => setChosen(index)}
        variant="scrollable"
        allowScrollButtonsMobile
        aria-label={t('details')}
      >
        {parts.map(({ field: name, target: { plural } }) => (
          <Tab
            key={name}
            label={`${tell(connectionLabels[name] ?? plural)}${count(name) ? ` ${count(name)}` : ''}`}
            id={`tab-${name}`}
            aria-controls={`panel-${name}`}
          />
        ))}
      </Tabs>
      <Box role="tabpanel" id={`panel-${field}`} aria-labelledby={`tab-${field}`} key={field}>
        {Boolean(count(field)) && <CreateRelated owner={owner} record={record} target={target} />}
        <RecordContextProvider value={record}>
          <ReferenceManyField
            reference={target.name}
            target={`${owner.name}.${field}`}
            sort={{ field: target.defaultSort.field, order: target.defaultSort.direction }}
            perPage={10}
            queryOptions={listQuery}
            error={<ListError />}
            pagination={<Pager />}
          >
            <ResourceContextProvider value={target.name}>
              <RecordTable
                owner={target}
                without={[owner.name, ...places]}
                sortable={sortable}
                empty={<CreateRelated owner={owner} record={record} target={target} />}
              />
            </ResourceContextProvider>
          </ReferenceManyField>
        </RecordContextProvider>
      </Box>
    </Card>
  );
}

/** Where a new record of the target takes this one, its form opens with it filled in. */
function CreateRelated({
  owner,
  record,
  target,
}: {
  owner: ResourceDescriptor;
  record: DeskRecord;
  target: ResourceDescriptor;
}) {
  const { tell, t } = useSay();
  const input = inputsOf(target, target.create).find(
    ({ reference, many }) => reference === owner.name && !many,
  );
  if (!input || !may(target, 'create')) return null;
  const source = new URLSearchParams({ source: JSON.stringify({ [input.name]: record.id }) });
  return (
    <Box sx={{ p: 1, textAlign: 'right' }}>
      <Button size="small" startIcon={<AddIcon />} component={Link} to={`/${target.name}/create?${source}`}>
        {t('createFirst', { name: tell(target.label) })}
      </Button>
    </Box>
  );
}
