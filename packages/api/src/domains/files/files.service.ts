import { createHash } from 'node:crypto';
import { type FileType, filesWaiting } from '@desk/schema/files/limits';
import type { Run } from '../../platform/db/database.ts';
import { refuse } from '../../platform/errors.ts';
import { readPicture } from '../../platform/files/picture.ts';
import { sniff } from '../../platform/files/sniff.ts';
import type { FileStore } from '../../platform/files/store.ts';
import { decodeId, encodeId, newUuid } from '../../platform/ids.ts';
import { allModels } from '../../platform/model.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';

/** What is known of a file before its row is written. */
export interface Content {
  type: FileType;
  bytes: Uint8Array;
  picture: { width: number; height: number; thumbnail: Uint8Array } | null;
}

const documents: readonly FileType[] = ['application/pdf'];
const thumbnailOf = (hash: string): string => `${hash}.thumbnail`;

/** Looks at the bytes alone, and writes pictures anew; refuses what is neither photo nor document. */
export async function examine(bytes: Uint8Array): Promise<Content> {
  const type = (await sniff(bytes)) ?? refuse('FILE_REFUSED', { field: ['file'] });
  if (documents.includes(type)) return { type, bytes, picture: null };
  const picture = (await readPicture(bytes, type)) ?? refuse('FILE_UNREADABLE', { field: ['file'] });
  return { type, bytes: picture.bytes, picture };
}

/** Everybody but a screen in the hall may send files; what they may be attached to is the business of the commands. */
export function maySend(viewer: Viewer): boolean {
  return viewer.assignments.some(({ role }) => role !== 'DASHBOARD');
}

/** Keeps a file that belongs to nothing yet. The content is written under a lock that the removal of old contents waits for. */
export async function enterFile(tx: Tx, store: FileStore, name: string, content: Content) {
  const { actor, organisationId } = tx.viewer;
  const { type, bytes, picture } = content;
  const run = (text: string, values: unknown[]) => runInside(tx.em, text, values);
  const [[waiting] = []] = await run(
    'select count(*)::int from file where uploaded_by = $1 and subject_id is null',
    [actor.id],
  );
  if (Number(waiting) >= filesWaiting)
    refuse('TOO_MANY_FILES', { field: ['file'], values: { limit: filesWaiting } });
  const hash = createHash('sha256').update(bytes).digest('hex');
  await run('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [organisationId + hash]);
  await store.put(organisationId, hash, bytes);
  if (picture) await store.put(organisationId, thumbnailOf(hash), picture.thumbnail);
  const uuid = newUuid();
  const [width, height] = [picture?.width ?? null, picture?.height ?? null];
  await run(
    `insert into file (organisation_id, id, hash, name, type, size, width, height, uploaded_by, uploaded_by_name, uploaded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [organisationId, uuid, hash, name, type, bytes.length, width, height, actor.id, actor.name, tx.now],
  );
  const id = encodeId('file', uuid);
  const url = `/files/${id}`;
  return { id, name, type, size: bytes.length, width, height, url, thumbnail: picture && `${url}/thumbnail` };
}

export interface Download {
  /** Name of the content in the store; also its entity tag. */
  content: string;
  name: string;
  type: string;
}

/**
 * The file, if the viewer may read what it is attached to, with its attachments; while it waits, only who uploaded it
 * may. Everything else is NOT_FOUND.
 */
export async function findFile(run: Run, viewer: Viewer, id: string, thumbnail: boolean): Promise<Download> {
  const missing = (): never => refuse('NOT_FOUND', { field: ['id'] });
  const uuid = decodeId('file', id) ?? missing();
  const [row] = await run(
    'select hash, name, type, uploaded_by, subject_type, subject_id, width is not null from file where id = $1',
    [uuid],
  );
  const [hash, name, type, uploader, subjectType, subject, pictured] = row ?? missing();
  if (
    subject
      ? !(await mayRead(run, viewer, String(subjectType), String(subject)))
      : uploader !== viewer.actor.id
  )
    missing();
  if (!thumbnail) return { content: String(hash), name: String(name), type: String(type) };
  return pictured
    ? { content: thumbnailOf(String(hash)), name: String(name), type: 'image/webp' }
    : missing();
}

async function mayRead(run: Run, viewer: Viewer, resource: string, subject: string): Promise<boolean> {
  const model = allModels().find(({ descriptor }) => descriptor.resource === resource);
  if (!model || viewer.hidden(model.descriptor).has('attachments')) return false;
  const { community = 'null', building = 'null' } = model.scope;
  const [row] = await run(`select ${community}, ${building} from ${model.table} where id = $1`, [subject]);
  if (!row) return false;
  const [communityId, buildingId] = row as (string | null)[];
  return viewer.may(model.descriptor, 'read', {
    communityId: communityId ?? null,
    buildingId: buildingId ?? null,
  });
}

/** Removes a file that was never attached, and its content when nothing else names it; nobody can enter the same meanwhile. */
export async function removeForgotten(tx: Tx, store: FileStore, id: string, before: Date): Promise<boolean> {
  const organisation = tx.viewer.organisationId;
  const run = (text: string, values: unknown[]) => runInside(tx.em, text, values);
  const [[hash] = []] = await run(
    'delete from file where id = $1 and subject_id is null and uploaded_at < $2 returning hash',
    [id, before],
  );
  if (hash === undefined) return false;
  await run('select pg_advisory_xact_lock(hashtextextended($1, 0))', [organisation + hash]);
  const others = await run('select 1 from file where hash = $1 limit 1', [hash]);
  if (others.length === 0) await store.remove(organisation, [String(hash), thumbnailOf(String(hash))]);
  return true;
}
