import type { Domain } from './platform/domain.ts';
import { units } from './domains/units/index.ts';

/** All domains of the product, in the order of their dependencies. */
export const domains: readonly Domain[] = [units];
