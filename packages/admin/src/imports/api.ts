import type { Text } from '@desk/schema';
import type { ImportMapping } from '@desk/schema/imports/mapping';
import { HttpError } from 'ra-core';
import { callApi, request } from '../platform/client.ts';
import { Refused, type UserError } from '../platform/errors.ts';
import { sayNow } from '../platform/i18n/index.ts';

/** A field that an import can fill. */
export interface ImportField {
  name: string;
  label: Text;
  kind: string;
  required: boolean;
}

/** What the API found in an uploaded file. */
export interface Upload {
  id: string;
  version: number;
  resource: string;
  fileName: string;
  encoding: string;
  columns: { name: string; samples: string[] }[];
  preview: { row: number; cells: Record<string, string> }[];
  suggestedMapping: ImportMapping;
  mappingSource: 'REMEMBERED' | 'PRESET' | 'HEADERS';
  fields: ImportField[];
}

export interface Problem {
  row: number;
  column: string | null;
  field: string | null;
  severity: 'ERROR' | 'SKIPPED';
  value: string | null;
  message: string;
}

/** Where a run stands. `percent` is 0–100, `total` null while the file is being read. */
export interface ImportState {
  id: string;
  version: number;
  status: 'UPLOADED' | 'RUNNING' | 'CHECKED' | 'DONE' | 'REJECTED' | 'FAILED';
  dryRun: boolean;
  percent: number;
  done: number;
  total: number | null;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  failed: number;
  failure: string | null;
  problems: { totalCount: number; nodes: Problem[] };
}

/** Problems shown on the page. */
export const problemsShown = 50;

/** Sends the file; throws with the API's message when it is no table, too large, or not allowed. */
export async function upload(file: File, resource: string, communityId: string): Promise<Upload> {
  const body = new FormData();
  body.append('file', file);
  const query = new URLSearchParams({ resource, community: communityId });
  const response = await callApi(`/imports?${query}`, { method: 'POST', body });
  const answer = (await response.json().catch(() => ({}))) as Upload & { message?: string };
  if (!response.ok)
    throw new HttpError(answer.message ?? sayNow('unexpected', { status: response.status }), response.status);
  return answer;
}

export interface RunOptions {
  id: string;
  version: number;
  mapping: ImportMapping;
  dryRun: boolean;
  skipBad: boolean;
}

/** Starts a check or an import; it goes on in the background. */
export async function startRun({ mapping, ...options }: RunOptions): Promise<void> {
  const document = `mutation importRun($input: ImportRunInput!) { payload: importRun(input: $input) { userErrors { code field message rule } } }`;
  const input = { ...options, mapping: JSON.stringify(mapping) };
  const { payload } = await request<{ payload: { userErrors: UserError[] } }>(
    document,
    { input },
    { idempotencyKey: crypto.randomUUID() },
  );
  if (payload.userErrors.length) throw new Refused(payload.userErrors);
}

export async function readState(id: string, signal?: AbortSignal): Promise<ImportState> {
  const document = `query importState($id: ID!, $first: Int!) { import(id: $id) { id version status dryRun percent done total created updated unchanged skipped failed failure
    problems(first: $first) { totalCount nodes { row column field severity value message } } } }`;
  const answer = await request<{ import: ImportState | null }>(
    document,
    { id, first: problemsShown },
    { signal },
  );
  if (!answer.import) throw new HttpError(sayNow('notFound'), 404);
  return answer.import;
}
