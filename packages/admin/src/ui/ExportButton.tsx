import DownloadIcon from '@mui/icons-material/Download';
import { useState } from 'react';
import { Button, useDataProvider, useListContext, useNotify } from 'react-admin';
import { useSay } from '../platform/i18n/index.ts';
import { represent, useOwner } from './represent.ts';

/** Writes every page of the filtered list to a CSV file. */
export function ExportButton() {
  const { t, tell } = useSay();
  const owner = useOwner();
  const provider = useDataProvider();
  const notify = useNotify();
  const [busy, setBusy] = useState(false);
  const { filterValues, sort, total } = useListContext();
  const run = async () => {
    setBusy(true);
    try {
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
      if (cut) notify(t('exportCut', { count }), { type: 'warning' });
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), { type: 'error' });
    }
    setBusy(false);
  };
  return (
    <Button label={t(busy ? 'exporting' : 'export')} disabled={busy || total === 0} onClick={run}>
      <DownloadIcon />
    </Button>
  );
}
