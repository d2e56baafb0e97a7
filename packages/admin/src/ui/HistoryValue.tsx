import type { ResourceDescriptor } from '@desk/schema';
import { useGetMany } from 'react-admin';
import { useSay } from '../platform/i18n/index.ts';
import type { Field } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { References, Value } from './Value.tsx';

interface HistoryValueProps {
  field: Field | undefined;
  value: unknown;
  record: DeskRecord;
  owner: ResourceDescriptor;
}

/** A value of the past as the field shows it today. References are kept as ids and get their present name. */
export function HistoryValue({ field, value, record, owner }: HistoryValueProps) {
  const { t } = useSay();
  if (value === null || value === undefined || value === '') return <>{t('nothing')}</>;
  if (value === '***') return <>{t('masked')}</>;
  if (!field) return <>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</>;
  if (field.kind === 'reference' && field.reference)
    return <Named resource={field.reference} id={String(value)} />;
  return <Value field={field} owner={owner} record={{ ...record, [field.name]: value }} />;
}

const meta = { view: 'reference' };

function Named({ resource, id }: { resource: string; id: string }) {
  const { data } = useGetMany<DeskRecord>(resource, { ids: [id], meta });
  return <References resource={resource} values={[data?.[0] ?? id]} />;
}
