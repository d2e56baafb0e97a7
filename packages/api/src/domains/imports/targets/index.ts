import type { ImportResourceName } from '@desk/schema/imports/mapping';
import { residentTarget } from './residents.ts';
import type { Target } from './target.ts';
import { ticketTarget } from './tickets.ts';
import { unitTarget } from './units.ts';

const targets: Record<ImportResourceName, Target> = {
  units: unitTarget,
  residents: residentTarget,
  tickets: ticketTarget,
};

/** What a resource needs to be filled from files. */
export const targetOf = (resource: ImportResourceName): Target => targets[resource];
