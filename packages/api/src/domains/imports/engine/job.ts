import type { Text } from '@desk/schema';
import type { ImportMapping } from '@desk/schema/imports/mapping';
import type { Viewer } from '../../../platform/viewer.ts';
import type { Target } from '../targets/target.ts';

/** One run of one file into one community. */
export interface ImportJob {
  target: Target;
  /** Where the file lies. */
  path: string;
  /** Its name, as the history will say where a change came from. */
  fileName: string;
  mapping: ImportMapping;
  community: ImportCommunity;
  viewer: Viewer;
  /** Everything is done and then taken back: what would happen, exactly. */
  dryRun: boolean;
  /** Bad rows are left out; otherwise one bad row keeps all others out. */
  skipBad: boolean;
}

export interface ImportCommunity {
  id: string;
  timeZone: string;
}

/**
 * Something about one row. `ERROR` makes the row bad; `SKIPPED` repeats an earlier row and does no harm; with a `NOTICE` the
 * row is imported without the field in question.
 */
export interface Problem {
  /** As a person counts in the file. */
  row: number;
  column: string | null;
  field: string | null;
  severity: 'ERROR' | 'SKIPPED' | 'NOTICE';
  reason: Text;
  /** Shortened; masked where personal. */
  value: string | null;
}

export interface Progress {
  /** Reading is the first half of the way, writing the second. */
  percent: number;
  done: number;
  /** Unknown while the file is being read. */
  total: number | null;
}

export interface ImportHooks {
  onProgress?(progress: Progress): void;
  onProblem?(problem: Problem): void | Promise<void>;
}

export interface ImportCounts {
  total: number;
  created: number;
  updated: number;
  unchanged: number;
  skipped: number;
  failed: number;
}

export interface ImportOutcome extends ImportCounts {
  /** CHECKED: dry run, nothing kept. REJECTED: rows were bad and nothing was kept. DONE: it is in. */
  status: 'CHECKED' | 'DONE' | 'REJECTED';
}
