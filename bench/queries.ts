/** What is measured: each query as every peer asks it. Fields have the same names and order, so that answers compare. */
import type pg from 'pg';
import { encodeId } from '../packages/api/src/platform/ids.ts';
import type { Tenant } from './seed.ts';

/** Values of one request, with bare UUIDs; ours turns them into public ids. */
export interface Sample {
  tenant: Tenant;
  id?: string;
  after?: string;
  /** What stands before `after`, for peers that page by counting. */
  offset?: number;
  search?: string;
}

export interface Query {
  name: string;
  title: string;
  /** Rows to draw the samples from, for one tenant: `id`, `after` or `search`. */
  samples: string;
  ours: string;
  /** Variables of ours. */
  variables?: (sample: Sample) => Record<string, unknown>;
  postgraphile?: string;
  /** Peers that answer it besides ours. */
  peers: readonly PeerName[];
  /** Fields that a peer leaves out because it does not compute them. */
  without?: Partial<Record<PeerName, readonly string[]>>;
}
export type PeerName = 'ours' | 'postgraphile' | 'naive' | 'sql';

export const openStates =
  'RECEIVED CONFIRMED DISPATCHED ACCEPTED ON_SITE DONE SIGNED_OFF REVISITED REWORK'.split(' ');
const open = `[${openStates}]`;

const listed =
  'id number title status urgent receivedAt unit { id fullName } building { id name } reporter { id name } assignee { id name }';
const listedByPostgraphile = `id: rowId number title status urgent receivedAt
      unit: unitByOrganisationIdAndCommunityIdAndUnitId { id: rowId fullName }
      building: buildingByOrganisationIdAndCommunityIdAndBuildingId { id: rowId name }
      reporter: residentByOrganisationIdAndReporterId { id: rowId name }
      assignee: staffByOrganisationIdAndAssigneeId { id: rowId name }`;
const newest = 'orderBy: { field: RECEIVED_AT, direction: DESC }';
const all = ['postgraphile', 'naive', 'sql'] as const;
/** The twelve parts of a unit's file (handbook U-3). */
const parts = [
  // 1 unit and company
  'id fullName kind status area layout building { id name } community { id name } availableActions { action allowed code }',
  // 2 payments with deposits
  `balance prepaid depositsHeld fees(first: 20) { nodes { id number kind amount dueOn status outstanding } }
      payments(first: 20) { nodes { id number method amount receivedAt refunded } }`,
  // 3 renovation
  'renovationPermits(first: 10) { nodes { id number status papers } }',
  // 4 move-in papers: what was handed over
  'keys(first: 20) { nodes { id number status } } keyLoans(first: 20) { nodes { id status dueAt } }',
  // 5 supplements: what was changed since
  'history(first: 20) { nodes { type at actor { name } } }',
  // 6 contacts, 7 emergency contacts
  'residencies(first: 20) { nodes { id relation share startsOn endsOn resident { id name phone specialCare emergencyName emergencyPhone } } }',
  // 8 correspondence
  'calls(first: 20) { nodes { id direction status ringAt } } notices { id title status }',
  // 9 violations and arrears
  'arrears unpaid: fees(first: 20, filter: { status: { eq: ISSUED } }) { nodes { id number kind amount dueOn status outstanding } }',
  // 10 repairs
  'repairs: tickets(first: 20, filter: { kind: { eq: REPAIR_UNIT } }) { nodes { id number title status receivedAt } }',
  // 11 complaints
  'complaints: tickets(first: 20, filter: { kind: { eq: COMPLAINT } }) { nodes { id number title status receivedAt } }',
  // 12 engineering documents: defects found, and the drawings among the papers of 3
  'defects: tickets(first: 20, filter: { kind: { eq: DEFECT } }) { nodes { id number title status receivedAt } }',
];
const ticketsByPostgraphile = (name: string, kind: string): string =>
  `${name}: ticketsByOrganisationIdAndCommunityIdAndUnitIdList(first: 20, condition: { kind: "${kind}" }, orderBy: [RECEIVED_AT_DESC, ROW_ID_DESC]) { id: rowId number title status receivedAt }`;
const feesByPostgraphile = (name: string, condition: string): string =>
  `${name}: feesByOrganisationIdAndCommunityIdAndUnitIdList(first: 20, ${condition}orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) { id: rowId number kind amount dueOn status }`;

/** Sums of the ledger and what may be done next. */
const figures = [
  'balance',
  'arrears',
  'prepaid',
  'depositsHeld',
  'availableActions',
  'outstanding',
  'refunded',
];

export const queries: Query[] = [
  {
    name: 'ticket',
    title: 'ticket by id with unit, building, reporter',
    samples:
      'select id from ticket where organisation_id = $1 and reporter_id is not null order by random() limit 50',
    ours: 'query ticket($id: ID!) { ticket(id: $id) { id number title status kind urgent receivedAt unit { id fullName floor } building { id name } reporter { id name } } }',
    variables: ({ id }) => ({ id: encodeId('ticket', id ?? '') }),
    postgraphile: `query ticket($id: UUID!) { ticket: ticketByRowId(rowId: $id) { id: rowId number title status kind urgent receivedAt
      unit: unitByOrganisationIdAndCommunityIdAndUnitId { id: rowId fullName floor }
      building: buildingByOrganisationIdAndCommunityIdAndBuildingId { id: rowId name }
      reporter: residentByOrganisationIdAndReporterId { id: rowId name } } }`,
    peers: all,
  },
  {
    name: 'tickets',
    title: '50 tickets filtered and sorted with unit, building, reporter, assignee',
    samples: 'select $1::uuid as id',
    ours: `query tickets { tickets(first: 50, filter: { status: { eq: CLOSED } }, ${newest}) { nodes { ${listed} } } }`,
    postgraphile: `query tickets { tickets: allTicketsList(first: 50, condition: { status: "CLOSED" }, orderBy: [RECEIVED_AT_DESC, ROW_ID_DESC]) {
      ${listedByPostgraphile} } }`,
    peers: all,
  },
  {
    name: 'units',
    title: '20 units with residents and the last 5 fees',
    samples: 'select id from building where organisation_id = $1 order by random() limit 20',
    ours: `query units($building: ID!) { units(first: 20, filter: { building: { eq: $building } }, orderBy: { field: FULL_NAME, direction: ASC }) { nodes { id fullName status area
      residencies(first: 10, orderBy: { field: STARTS_ON, direction: DESC }) { nodes { id relation startsOn resident { id name } } }
      fees(first: 5, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { id number kind amount dueOn status } } } } }`,
    variables: ({ id }) => ({ building: encodeId('building', id ?? '') }),
    postgraphile: `query units($id: UUID!) { units: allUnitsList(first: 20, condition: { buildingId: $id }, orderBy: [FULL_NAME_ASC, ROW_ID_ASC]) { id: rowId fullName status area
      residencies: residenciesByOrganisationIdAndUnitIdList(first: 10, orderBy: [STARTS_ON_DESC, ROW_ID_DESC]) { id: rowId relation startsOn resident: residentByOrganisationIdAndResidentId { id: rowId name } }
      fees: feesByOrganisationIdAndCommunityIdAndUnitIdList(first: 5, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) { id: rowId number kind amount dueOn status } } }`,
    peers: all,
  },
  {
    name: 'page1000',
    title: 'the 1,000th page of the ticket list',
    samples: `with place as (select least(49950, count(*) * 9 / 10)::int as place from (select from ticket where organisation_id = $1 and status = 'CLOSED' limit 60000) c)
      select json_build_array('receivedAt:DESC', received_at::text, id)::text as after, (select place + 1 from place) as offset from ticket where organisation_id = $1 and status = 'CLOSED'
      order by received_at desc, id desc offset (select place from place) limit 1`,
    ours: `query page($after: String) { tickets(first: 50, after: $after, filter: { status: { eq: CLOSED } }, ${newest}) { nodes { ${listed} } } }`,
    variables: ({ after }) => ({ after: Buffer.from(after ?? '').toString('base64url') }),
    postgraphile: `query page($offset: Int!) { tickets: allTicketsList(first: 50, offset: $offset, condition: { status: "CLOSED" }, orderBy: [RECEIVED_AT_DESC, ROW_ID_DESC]) { ${listedByPostgraphile} } }`,
    peers: all,
  },
  {
    name: 'file',
    title: "a unit's whole file, its twelve parts (handbook U-3)",
    samples: 'select id from unit where organisation_id = $1 order by random() limit 30',
    ours: `query file($id: ID!) { unit(id: $id) { ${parts.join('\n      ')} } }`,
    variables: ({ id }) => ({ id: encodeId('unit', id ?? '') }),
    postgraphile: `query file($id: UUID!) { unit: unitByRowId(rowId: $id) { id: rowId fullName kind status area layout
      building: buildingByOrganisationIdAndCommunityIdAndBuildingId { id: rowId name }
      residencies: residenciesByOrganisationIdAndUnitIdList(first: 20, orderBy: [STARTS_ON_DESC, ROW_ID_DESC]) { id: rowId relation share startsOn endsOn resident: residentByOrganisationIdAndResidentId { id: rowId name specialCare emergencyName } }
      ${feesByPostgraphile('fees', '')}
      ${feesByPostgraphile('unpaid', 'condition: { status: "ISSUED" }, ')}
      payments: paymentsByOrganisationIdAndCommunityIdAndUnitIdList(first: 20, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) { id: rowId number method amount receivedAt }
      calls: callRecordsByOrganisationIdAndCommunityIdAndUnitIdList(first: 20, orderBy: [RING_AT_DESC, ROW_ID_DESC]) { id: rowId direction status ringAt }
      ${ticketsByPostgraphile('repairs', 'REPAIR_UNIT')}
      ${ticketsByPostgraphile('complaints', 'COMPLAINT')}
      ${ticketsByPostgraphile('defects', 'DEFECT')}
      renovationPermits: renovationPermitsByOrganisationIdAndCommunityIdAndBuildingIdAndUnitIdList(first: 10, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) { id: rowId number status papers }
      keys: keysByOrganisationIdAndCommunityIdAndBuildingIdAndUnitIdList(first: 20, orderBy: [NUMBER_ASC, ROW_ID_ASC]) { id: rowId number status }
      keyLoans: keyLoansByOrganisationIdAndCommunityIdAndBuildingIdAndUnitIdList(first: 20, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) { id: rowId status dueAt } } }`,
    peers: all,
    without: {
      postgraphile: [...figures, 'history', 'notices', 'phone', 'emergencyPhone', 'community'],
      naive: [...figures, 'phone', 'emergencyPhone'],
      sql: ['availableActions'],
    },
  },
  {
    name: 'home',
    title: "the home page's figures",
    samples: 'select $1::uuid as id',
    ours: `query home { open: tickets(first: 1, filter: { status: { in: ${open} } }) { totalCount totalCountPrecision }
      urgent: tickets(first: 1, filter: { status: { in: ${open} }, urgent: { eq: true } }) { totalCount totalCountPrecision }
      ${openStates.map((status) => `${status}: tickets(first: 1, filter: { status: { eq: ${status} } }) { totalCount totalCountPrecision }`).join(' ')}
      loans: keyLoans(first: 1, filter: { status: { eq: OUT } }) { totalCount totalCountPrecision }
      permits: renovationPermits(first: 1) { totalCount totalCountPrecision }
      unpaid: fees(first: 1, filter: { status: { eq: ISSUED } }) { totalCount totalCountPrecision }
      overdue: fees(first: 1, filter: { status: { eq: ISSUED }, dueOn: { lte: "2026-11-21" } }) { totalCount totalCountPrecision } }`,
    peers: ['naive', 'sql'],
  },
  {
    name: 'search',
    title: 'residents by pinyin initials',
    samples: `select regexp_replace(pinyin, '(\\S)\\S*\\s*', '\\1', 'g') as search from resident where organisation_id = $1 and pinyin like '% % %' order by random() limit 30`,
    ours: 'query search($search: String!) { residents(first: 10, filter: { search: $search }) { nodes { id name phone residencies(first: 3) { nodes { relation unit { id fullName } } } } } }',
    variables: ({ search }) => ({ search }),
    peers: ['naive', 'sql'],
    without: { naive: ['phone'] },
  },
];

/** Requests as they are sent in a round, the tenants mixed. */
export async function samplesOf(owner: pg.Pool, query: Query, tenants: readonly Tenant[]): Promise<Sample[]> {
  const perTenant = await Promise.all(
    tenants.map(async (tenant) => {
      const { rows } = await owner.query<Omit<Sample, 'tenant'>>(query.samples, [tenant.id]);
      return rows.map((row) => ({ tenant, ...row }));
    }),
  );
  const longest = Math.max(...perTenant.map((rows) => rows.length));
  return Array.from({ length: longest }, (_, at) => perTenant.flatMap((rows) => rows[at] ?? [])).flat();
}
