export { runImport } from './engine/run.ts';
export { targetOf } from './targets/index.ts';
