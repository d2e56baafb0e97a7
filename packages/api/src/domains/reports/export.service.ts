import { inScope, type ResourceDescriptor, resourceNamed, rolesFor } from '@desk/schema';
import { exportRecordDescriptor, figuresDescriptor } from '@desk/schema/reports/descriptor';
import {
  daysBetween,
  exportInput,
  largestExport,
  listExportInput,
  longestPeriod,
  monthExportInput,
} from '@desk/schema/reports/limits';
import { Refusal, refuse } from '../../platform/errors.ts';
import { Params } from '../../platform/read/params.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { runInside } from '../../platform/write/run-inside.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Community } from '../units/index.ts';
import { type Period, scopeSql, within } from './figures.sql.ts';
import { ExportRecord, MonthlyReport } from './report.entities.ts';
import type {
  ExportRecordCreateInput,
  ExportRecordMonthlyInput,
  ExportRecordRegisterInput,
} from './reports.inputs.ts';

/** What of the tickets a viewer may count; by person only who may judge persons (handbook S-6). */
export function figureScope(viewer: Viewer, groupBy: string | null) {
  const action = groupBy === 'PERSON' ? 'person' : 'read';
  if (!viewer.may(figuresDescriptor, action))
    throw new Refusal('FORBIDDEN', { field: ['groupBy'], rule: 'S-6' });
  return viewer.scope(figuresDescriptor, action);
}

export function assertPeriod({ from, to }: Period): void {
  const days = daysBetween(from, to);
  if (days < 1 || days > longestPeriod)
    throw new Refusal('PERIOD_OUT_OF_RANGE', { field: ['to'], values: { days: longestPeriod } });
}

/** The tickets of an export: condition and values, shared by the count and the list. */
export function exportedTickets(viewer: Viewer, period: Period, community: string | null) {
  const params = new Params();
  const scope = viewer.scope({ ...exportRecordDescriptor, scope: 'building' }, 'create');
  const conditions = [
    within(params, 't.received_at', period),
    scopeSql(params, scope, 't'),
    ...(community ? [`c.id = ${params.add(community, 'uuid')}`] : []),
  ];
  return { params, where: conditions.join(' and ') };
}

function assertReason(reason: string): void {
  if (reason.trim().length < 5) refuse('REASON_REQUIRED', { field: ['reason'], rule: 'S-7' });
}

/** A bulk export needs a right and a reason, and stays on record (handbook S-7). */
export async function createExport(tx: Tx, input: ExportRecordCreateInput): Promise<ExportRecord> {
  if (
    rolesFor(exportRecordDescriptor, 'create').size === 0 ||
    !tx.viewer.may(exportRecordDescriptor, 'create')
  )
    refuse('FORBIDDEN', { rule: 'S-7' });
  const community = input.community ? await tx.get(Community, input.community, 'community') : null;
  if (!tx.viewer.may(exportRecordDescriptor, 'create', { communityId: community?.id ?? null }))
    refuse('FORBIDDEN', { field: ['community'], rule: 'S-7' });
  assertReason(input.reason);
  const { from, to, groupBy, reason } = tx.check(exportInput, input);
  assertPeriod({ from, to });
  figureScope(tx.viewer, groupBy);
  const { params, where } = exportedTickets(tx.viewer, { from, to }, community?.id ?? null);
  const [[tickets] = [0]] = await runInside(
    tx.em,
    `select count(*)::int from (select 1 from community c join ticket t on t.community_id = c.id where ${where} limit ${largestExport}) x`,
    params.values,
  );
  return tx.create(ExportRecord, {
    ...{ community, from, to, groupBy, reason },
    staffName: tx.viewer.actor.name,
    actorId: tx.viewer.actor.id,
    tickets: tickets as number,
  });
}

/** Whether the viewer may export all that a list of the resource shows him: reading more than that is not enough. */
function mayTake(viewer: Viewer, listed: ResourceDescriptor, communityId: string | null): boolean {
  if (!viewer.may(listed, 'read')) return false;
  if (communityId !== null) return viewer.may(exportRecordDescriptor, 'register', { communityId });
  const reads = viewer.scope(listed, 'read');
  const takes = viewer.scope(exportRecordDescriptor, 'register');
  // What belongs to the whole organisation is no community's secret.
  if (takes.all || listed.scope === 'organisation') return viewer.may(exportRecordDescriptor, 'register');
  const communities = reads.communityIds.every((id) => inScope(takes, { communityId: id }));
  return !reads.all && reads.buildingIds.length === 0 && communities;
}

/** A list is taken away as a file: with a right to all of it, with a reason, and on record first (handbook S-7). */
export async function registerListExport(tx: Tx, input: ExportRecordRegisterInput): Promise<ExportRecord> {
  if (!tx.viewer.may(exportRecordDescriptor, 'register')) refuse('FORBIDDEN', { rule: 'S-7' });
  const community = input.community ? await tx.get(Community, input.community, 'community') : null;
  const listed = resourceNamed(input.resource) ?? refuse('NOT_FOUND', { field: ['resource'] });
  if (!mayTake(tx.viewer, listed, community?.id ?? null))
    refuse('FORBIDDEN', { field: ['resource'], rule: 'S-7' });
  assertReason(input.reason);
  const { resource, filter = null, rows, reason } = tx.check(listExportInput, input);
  return tx.create(ExportRecord, {
    ...{ community, resource, filter, rows, reason },
    staffName: tx.viewer.actor.name,
    actorId: tx.viewer.actor.id,
  });
}

/** A frozen month is taken away like any other export: with a right, a reason and a record (handbook S-7, T-14). */
export async function exportMonth(tx: Tx, input: ExportRecordMonthlyInput): Promise<ExportRecord> {
  const report = await tx.get(MonthlyReport, input.report, 'report');
  const { community, from, to } = report;
  tx.authorise(ExportRecord, 'monthly', { communityId: community.id });
  assertReason(input.reason);
  const { reason } = tx.check(monthExportInput, input);
  return tx.create(ExportRecord, {
    ...{ community, from, to, groupBy: 'DEPARTMENT', reason, report },
    staffName: tx.viewer.actor.name,
    actorId: tx.viewer.actor.id,
    tickets: 0,
  });
}
