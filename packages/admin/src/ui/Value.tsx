import { type ResourceDescriptor, resourceNamed } from '@desk/schema';
import { Chip, Link as MuiLink } from '@mui/material';
import { useCreatePath } from 'react-admin';
import { Link } from 'react-router-dom';
import { formatDateTime, formatDecimal, formatMoney, timeOfDay } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import type { Field } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { communityOf, may } from '../platform/viewer.ts';
import { Files, type ShownFile } from './Files.tsx';
import { represent } from './represent.ts';
import { SignatureImage } from './SignatureImage.tsx';
import { StatusChip } from './StatusChip.tsx';

interface ValueProps {
  field: Field;
  record: DeskRecord;
  owner: ResourceDescriptor;
  /** In lists a flag shows only where it is raised, so that it is seen. */
  compact?: boolean;
}

/** Shows one field of a record as a human reads it; a dash when it is empty. */
export function Value({ field, record, owner, compact = false }: ValueProps) {
  const value = record[field.name];
  if (field.minute) return <span>{timeOfDay(value, record[field.minute])}</span>;
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return <span aria-hidden>—</span>;
  if (field.name === 'status' && owner.lifecycle)
    return <StatusChip lifecycle={owner.lifecycle} state={String(value)} />;
  if (field.kind === 'boolean' && compact) return <Flag field={field} raised={value === true} />;
  if (field.kind === 'reference')
    return <References resource={field.reference ?? ''} values={[value].flat()} />;
  if (field.kind === 'files') return <Files files={[value].flat() as ShownFile[]} />;
  if (field.kind === 'signature') return <SignatureImage path={String(value)} label={field.label} />;
  return <Plain field={field} value={value} record={record} />;
}

/** Flags that call for somebody at once; they ride on the record's name instead of a column of their own. */
export const isAlarm = ({ name, kind }: Field) => kind === 'boolean' && alarms.has(name);
const alarms = new Set(['urgent', 'overdue', 'expired', 'specialCare']);

/** A raised flag, in words. */
export function Flag({ field, raised }: { field: Field; raised: boolean }) {
  const { tell } = useSay();
  if (!raised) return null;
  const tone = isAlarm(field) ? { color: 'error' as const } : { variant: 'outlined' as const };
  return <Chip size="small" {...tone} label={tell(field.label)} />;
}

/** Values that are text: by kind, and value objects part by part. */
function Plain({ field, value, record }: { field: Field; value: unknown; record: DeskRecord }) {
  const { locale, t, tell } = useSay();
  const { timeZone, currency } = communityOf(record);
  const several = locale === 'en' ? ', ' : '、';
  const spell = (of: Field, item: unknown): string => {
    const { kind, values, parts, reference } = of;
    if (item === null || item === undefined || item === '') return '';
    if (Array.isArray(item)) return item.map((one) => spell(of, one)).join(several);
    const text = String(item);
    // A code may have more behind it: `STEWARD 阳光花园`.
    const [code = '', ...more] = values ? text.split(' ') : [];
    const label = values?.[code];
    if (label) return [tell(label), ...more].join(' ');
    // A list is called by what it lists.
    const listed = of.name === 'resource' ? resourceNamed(text) : undefined;
    if (listed) return tell(listed.plural);
    if (kind === 'money') return formatMoney(text, String(record.currency ?? currency), locale);
    if (kind === 'decimal') return formatDecimal(text);
    if (kind === 'datetime') return formatDateTime(text, timeZone);
    if (kind === 'boolean') return t(item === true || item === 'true' ? 'yes' : 'no');
    if (kind === 'reference') return represent(reference ?? '', item);
    if (!parts || typeof item !== 'object') return typeof item === 'object' ? JSON.stringify(item) : text;
    return parts
      .map((part) => spell(part, (item as Record<string, unknown>)[part.name]))
      .filter(Boolean)
      .join(' · ');
  };
  const shown = spell(field, value);
  if (field.kind === 'datetime') return <time dateTime={String(value)}>{shown}</time>;
  return <span style={field.kind === 'multiline' ? { whiteSpace: 'pre-wrap' } : undefined}>{shown}</span>;
}

/** Links to records; plain text where the viewer may not open them. */
export function References({ resource, values }: { resource: string; values: unknown[] }) {
  const path = useCreatePath();
  const target = resourceNamed(resource);
  const open = target !== undefined && may(target, 'read');
  return values.map((value, index) => {
    const id = (value as { id?: string } | null)?.id;
    const name = represent(resource, value);
    return (
      <span key={id ?? name}>
        {index > 0 && '、'}
        {open && id ? (
          <MuiLink
            component={Link}
            to={path({ resource, type: 'show', id })}
            onClick={(event) => event.stopPropagation()}
          >
            {name}
          </MuiLink>
        ) : (
          name
        )}
      </span>
    );
  });
}
