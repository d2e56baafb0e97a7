import { access } from 'node:fs/promises';
import { say } from '@desk/schema';
import { importStatuses } from '@desk/schema/imports/enums';
import { type ImportMapping, type ImportResourceName, importMapping } from '@desk/schema/imports/mapping';
import { Refusal, refuse } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Residency } from '../residents/index.ts';
import { Community } from '../units/index.ts';
import { Import, ImportProblem } from './import.entity.ts';
import type { ImportRunInput } from './imports.inputs.ts';
import { mappingFaults } from './mapping/compile.ts';
import { targetOf } from './targets/index.ts';

export const nameOf = (resource: Import['resource']): ImportResourceName =>
  resource.toLowerCase() as ImportResourceName;

/** A file may do what its owner may do by hand in the whole community, and no more. */
export function authoriseImport(tx: Tx, resource: ImportResourceName, communityId: string): void {
  const { entity } = targetOf(resource);
  for (const [what, action] of [
    [Import, 'create'],
    [entity, 'create'],
    [entity, 'update'],
    ...(resource === 'residents' ? ([[Residency, 'create']] as const) : []),
  ] as const)
    tx.authorise(what, action, { communityId });
}

/** The community of an upload, for whoever may import into it. */
export async function findCommunity(tx: Tx, id: string, resource: ImportResourceName): Promise<Community> {
  const community = await tx.get(Community, id, 'community');
  authoriseImport(tx, resource, community.id);
  return community;
}

export interface Uploaded {
  id: string;
  community: Community;
  resource: ImportResourceName;
  fileName: string;
  headers: readonly string[];
}

export function enterUpload(tx: Tx, { id, community, resource, fileName, headers }: Uploaded): Import {
  return tx.create(Import, {
    id,
    community,
    resource: resource.toUpperCase() as Import['resource'],
    fileName,
    status: 'UPLOADED',
    headers: [...headers],
    locale: tx.locale,
    mapping: null,
    failure: null,
    startedAt: null,
    finishedAt: null,
    ...idle,
  });
}

const idle = {
  dryRun: false,
  skipBad: false,
  percent: 0,
  done: 0,
  total: null,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  failed: 0,
} as const;

const texts = {
  json: { zh: '列对应关系不是 JSON', en: 'the mapping is not JSON' },
  gone: { zh: '文件已不在服务器上，请重新上传', en: 'the file is no longer on the server; upload it again' },
  run: { zh: '导入', en: 'import' },
} as const;

/** Starts a run: marks it as running; the work itself begins after the commit. `pathOf` says where files lie. */
export async function startRun(
  tx: Tx,
  input: ImportRunInput,
  pathOf: (id: string) => string,
): Promise<Import> {
  const run = await tx.change(Import, input, 'create');
  const resource = nameOf(run.resource);
  authoriseImport(tx, resource, run.community.id);
  if (run.status === 'RUNNING')
    refuse('ILLEGAL_MOVE', {
      values: (locale) => ({
        state: say(importStatuses[run.status], locale),
        action: say(texts.run, locale),
      }),
    });
  const mapping = checkedMapping(tx, input.mapping, run);
  const there = await access(pathOf(run.id)).then(
    () => true,
    () => false,
  );
  if (!there)
    refuse('VALIDATION', { field: ['id'], values: (locale) => ({ detail: say(texts.gone, locale) }) });
  await tx.em.nativeDelete(ImportProblem, { import: run.id });
  tx.assign(run, {
    ...idle,
    status: 'RUNNING',
    dryRun: input.dryRun ?? false,
    skipBad: input.skipBad ?? false,
    mapping: JSON.stringify(mapping),
    failure: null,
    locale: tx.locale,
    startedAt: tx.now,
    finishedAt: null,
  });
  tx.journal.label(run, { action: 'run' });
  return run;
}

function checkedMapping(tx: Tx, text: string, run: Import): ImportMapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    refuse('VALIDATION', { field: ['mapping'], values: (locale) => ({ detail: say(texts.json, locale) }) });
  }
  const parsed = importMapping.safeParse(json);
  if (!parsed.success)
    throw new Refusal('VALIDATION', {
      issues: parsed.error.issues.map(({ path, message }) => ({
        field: ['mapping', ...path.map(String)],
        detail: message,
      })),
    });
  const faults = mappingFaults(parsed.data, run.headers, targetOf(nameOf(run.resource)).fields);
  if (faults.length > 0)
    throw new Refusal('VALIDATION', {
      issues: faults.map(({ field, text }) => ({
        field: ['mapping', 'columns', field],
        detail: say(text, tx.locale),
      })),
    });
  return parsed.data;
}

/** How a run ended, by whoever started it. */
export async function endRun(
  tx: Tx,
  id: string,
  end: Pick<Import, 'status'> &
    Partial<Pick<Import, 'total' | 'created' | 'updated' | 'unchanged' | 'skipped' | 'failed' | 'failure'>>,
): Promise<void> {
  const run = await tx.em.findOneOrFail(Import, { id });
  if (run.status !== 'RUNNING') return;
  tx.assign(run, { ...end, percent: end.status === 'FAILED' ? run.percent : 100, finishedAt: tx.now });
  tx.journal.label(run, { action: 'finish', reason: end.failure ?? null });
}

/** Remembers how files with these headers are read, for the next one. */
export async function rememberMapping(
  db: { read(organisationId: string, text: string, values: unknown[]): Promise<unknown> },
  viewer: Viewer,
  key: { resource: ImportResourceName; signature: string },
  mapping: ImportMapping,
  now: Date,
): Promise<void> {
  await db.read(
    viewer.organisationId,
    `insert into import_mapping (organisation_id, resource, signature, mapping, used_at) values ($1, $2, $3, $4, $5)
     on conflict (organisation_id, resource, signature) do update set mapping = excluded.mapping, used_at = excluded.used_at`,
    [viewer.organisationId, key.resource, key.signature, JSON.stringify(mapping), now.toISOString()],
  );
}
