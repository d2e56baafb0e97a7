import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Role } from '@desk/schema';
import { TestClock } from '../../src/platform/clock.ts';
import { encodeId, newUuid } from '../../src/platform/ids.ts';
import { startTestApp, type TestApp } from './app.ts';

/** A GraphQL answer as a test reads it. */
// biome-ignore lint/suspicious/noExplicitAny: tests read answers of documents written beside them
type Data = any;
export interface Answer {
  status: number;
  data: Data;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string; rule?: string } }[];
}

export interface Client {
  /** UUID of the staff member or token behind it. */
  actorId: string;
  staffId: string;
  headers: Record<string, string>;
  /** Sends a document and answers everything. */
  send(query: string, variables?: object, headers?: Record<string, string>): Promise<Answer>;
  /** Sends a document and answers its data; fails on GraphQL errors. */
  query(query: string, variables?: object): Promise<Data>;
  /** Runs one mutation: `mutate('unitCreate', input, 'unit { id }')` answers its payload. */
  mutate(name: string, input: object, selection: string, headers?: Record<string, string>): Promise<Data>;
}

/** One property company, its people and places. Every test makes its own. */
export interface TestOrganisation {
  uuid: string;
  admin: Client;
  /** A new staff member with one role, everywhere or in one community or building. */
  as(
    role: Role,
    scope?: { community?: string; buildings?: string[]; locale?: 'zh-CN' | 'en' },
  ): Promise<Client>;
  community(fields?: object): Promise<{ id: string; code: string }>;
  /** A building in a community of its own unless one is given. */
  building(fields?: {
    community?: string;
    name?: string;
  }): Promise<{ id: string; community: { id: string } }>;
  unit(fields?: { building?: string; number?: string; area?: string; kind?: string }): Promise<{
    id: string;
    version: number;
    fullName: string;
    building: { id: string };
    community: { id: string };
  }>;
}

export interface World {
  app: TestApp;
  /** Real until `set`; `travel(ms)` goes into the future. Everything that asks for the time follows. */
  clock: TestClock;
  /** Does everything that is due of one job; answers how many effects it had. */
  runJob(name: string): Promise<number>;
  organisation(name?: string): Promise<TestOrganisation>;
  anonymous: Client;
  close(): Promise<void>;
}

export const secret = 'a secret for tests of at least 32 characters';
let counter = 0;
/** Texts that no other test uses. */
export const unique = (prefix: string): string =>
  `${prefix}${(counter += 1)}${randomBytes(2).toString('hex')}`;

/** An application with a database of its own, in which a test file's tests make organisations. */
export async function startWorld(env: Record<string, string> = {}, clock = new TestClock()): Promise<World> {
  const app = await startTestApp({ AUTH_SECRET: secret, ...env }, clock);
  return {
    app,
    clock,
    runJob: (name) => app.jobs.run(name),
    anonymous: client(app, '', {}),
    organisation: (name = unique('物业')) => makeOrganisation(app, name),
    close: () => app.close(),
  };
}

async function makeOrganisation(app: TestApp, name: string): Promise<TestOrganisation> {
  const uuid = newUuid();
  await app.db.owner.query('insert into organisation (id, name) values ($1, $2)', [uuid, name]);
  const as: TestOrganisation['as'] = async (role, { community, buildings, locale = 'zh-CN' } = {}) => {
    const { staffId, cookie } = await makeStaff(app, uuid, role, community, buildings);
    return client(app, staffId, { cookie, 'accept-language': locale });
  };
  const admin = await as('ADMINISTRATOR');
  const make = async (mutation: string, input: object, entity: string, selection: string) => {
    const payload = await admin.mutate(mutation, input, `${entity} { ${selection} }`);
    if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors));
    return payload[entity];
  };
  const community = (fields = {}) =>
    make('communityCreate', { code: unique('C'), name: unique('小区'), ...fields }, 'community', 'id code');
  const building: TestOrganisation['building'] = async (fields = {}) =>
    make(
      'buildingCreate',
      { name: unique('栋'), community: fields.community ?? (await community()).id, ...fields },
      'building',
      'id community { id }',
    );
  return {
    uuid,
    admin,
    as,
    community,
    building,
    unit: async (fields = {}) =>
      make(
        'unitCreate',
        { number: unique(''), area: '89.50', building: fields.building ?? (await building()).id, ...fields },
        'unit',
        'id version fullName building { id } community { id }',
      ),
  };
}

/** Signed in without hashing a password: the session row and its signed cookie are what a sign-in leaves behind. */
async function makeStaff(
  app: TestApp,
  organisation: string,
  role: Role,
  community?: string,
  buildings?: string[],
) {
  const { owner } = app.db;
  const [userId, staffId, assignmentId, token] = [
    newUuid(),
    newUuid(),
    newUuid(),
    randomBytes(16).toString('hex'),
  ];
  const email = `${unique('staff')}@example.test`;
  const toUuid = (id: string) => app.uuidOf(id);
  await owner.query('insert into auth_user (id, name, email) values ($1, $2, $3)', [userId, email, email]);
  await owner.query(
    `insert into auth_session (token, user_id, expires_at) values ($1, $2, now() + interval '1 day')`,
    [token, userId],
  );
  await owner.query(
    `insert into staff (organisation_id, id, version, created_at, updated_at, user_id, name, email, access)
     values ($1, $2, 1, now(), now(), $3, $4, $5, $6)`,
    [organisation, staffId, userId, unique('员工'), email, [role]],
  );
  await owner.query(
    'insert into role_assignment (organisation_id, id, staff_id, role, community_id, by_building) values ($1, $2, $3, $4, $5, $6)',
    [
      organisation,
      assignmentId,
      staffId,
      role,
      community ? toUuid(community) : null,
      buildings !== undefined,
    ],
  );
  for (const id of buildings ?? [])
    await owner.query('insert into role_assignment_building values ($1, $2, $3, $4)', [
      organisation,
      assignmentId,
      toUuid(community ?? ''),
      toUuid(id),
    ]);
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  const prefix = createHash('sha256').update(`cookie:${secret}`).digest('hex').slice(0, 8);
  return { staffId, cookie: `desk-${prefix}.session_token=${encodeURIComponent(`${token}.${signature}`)}` };
}

/** A client with any headers, for example a bearer token. */
export function client(app: TestApp, actorId: string, headers: Record<string, string>): Client {
  const send: Client['send'] = async (query, variables = {}, more = {}) => {
    const response = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers, ...more },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as Omit<Answer, 'status'>) };
  };
  const query: Client['query'] = async (document, variables) => {
    const { data, errors } = await send(document, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  return {
    actorId,
    staffId: actorId && encodeId('staff', actorId),
    headers,
    send,
    query,
    mutate: async (name, input, selection, more) => {
      const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
      const document = `mutation($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code field message rule } } }`;
      const { data, errors } = await send(document, { input }, more);
      if (errors) throw new Error(JSON.stringify(errors));
      return data[name];
    },
  };
}
