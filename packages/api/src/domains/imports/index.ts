import type { Domain } from '../../platform/domain.ts';
import { mountImports } from './host.ts';
import { Import, ImportProblem } from './import.entity.ts';
import { importJobs } from './imports.jobs.ts';
import { importResolvers } from './imports.resolver.ts';

export type { Problem } from './engine/job.ts';
export { runImport } from './engine/run.ts';
export { rememberMapping } from './imports.service.ts';
export { columnsOf } from './mapping/compile.ts';
export { headerSignature } from './mapping/headers.ts';
export { findMapping, firstRows } from './preview.ts';
export { openTable } from './reading/table.ts';
export { targetOf } from './targets/index.ts';
export { Import };

export const imports: Domain = {
  name: 'imports',
  entities: [Import, ImportProblem],
  resolvers: importResolvers,
  jobs: importJobs,
  mount: mountImports,
};
