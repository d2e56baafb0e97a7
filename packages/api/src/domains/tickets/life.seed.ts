import { expect } from 'vitest';
import { type Client, type TestOrganisation, unique } from '../../../test/harness/world.ts';
import { type Crew, crew } from './tickets.seed.ts';

export interface Staffed extends Crew {
  org: TestOrganisation;
  manager: Client;
}

export async function staffed(org: TestOrganisation, locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<Staffed> {
  return { org, ...(await crew(org, locale)), manager: await org.as('MANAGER', { locale }) };
}

/** A mutation that must succeed; answers its record. */
export async function done(by: Client, mutation: string, input: object, selection: string) {
  const payload = await by.mutate(mutation, input, selection);
  expect(payload.userErrors, mutation).toEqual([]);
  return payload[/^\w+/.exec(selection)?.[0] ?? ''];
}

/** The code and rule of a refusal. */
export async function refusal(
  by: Client,
  mutation: string,
  input: object,
  selection: string,
): Promise<string> {
  const payload = await by.mutate(mutation, input, selection);
  expect(payload.userErrors, mutation).toHaveLength(1);
  const [{ code, rule }] = payload.userErrors;
  return `${code} ${rule}`;
}

/** An entry of the catalogue. */
export const problem = (org: TestOrganisation, fields: object = {}) =>
  done(
    org.admin,
    'ticketProblemCreate',
    {
      ...{
        place: '户内',
        category: '给排水',
        name: unique('问题'),
        kinds: ['REPAIR_UNIT'],
        department: 'ENGINEERING',
      },
      ...fields,
    },
    'ticketProblem { id version path status urgent price }',
  );

/** One ticket with some of its fields. */
export async function look(by: Client, id: string, selection: string) {
  return (await by.query(`query($id: ID!) { ticket(id: $id) { ${selection} } }`, { id })).ticket;
}
