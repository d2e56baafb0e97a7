/** Imports a file as the command line does: mapping found by itself unless given, in a community of its own unless given. */
import type { ImportMapping, ImportResourceName } from '@desk/schema/imports/mapping';
import {
  findMapping,
  firstRows,
  openTable,
  type Problem,
  runImport,
  targetOf,
} from '../../src/domains/imports/index.ts';
import { systemViewer } from '../../src/platform/auth/system.ts';
import { systemClock } from '../../src/platform/clock.ts';
import type { TestOrganisation, World } from '../harness/world.ts';

export interface BringIn {
  path: string;
  /** Public id. */
  community: string;
  mapping?: ImportMapping;
  dryRun?: boolean;
  skipBad?: boolean;
  onProgress?: NonNullable<Parameters<typeof runImport>[3]>['onProgress'];
}

export async function bringIn(
  { app }: World,
  { uuid }: TestOrganisation,
  resource: ImportResourceName,
  { path, community, mapping, dryRun = false, skipBad = false, onProgress }: BringIn,
) {
  const zone = 'Asia/Shanghai';
  const table = await openTable(path);
  const rows = await firstRows(table);
  const problems: Problem[] = [];
  const found = mapping ?? (await findMapping(app.db, uuid, { table, resource, zone, rows })).mapping;
  const job = {
    target: targetOf(resource),
    path,
    fileName: 'file.csv',
    mapping: found,
    community: { id: app.uuidOf(community), timeZone: zone },
    viewer: systemViewer(uuid, 'test'),
    dryRun,
    skipBad,
  };
  const outcome = await runImport(app.db, systemClock, job, {
    onProblem: (problem) => void problems.push(problem),
    ...(onProgress && { onProgress }),
  });
  return { ...outcome, mapping: found, problems };
}

/** A problem in few words. */
export const told = ({ row, column, severity, value, reason }: Problem): string =>
  [row, severity, column, value, reason.en].filter((part) => part !== null).join(' | ');
