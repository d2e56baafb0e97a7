import type { ResourceDescriptor } from '@desk/schema';
import { LinearProgress, Link as MuiLink, type Theme, useMediaQuery } from '@mui/material';
import type { ReactNode } from 'react';
import { DataTable, useCreatePath, useListContext } from 'react-admin';
import { Link } from 'react-router-dom';
import { widthOf } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import { type Field, fieldsOf } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { hiddenFrom } from '../platform/viewer.ts';
import { EmptyList } from './EmptyList.tsx';
import { ListCards } from './ListCards.tsx';
import { represent } from './represent.ts';
import { Flag, isAlarm, Value } from './Value.tsx';

const numeric = new Set(['money', 'decimal', 'integer', 'float']);
const wordy = new Set(['text', 'multiline', 'object', 'reference']);

/** Longest text that stays on one line, in em. */
const oneLine = 10;

/** Roughly how wide a cell's text is, in em. */
function cellWidth(field: Field, record: DeskRecord | undefined): number {
  const value = record?.[field.name];
  return widthOf(
    typeof value === 'object' && !Array.isArray(value)
      ? represent(field.reference ?? '', value)
      : String(value ?? ''),
  );
}

/** Columns of a resource: what its descriptor lists, led by the field that names the record. */
export function columnsOf(owner: ResourceDescriptor): Field[] {
  const columns = fieldsOf(owner, hiddenFrom(owner)).filter(({ column }) => column);
  const named = columns.filter(({ name }) => name === owner.represent);
  return [...named, ...columns.filter(({ name }) => name !== owner.represent)];
}

interface RecordTableProps {
  owner: ResourceDescriptor;
  /** Columns that say the same on every row of this place. */
  without?: readonly string[];
  sortable?: boolean;
  /** The next step offered when there are no rows, instead of the list's own. */
  empty?: ReactNode;
}

/** The rows of the surrounding list context: a table, or cards on a phone. */
export function RecordTable({ owner, without = [], sortable = true, empty }: RecordTableProps) {
  const { tell } = useSay();
  const path = useCreatePath();
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('sm'));
  const columns = columnsOf(owner).filter(
    ({ name, reference }) => !without.includes(name) && !without.includes(reference ?? ''),
  );
  const alarms = columns.filter(isAlarm);
  const { data, isPending } = useListContext();
  const nothing = <EmptyList owner={owner}>{empty}</EmptyList>;
  if (narrow && isPending) return <LinearProgress />;
  if (narrow) return data?.length ? <ListCards owner={owner} columns={columns} /> : nothing;
  return (
    <DataTable
      bulkActionButtons={false}
      rowClick="show"
      empty={nothing}
      size="small"
      hover
      aria-label={tell(owner.plural)}
      sx={{
        '& .RaDataTable-tableWrapper': { overflowX: 'auto' },
        '& .MuiTableCell-root': { px: 1.25 },
        '& .RaDataTable-headerCell': { whiteSpace: 'nowrap' },
      }}
    >
      {columns
        .filter((field) => !isAlarm(field))
        .map((field, index) => (
          <DataTable.Col<DeskRecord>
            key={field.name}
            source={field.name}
            label={tell(field.label)}
            disableSort={!sortable || !field.sort}
            {...(numeric.has(field.kind) && { align: 'right' as const })}
            // Prose wraps, names that are long too; what is short stays on one line.
            cellSx={(record) => ({
              whiteSpace: wordy.has(field.kind) && cellWidth(field, record) > oneLine ? 'normal' : 'nowrap',
              minWidth: wordy.has(field.kind) ? `${Math.min(oneLine, cellWidth(field, record))}em` : 0,
              maxWidth: '28em',
              overflowWrap: 'anywhere',
            })}
            render={(record) =>
              index === 0 ? (
                // A real link in the first cell: rows alone cannot be reached with the keyboard.
                <>
                  <MuiLink
                    component={Link}
                    to={path({ resource: owner.name, type: 'show', id: record.id })}
                    onClick={(event) => event.stopPropagation()}
                  >
                    {represent(owner.name, record) || <Value field={field} record={record} owner={owner} />}
                  </MuiLink>{' '}
                  {alarms.map((alarm) => (
                    <Flag key={alarm.name} field={alarm} raised={record[alarm.name] === true} />
                  ))}
                </>
              ) : (
                <Value field={field} record={record} owner={owner} compact />
              )
            }
          />
        ))}
    </DataTable>
  );
}
