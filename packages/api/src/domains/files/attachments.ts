import { filesPerTicket } from '@desk/schema/files/limits';
import type { Run } from '../../platform/db/database.ts';
import { refuse } from '../../platform/errors.ts';
import { decodeId, encodeId } from '../../platform/ids.ts';
import { type Aggregate, type ModelClass, modelOf } from '../../platform/model.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { File } from './file.type.ts';

/** What files are attached to: a record, and the one that they are counted and shown together under. */
export interface Subject {
  record: Aggregate;
  /** Locked by the caller, so that two comments cannot both take the last place. */
  group: Aggregate;
}

/**
 * Attaches files that the viewer has uploaded and not used yet; a foreign, used or missing one is NOT_FOUND. From now on
 * whoever may read the record may read them.
 */
export async function attachFiles(
  tx: Tx,
  given: readonly string[],
  { record, group }: Subject,
): Promise<void> {
  const ids = [...new Set(given)].map(
    (id) => decodeId('file', id) ?? refuse('NOT_FOUND', { field: ['attachments'] }),
  );
  if (ids.length === 0) return;
  const run = (text: string, values: unknown[]) => runInside(tx.em, text, values);
  const [[held] = []] = await run('select count(*)::int from file where group_id = $1', [group.id]);
  if (Number(held) + ids.length > filesPerTicket)
    refuse('TOO_MANY_FILES', { field: ['attachments'], values: { limit: filesPerTicket } });
  const { descriptor } = modelOf(record.constructor as ModelClass);
  const taken = await run(
    `update file set subject_type = $3, subject_id = $4, group_id = $5, attached_at = $6
     where id = any($1::uuid[]) and uploaded_by = $2 and subject_id is null returning id`,
    [ids, tx.viewer.actor.id, descriptor.resource, record.id, group.id, tx.now],
  );
  if (taken.length < ids.length) refuse('NOT_FOUND', { field: ['attachments'] });
}

/** The files of many records, in the order of their attachment. */
export async function filesOf(run: Run, subjects: readonly string[]): Promise<File[][]> {
  const rows = await run(
    `select subject_id, id, name, type, size, width, height, uploaded_by_name,
       to_char(uploaded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from file
     where subject_id = any($1::uuid[]) order by attached_at, id`,
    [subjects],
  );
  const found = new Map<string, File[]>(subjects.map((id) => [id, []]));
  for (const [subject, ...columns] of rows) found.get(String(subject))?.push(fileOf(columns));
  return [...found.values()];
}

function fileOf([uuid, name, type, size, width, height, by, at]: unknown[]): File {
  const id = encodeId('file', String(uuid));
  return {
    id,
    name: String(name),
    type: String(type),
    size: Number(size),
    width: width as number | null,
    height: height as number | null,
    url: `/files/${id}`,
    thumbnail: width === null ? null : `/files/${id}/thumbnail`,
    uploadedBy: String(by),
    uploadedAt: String(at),
  };
}
