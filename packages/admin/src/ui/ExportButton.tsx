import { resourceNamed } from '@desk/schema';
import { useRef } from 'react';
import { useDataProvider, useListContext, useNotify } from 'react-admin';
import { useSay } from '../platform/i18n/index.ts';
import { runAction } from '../platform/mutations.ts';
import { withoutEmpty } from '../platform/query.ts';
import { may } from '../platform/viewer.ts';
import { ExportDialog } from './ExportDialog.tsx';
import { represent, useOwner } from './represent.ts';

/** Writes every page of the filtered list to a CSV file, after it was recorded why (handbook S-7). */
export function ExportButton() {
  const { t, tell } = useSay();
  const owner = useOwner();
  const records = resourceNamed('exportRecords');
  const provider = useDataProvider();
  const notify = useNotify();
  const { filterValues, sort, total = 0 } = useListContext();
  // A second try after a lost connection is the same export, not another one.
  const recorded = useRef('');
  if (!records || !may(records, 'register')) return null;
  const record = async (reason: string) => {
    const filter = withoutEmpty(filterValues ?? {});
    const community = (filter.community as { eq?: string } | undefined)?.eq;
    const input = {
      ...{ resource: owner.name, rows: total, reason },
      ...(community && { community }),
      ...(Object.keys(filter).length > 0 && { filter: JSON.stringify(filter) }),
    };
    if (recorded.current === JSON.stringify(input)) return;
    await runAction(records, 'exportRecordRegister', input);
    recorded.current = JSON.stringify(input);
  };
  const run = async (reason: string) => {
    await record(reason);
    const { exportCsv, download } = await import('../platform/exporter.ts');
    const page = async (number: number, perPage: number) => {
      const found = await provider.getList(owner.name, {
        pagination: { page: number, perPage },
        sort,
        filter: filterValues,
      });
      return { data: found.data, more: Boolean(found.pageInfo?.hasNextPage) };
    };
    const { csv, count, cut } = await exportCsv({ owner, page, represent });
    download(`${tell(owner.plural)}.csv`, csv);
    recorded.current = '';
    if (cut) notify(t('exportCut', { count }), { type: 'warning' });
  };
  return <ExportDialog label={t('export')} disabled={total === 0} run={run} />;
}
