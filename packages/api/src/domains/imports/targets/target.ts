import type { Text } from '@desk/schema';
import type { ImportMapping, ImportResourceName } from '@desk/schema/imports/mapping';
import type { z } from 'zod';
import type { ModelClass } from '../../../platform/model.ts';
import type { Value } from '../coerce/coerce.ts';
import type { ApplyScope } from '../engine/scope.ts';
import type { ImportField } from './fields.ts';

/** A staged row on its way into the database. */
export interface Draft {
  row: number;
  key: string;
  /** All fields that the mapping fills, by name; virtual ones too. */
  values: Record<string, Value>;
  /** The record's own fields, references as UUIDs. Targets complete it. */
  record: Record<string, Value>;
  /** The record that the row is about, once found. */
  id: string | null;
  /** Fields whose value differs from what the file said at the last import; all of them for a record not imported before. */
  changed: ReadonlySet<string>;
  /** The unit that the row names, found in the community. */
  unit: { id: string; buildingId: string } | null;
  /** What is wrong with it after a look into the database. */
  problem?: { field: string | null; reason: Text };
}

export interface Fault {
  field: string;
  reason: Text;
  /** The row is imported, without this field. */
  harmless?: boolean;
}

/** What a resource must say to be filled from files. Everything else is the engine's. */
export interface Target {
  name: ImportResourceName;
  entity: ModelClass;
  fields: readonly ImportField[];
  /** Limits of the values of one row. */
  limits: z.ZodObject;
  /** What a suggested mapping should have besides what the headers say, for the user to see and change. */
  complete?(mapping: ImportMapping): ImportMapping;
  /** What is wrong between the fields of one row, before the limits. May bring its values into the form that is kept. */
  check?(values: Record<string, Value>): Fault[];
  /** Names the row within its community; null: only its whole text does. */
  keyOf(values: Record<string, Value>): string | null;
  /** Names the record, where several rows may be about one: the first of them enters it. */
  recordOf?(values: Record<string, Value>): string;
  /** The key names a person: reports do not show it. */
  keyIsPersonal?: boolean;
  /** Further names that two rows of a file must not share. */
  alsoUnique?(values: Record<string, Value>): string[];
  /** Columns that the entity does not declare, with their SQL type. */
  hiddenColumns?: Record<string, string>;
  /** Fields computed from others: they follow when one of these changes. */
  computed?: Record<string, readonly string[]>;
  /** Completes records: resolves names to records of the community, computes fields. May set `problem`. */
  resolve(scope: ApplyScope, drafts: readonly Draft[]): Promise<void>;
  /**
   * Finds records that were not imported before but are the same, by what people know them by: statements that set
   * `record_id`, or `clash`, of rows of `import_stage` in the community `$1`.
   */
  matchSql?: readonly string[];
  /** What a clash means; `{key}` is the other record's external key. */
  clash?: { field: string; reason: Text };
  /** What a new record has besides what its row says. */
  blank(scope: ApplyScope, drafts: readonly Draft[]): Promise<void>;
  /** Writes what hangs on the records, after them. Answers the rows on which something changed. */
  after?(scope: ApplyScope, drafts: readonly Draft[]): Promise<ReadonlySet<number>>;
}
