import { importDescriptor, importProblemDescriptor } from '@desk/schema/imports/descriptor';
import {
  type ImportResource,
  type ImportStatus,
  importResources,
  importStatuses,
  type ProblemSeverity,
  problemSeverities,
} from '@desk/schema/imports/enums';
import { enumOf } from '../../platform/graphql/enums.ts';
import { Aggregate, Column, Reference, Resource } from '../../platform/model.ts';
import { Community } from '../units/index.ts';

export const ImportResources = enumOf('ImportResource', importResources, 'What a file fills.');
export const ImportStatuses = enumOf(
  'ImportStatus',
  importStatuses,
  'Where an import stands; it can be run again from every status but RUNNING and DONE.',
);
export const ProblemSeverities = enumOf(
  'ImportProblemSeverity',
  problemSeverities,
  'ERROR: the row is bad. SKIPPED: it repeats an earlier row. NOTICE: it is imported without the cell in question.',
);

@Resource(importDescriptor, {
  table: 'import_run',
  description: 'A file that was uploaded with `POST /imports` (导入), and its latest run.',
})
export class Import extends Aggregate {
  @Reference(() => Community, { description: 'The community that it fills.' })
  community!: Community;

  @Column('enum', { values: ImportResources, description: 'What it fills.' })
  resource!: ImportResource;

  @Column('text', { description: 'Name of the file.' })
  fileName!: string;

  @Column('enum', { values: ImportStatuses, description: 'Where it stands.' })
  status!: ImportStatus;

  @Column('boolean', { description: 'The latest run only checked: nothing was kept.' })
  dryRun!: boolean;

  @Column('boolean', {
    description: 'Bad rows are left out; otherwise one bad row keeps all others out.',
  })
  skipBad!: boolean;

  @Column('text', {
    nullable: true,
    description: 'How the columns of the file fill the fields, as JSON text.',
  })
  mapping!: string | null;

  @Column('int', { description: 'Progress of the run, 0 to 100.' })
  percent!: number;

  @Column('int', { description: 'Rows done so far in this phase: reading, then writing.' })
  done!: number;

  @Column('int', {
    nullable: true,
    description: 'Rows in all; null while the file is being read.',
  })
  total!: number | null;

  @Column('int', { description: 'Records that the run entered, or would enter.' })
  created!: number;

  @Column('int', { description: 'Records that the run changed, or would change.' })
  updated!: number;

  @Column('int', { description: 'Rows that say what is there already.' })
  unchanged!: number;

  @Column('int', { description: 'Rows that repeat an earlier row.' })
  skipped!: number;

  @Column('int', { description: 'Bad rows.' })
  failed!: number;

  @Column('text', {
    nullable: true,
    description: 'Why the run could not be made at all, in the language of whoever started it.',
  })
  failure!: string | null;

  @Column('dateTime', { nullable: true, description: 'When the latest run started.' })
  startedAt!: Date | null;

  @Column('dateTime', { nullable: true, description: 'When the latest run ended.' })
  finishedAt!: Date | null;

  @Column('texts', { hidden: true })
  headers!: string[];

  @Column('text', { hidden: true })
  locale!: string;
}

@Resource(importProblemDescriptor, {
  table: 'import_problem',
  description: 'Something about one row of an import. Personal values are masked (handbook U-4).',
})
export class ImportProblem extends Aggregate {
  @Reference(() => Community, { description: 'The community of the import.' })
  community!: Community;

  @Reference(() => Import, { description: 'The import.' })
  import!: Import;

  @Column('int', { description: 'The row as a person counts it in the file: the first row is 1.' })
  row!: number;

  @Column('text', { nullable: true, description: 'Header of the column, when it is about one.' })
  column!: string | null;

  @Column('text', { nullable: true, description: 'Field that the column fills.' })
  field!: string | null;

  @Column('enum', { values: ProblemSeverities, description: 'What it means for the row.' })
  severity!: ProblemSeverity;

  @Column('text', { nullable: true, description: 'What stood there, shortened.' })
  value!: string | null;
}
