import { type ResourceDescriptor, resourceNamed } from '@desk/schema';
import { Box, Card, Tab, Tabs } from '@mui/material';
import { useState } from 'react';
import { ReferenceManyField, ResourceContextProvider } from 'react-admin';
import { useSay } from '../platform/i18n/index.ts';
import { has } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { accepts } from '../platform/query.ts';
import { may } from '../platform/viewer.ts';
import { Pager } from './Pager.tsx';
import { RecordTable } from './RecordTable.tsx';
import { ListError } from './ResourceList.tsx';

const listQuery = { meta: { view: 'list' } };

/** The connections of a record that the viewer may read, as tabs: for a unit, its whole file (handbook U-3). */
export function Related({ owner, record }: { owner: ResourceDescriptor; record: DeskRecord }) {
  const { tell, t } = useSay();
  const [chosen, setChosen] = useState(0);
  const parts = Object.entries(owner.related ?? {}).flatMap(([field, name]) => {
    const target = resourceNamed(name);
    return target && has(owner.type, field) && may(target, 'read') ? [{ field, target }] : [];
  });
  const part = parts[chosen] ?? parts[0];
  if (!part) return null;
  const { field, target } = part;
  const sortable = accepts(target, { resource: owner, id: record.id, field }, 'orderBy');
  return (
    <Card variant="outlined">
      <Tabs
        value={parts.indexOf(part)}
        onChange={(_, index: number) => setChosen(index)}
        variant="scrollable"
        allowScrollButtonsMobile
        aria-label={t('details')}
      >
        {parts.map(({ field: name, target: { plural } }) => (
          <Tab key={name} label={tell(plural)} id={`tab-${name}`} aria-controls={`panel-${name}`} />
        ))}
      </Tabs>
      <Box role="tabpanel" id={`panel-${field}`} aria-labelledby={`tab-${field}`} key={field}>
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
            <RecordTable owner={target} without={[owner.name]} sortable={sortable} />
          </ResourceContextProvider>
        </ReferenceManyField>
      </Box>
    </Card>
  );
}
