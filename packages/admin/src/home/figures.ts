import { type ResourceDescriptor, resources, type Text } from '@desk/schema';
import { today } from '../platform/format.ts';
import { has } from '../platform/model.ts';
import { sdl } from '../platform/sdl.ts';
import { communityOf, may } from '../platform/viewer.ts';

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
  owner: ResourceDescriptor;
  /** What calls for somebody first; shown large. */
  leading: Figure[];
  /** The open states, one by one. */
  states: Figure[];
}

export type Totals = Record<
  string,
  { totalCount: number; totalCountPrecision: 'EXACT' | 'AT_LEAST' } | undefined
>;

interface Leading {
  label: Text;
  urgent?: boolean;
  filter(open: string[], now: Date): Record<string, unknown>;
}

const within = (states: string[]) => ({ status: { in: states } });
const yesterday = (now: Date) =>
  today(communityOf(undefined).timeZone, new Date(now.getTime() - 24 * 3_600_000));

/** Per resource whose open states are somebody's work today: what stands out, most pressing first. */
const desks: Record<string, Leading[]> = {
  tickets: [
    { label: { zh: '未完结', en: 'Open' }, filter: within },
    {
      label: { zh: '紧急', en: 'Urgent' },
      urgent: true,
      filter: (open) => ({ ...within(open), urgent: { eq: true } }),
    },
  ],
  keyLoans: [
    { label: { zh: '未归还', en: 'Out' }, filter: within },
    {
      label: { zh: '逾期未还', en: 'Overdue' },
      urgent: true,
      filter: (open, now) => ({ ...within(open), dueAt: { lte: now.toISOString() } }),
    },
  ],
  renovationPermits: [{ label: { zh: '在办', en: 'Under way' }, filter: within }],
  fees: [
    { label: { zh: '未结清', en: 'Unpaid' }, filter: () => within(['ISSUED']) },
    {
      label: { zh: '已逾期', en: 'Overdue' },
      urgent: true,
      filter: (_, now) => ({ ...within(['ISSUED']), dueOn: { lte: yesterday(now) } }),
    },
  ],
};

/** What is open, per resource that the viewer may read. The moment counts in minutes, so that a figure keeps its address. */
export function figureGroups(moment = new Date()): FigureGroup[] {
  const now = new Date(Math.floor(moment.getTime() / 60_000) * 60_000);
  return Object.entries(desks).flatMap(([name, leading]): FigureGroup[] => {
    const owner = resources.find((candidate) => candidate.name === name);
    if (!owner?.lifecycle || !has('Query', name) || !may(owner, 'read')) return [];
    const { states, final } = owner.lifecycle;
    const open = Object.keys(states).filter((state) => !final.includes(state));
    return [
      {
        owner,
        leading: leading.map(({ label, urgent = false, filter }, index) => ({
          key: `${name}_${index}`,
          resource: name,
          label,
          urgent,
          filter: filter(open, now),
        })),
        states: open.map((state) => ({
          key: `${name}_${state}`,
          resource: name,
          label: states[state] ?? { zh: state, en: state },
          urgent: false,
          filter: within([state]),
        })),
      },
    ];
  });
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
