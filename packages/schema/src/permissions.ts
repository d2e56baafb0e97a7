import type { ResourceDescriptor } from './descriptor.ts';
import type { Role } from './roles.ts';
import { roleNames } from './roles.ts';

/** Where a role holds: everywhere in the organisation, in one community, or in some buildings of it. */
export interface Assignment {
  role: Role;
  communityId: string | null;
  /** Only for stewards: the buildings assigned; null means the whole community. */
  buildingIds: readonly string[] | null;
}

/** Actions besides those of life cycles, which name their roles in their own tables. */
export type Grants = Partial<Record<string, readonly Role[]>>;

export const everyStaff = roleNames.filter((role) => role !== 'INTEGRATOR' && role !== 'DASHBOARD');
export const everyone = roleNames;
const desk: Role[] = ['FRONT_DESK', 'STEWARD', 'SUPERVISOR', 'MANAGER', 'GENERAL_MANAGER', 'ADMINISTRATOR'];
const heads: Role[] = ['SUPERVISOR', 'MANAGER', 'GENERAL_MANAGER', 'ADMINISTRATOR'];
const money: Role[] = ['CASHIER', 'FINANCE', 'MANAGER', 'GENERAL_MANAGER', 'ADMINISTRATOR'];

/** Who may what (handbook P-3). Deny unless listed; life-cycle actions are added from their tables by `rolesFor`. */
export const grants: Record<string, Grants> = {
  organisation: { read: everyone, update: ['ADMINISTRATOR'] },
  community: { read: everyone, create: ['ADMINISTRATOR'], update: ['ADMINISTRATOR'] },
  building: { read: everyone, create: ['ADMINISTRATOR', 'MANAGER'], update: ['ADMINISTRATOR', 'MANAGER'] },
  unit: { read: everyone, create: heads, update: heads },
  resident: {
    read: [...everyStaff, 'INTEGRATOR'],
    create: [...desk, 'INTEGRATOR'],
    update: desk,
    unmask: ['FRONT_DESK', ...heads, 'STEWARD', 'CASHIER'],
  },
  // The steward of that building and above (handbook U-4).
  residentProfile: {
    read: ['STEWARD', ...heads],
    create: ['STEWARD', ...heads],
    update: ['STEWARD', ...heads],
    erase: ['STEWARD', ...heads],
  },
  residency: { read: [...everyStaff, 'INTEGRATOR'], create: desk, update: desk, end: desk },
  ticket: {
    read: everyone,
    create: [...everyStaff, 'INTEGRATOR'],
    update: [...desk, 'ENGINEERING', 'INTEGRATOR'],
    unmask: desk,
    pauseClock: desk,
    resumeClock: desk,
    postpone: desk,
    // A promise of more than a week (handbook T-08).
    approvePromise: ['MANAGER', 'GENERAL_MANAGER', 'ADMINISTRATOR'],
  },
  ticketRound: { read: everyone },
  ticketComment: { read: [...everyStaff, 'INTEGRATOR'], create: [...everyStaff, 'INTEGRATOR'] },
  ticketNote: { read: everyStaff, create: everyStaff },
  ticketProblem: { read: everyone, create: ['ADMINISTRATOR'], update: ['ADMINISTRATOR'] },
  ticketItem: { read: [...everyStaff, 'INTEGRATOR'], create: everyStaff, update: everyStaff },
  ticketQuote: { read: [...everyStaff, 'INTEGRATOR'], create: everyStaff },
  ticketSignature: { read: everyStaff },
  ticketWatcher: { read: everyStaff, create: everyStaff, delete: everyStaff },
  complaintForm: { read: everyStaff, create: desk, update: desk },
  callRecord: {
    read: [...desk, 'INTEGRATOR'],
    ring: [...desk, 'INTEGRATOR'],
    answer: [...desk, 'INTEGRATOR'],
    end: [...desk, 'INTEGRATOR'],
    update: desk,
    tellRoom: desk,
    unmask: desk,
  },
  notice: {
    read: everyone,
    create: desk,
    update: desk,
    markSeen: [...everyStaff, 'INTEGRATOR'],
    linkTicket: [...desk, 'ENGINEERING'],
    unlinkTicket: desk,
  },
  dailyFollowUp: {
    read: [...everyStaff, 'INTEGRATOR', 'DASHBOARD'],
    record: [...desk, 'ENGINEERING', 'SECURITY', 'CASHIER', 'FINANCE'],
  },
  // Figures of tickets and calls; of single persons for those who lead them (handbook S-6).
  figures: { read: everyone, person: heads },
  monthlyReport: { read: [...heads, 'FINANCE'] },
  // Whoever reads a month may take it away, with a reason (handbook S-7, T-14): finance has its fee details to account for.
  exportRecord: {
    read: [...heads, 'FINANCE'],
    create: heads,
    register: heads,
    monthly: [...heads, 'FINANCE'],
  },
  noticeRecipient: { read: [...everyStaff, 'INTEGRATOR'] },
  chargeStandard: { read: [...everyStaff, 'INTEGRATOR'], create: money, update: money },
  fee: { read: everyone, create: money, update: money },
  feeRun: { read: [...everyStaff, 'INTEGRATOR'], create: money },
  payment: { read: [...everyStaff, 'INTEGRATOR'], create: money },
  receipt: { read: [...everyStaff, 'INTEGRATOR'] },
  paymentAllocation: { read: [...everyStaff, 'INTEGRATOR'] },
  renovationPermit: { read: everyone, create: [...desk, 'INTEGRATOR'], update: [...desk, 'ENGINEERING'] },
  permitReview: { read: [...everyStaff, 'INTEGRATOR'] },
  permitSignature: { read: [...everyStaff, 'INTEGRATOR'] },
  key: {
    read: everyone,
    create: [...heads, 'FRONT_DESK', 'SECURITY'],
    update: [...heads, 'FRONT_DESK', 'SECURITY'],
  },
  keyCopy: { read: everyone },
  keyLoan: {
    read: everyone,
    create: [...desk, 'SECURITY', 'ENGINEERING'],
    update: [...desk, 'SECURITY'],
  },
  staff: { read: everyone, create: ['ADMINISTRATOR'], update: ['ADMINISTRATOR'] },
  apiToken: { read: ['ADMINISTRATOR'], create: ['ADMINISTRATOR'], revoke: ['ADMINISTRATOR'] },
  policy: {
    read: [...everyStaff, 'INTEGRATOR'],
    create: ['MANAGER', 'ADMINISTRATOR'],
    update: ['MANAGER', 'ADMINISTRATOR'],
  },
  calendar: {
    read: [...everyStaff, 'INTEGRATOR'],
    create: ['MANAGER', 'ADMINISTRATOR'],
    update: ['MANAGER', 'ADMINISTRATOR'],
    publish: ['MANAGER', 'ADMINISTRATOR'],
  },
  calendarDay: {
    read: [...everyStaff, 'INTEGRATOR'],
    create: ['MANAGER', 'ADMINISTRATOR'],
    update: ['MANAGER', 'ADMINISTRATOR'],
    remove: ['MANAGER', 'ADMINISTRATOR'],
  },
  duty: { read: everyStaff, create: heads, update: heads, remove: heads },
  absence: { read: desk, create: heads, update: heads, remove: heads },
  notification: { read: everyStaff, see: everyStaff },
  savedView: { read: everyStaff, create: everyStaff, update: everyStaff, remove: everyStaff, share: heads },
  // Counts and sums without names: for screens in the hall too.
  wall: { read: everyone },
  history: { read: [...everyStaff, 'INTEGRATOR'] },
  event: { read: everyone },
  import: { read: heads, create: heads },
  importProblem: { read: heads },
};

/** Roles that may do `action` on a resource: the grants, or the `who` of its life cycle's moves. */
export function rolesFor(
  descriptor: { resource: string; lifecycle?: ResourceDescriptor['lifecycle'] },
  action: string,
): ReadonlySet<Role> {
  const granted = Object.entries(grants[descriptor.resource] ?? {}).find(([name]) => name === action)?.[1];
  const found = new Set<Role>(granted ?? []);
  for (const move of descriptor.lifecycle?.moves ?? [])
    if (move.action === action) for (const role of move.who) found.add(role);
  return found;
}

/** Rows that the assignments open for a set of roles: everything, or these communities and buildings; empty lists mean nothing. */
export interface Scope {
  all: boolean;
  communityIds: readonly string[];
  buildingIds: readonly string[];
}

/**
 * The scope of the held roles among the allowed ones. `level` says how finely the resource is divided: a steward's
 * buildings narrow only what belongs to a building; what belongs to the community is open to its stewards.
 */
export function scopeOf(
  assignments: readonly Assignment[],
  allowed: ReadonlySet<Role>,
  level: ResourceDescriptor['scope'] = 'building',
): Scope {
  const held = assignments.filter((assignment) => allowed.has(assignment.role));
  const all = held.some((assignment) => assignment.communityId === null || level === 'organisation');
  const wide = held.filter((assignment) => assignment.buildingIds === null || level === 'community');
  return {
    all,
    communityIds: [...new Set(wide.flatMap((assignment) => assignment.communityId ?? []))],
    buildingIds: [...new Set(held.flatMap((assignment) => assignment.buildingIds ?? []))],
  };
}

/**
 * Where the assignments allow an action on a resource. What belongs to the whole organisation is read by all its people,
 * and changed only by those whose role holds for the whole organisation.
 */
export function scopeFor(
  assignments: readonly Assignment[],
  descriptor: Pick<ResourceDescriptor, 'resource' | 'scope' | 'lifecycle'>,
  action: string,
): Scope {
  const shared = descriptor.scope === 'organisation' && action !== 'read';
  return scopeOf(assignments, rolesFor(descriptor, action), shared ? 'community' : descriptor.scope);
}

export function isEmptyScope(scope: Scope): boolean {
  return !scope.all && scope.communityIds.length === 0 && scope.buildingIds.length === 0;
}

/** Whether a row lies in the scope. A row without a building is outside every building scope. */
export function inScope(
  scope: Scope,
  row: { communityId: string | null; buildingId?: string | null },
): boolean {
  if (scope.all) return true;
  if (row.communityId !== null && scope.communityIds.includes(row.communityId)) return true;
  return row.buildingId != null && scope.buildingIds.includes(row.buildingId);
}

/** Fields of a resource that none of the held roles may see, not even masked: hidden only if hidden for every held role. */
export function hiddenFields(
  descriptor: { hidden?: ResourceDescriptor['hidden'] },
  assignments: readonly Assignment[],
): ReadonlySet<string> {
  const [first, ...rest] = [...new Set(assignments.map((assignment) => assignment.role))].map(
    (role) => descriptor.hidden?.[role] ?? [],
  );
  return new Set((first ?? []).filter((field) => rest.every((other) => other.includes(field))));
}
