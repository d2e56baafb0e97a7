import { type ModelClass, modelOf } from '../model.ts';
import { runInside } from '../write/run-inside.ts';
import type { Tx } from '../write/tx.ts';
import type { DueRow, JobHost } from './job.ts';

/** A column that only timers set, and when. */
export interface Mark {
  entity: ModelClass;
  /** The field that is set, and whose change is recorded. */
  field: string;
  /** The event is `<resource>.<action>`. */
  action: string;
  /**
   * `select t.organisation_id, t.id, <new value> as value from <table> t …`: the rows that are due and not marked yet.
   * `$1` is now, `values` follow. It must find nothing once the rows are marked.
   */
  candidates: string;
  values?: readonly unknown[];
}

const batch = 500;

/**
 * Sets the mark on the rows that are due, once: a row that another process has in hand is skipped, and one that it has
 * marked is no candidate any more. The record's version stays, for nobody's work may be refused because time passed.
 * Answers in how many organisations it did something; run it again until that is 0.
 */
export async function markDue(host: JobHost, mark: Mark): Promise<number> {
  const values = [host.now(), ...(mark.values ?? [])];
  const organisations = await host.due<DueRow>(
    `select distinct organisation_id as "organisationId", organisation_id as id from (${mark.candidates}) due`,
    values,
  );
  return host.each(organisations, (tx) => markIn(tx, mark, values));
}

async function markIn(
  tx: Tx,
  { entity, field, action, candidates }: Mark,
  values: unknown[],
): Promise<boolean> {
  const model = modelOf(entity);
  const { table, scope } = model;
  const column = model.columns.get(field)?.column;
  const place = (name: string | undefined) => (name === undefined ? 'null' : `${table}.${name}`);
  const rows = await runInside(
    tx.em,
    `with due as materialized (${candidates} limit ${batch} for update of t skip locked)
     update ${table} set ${column} = due.value from due
     where ${table}.organisation_id = due.organisation_id and ${table}.id = due.id
     returning ${table}.id as id, ${place(scope.community)} as community, ${place(scope.building)} as building,
       old.${column} as before, new.${column} as after`,
    values,
  );
  tx.journal.recordRows(
    model,
    action,
    rows.map(([id, communityId, buildingId, from, to]) => ({
      id: id as string,
      communityId: communityId as string | null,
      buildingId: buildingId as string | null,
      changes: [{ field, from, to }],
    })),
  );
  return rows.length > 0;
}
