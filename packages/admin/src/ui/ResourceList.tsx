import type { ReactNode } from 'react';
import { CreateButton, FilterButton, List, TopToolbar, useListContext } from 'react-admin';
import { useSay } from '../platform/i18n/index.ts';
import { may } from '../platform/viewer.ts';
import { ExportButton } from './ExportButton.tsx';
import { Failure } from './Failure.tsx';
import { useFilters } from './filters.tsx';
import { Pager } from './Pager.tsx';
import { PageTitle } from './PageTitle.tsx';
import { RecordTable } from './RecordTable.tsx';
import { useOwner } from './represent.ts';

/** An error is shown in place of the rows; a notice besides would say it twice. */
const listQuery = { meta: { view: 'list' }, onError: () => undefined };

/**
 * The list of any resource, drawn from its descriptor and the SDL: filters, sortable columns, pages, export. `children`
 * draw the rows of the list context instead of the table.
 */
export default function ResourceList({ tools, children }: { tools?: ReactNode; children?: ReactNode }) {
  const owner = useOwner();
  const { tell } = useSay();
  const filters = useFilters(owner);
  return (
    <List
      title={false}
      perPage={25}
      sort={{ field: owner.defaultSort.field, order: owner.defaultSort.direction }}
      filters={filters}
      queryOptions={listQuery}
      actions={
        <TopToolbar>
          {tools}
          {filters.length > 2 && <FilterButton disableSaveQuery size="small" />}
          {owner.create && may(owner, 'create') && <CreateButton />}
          <ExportButton />
        </TopToolbar>
      }
      pagination={<Pager />}
      empty={false}
      error={<ListError />}
    >
      <PageTitle title={tell(owner.plural)} />
      {children ?? <RecordTable owner={owner} />}
    </List>
  );
}

/** A failed read is said in words with a way out, instead of an empty table. */
export function ListError() {
  const { error, refetch } = useListContext();
  return <Failure error={error} retry={refetch} />;
}
