import { type ResourceDescriptor, resources, type Text } from '@desk/schema';
import { has } from '../platform/model.ts';
import { sdl } from '../platform/sdl.ts';
import { may } from '../platform/viewer.ts';

/** One number of the home page: how many records of a resource a filter finds. */
export interface Figure {
  key: string;
  resource: string;
  label: Text;
  filter: Record<string, unknown>;
  /** Red when not zero. */
  urgent: boolean;
}

export interface FigureGroup {
  name: string;
  label: Text;
  figures: Figure[];
}

export type Totals = Record<
  string,
  { totalCount: number; totalCountPrecision: 'EXACT' | 'AT_LEAST' } | undefined
>;

/** States that call for somebody at once, whatever the resource. */
const urgentStates = new Set(['OVERDUE', 'REWORK', 'ESCALATED']);

/** Resources whose open states are somebody's work today, most pressing first. */
const desks = ['tickets', 'keyLoans', 'renovationPermits', 'fees'];

/** Figures of what is open, per resource with a life cycle that the viewer may read. */
export function figureGroups(): FigureGroup[] {
  return desks
    .map((name) => resources.find((owner) => owner.name === name))
    .filter(
      (owner): owner is ResourceDescriptor =>
        owner !== undefined && has('Query', owner.name) && may(owner, 'read'),
    )
    .map((owner) => ({ name: owner.name, label: owner.plural, figures: openStates(owner) }))
    .filter(({ figures }) => figures.length > 0);
}

function openStates({ name, lifecycle }: ResourceDescriptor): Figure[] {
  return Object.entries(lifecycle?.states ?? {})
    .filter(([state]) => !lifecycle?.final.includes(state))
    .map(([state, label]) => ({
      key: `${name}_${state}`,
      resource: name,
      label,
      filter: { status: { in: [state] } },
      urgent: urgentStates.has(state),
    }));
}

/** One document that counts everything: an alias per figure. */
export function totalsDocument(figures: readonly Figure[]): {
  document: string;
  variables: Record<string, unknown>;
} {
  const declared = figures.map(
    ({ key, resource }) => `$${key}: ${sdl.types.Query?.[resource]?.args?.filter?.type}`,
  );
  const counted = figures.map(
    ({ key, resource }) =>
      `${key}: ${resource}(first: 1, filter: $${key}) { totalCount totalCountPrecision }`,
  );
  return {
    document: `query home(${declared.join(', ')}) { ${counted.join(' ')} }`,
    variables: Object.fromEntries(figures.map(({ key, filter }) => [key, filter])),
  };
}
