import type { Role } from '@desk/schema';
import { createStaff } from '../domains/staff/index.ts';
import { runAs, systemViewer } from '../platform/auth/system.ts';
import type { Clock } from '../platform/clock.ts';
import type { Services } from '../platform/context.ts';
import type { Engine } from '../platform/graphql/engine.ts';
import { contextFor } from '../platform/request.ts';
import { Viewer } from '../platform/viewer.ts';

export interface DemoTarget {
  engine: Engine;
  services: Services;
}

/** A record as the demo reads it back. */
export interface Made {
  id: string;
  version: number;
  [field: string]: unknown;
}

/**
 * Plays staff at their desks: each step is a GraphQL mutation of somebody with that role, at a moment of the past. So the
 * demo keeps every rule of the product, and its history reads like a real one.
 */
export class Player {
  readonly #viewers = new Map<Role, Viewer>();
  #now: Date;
  readonly clock: Clock = { now: () => new Date(this.#now) };

  constructor(
    readonly target: DemoTarget,
    readonly organisationId: string,
    start: Date,
  ) {
    this.#now = start;
  }

  get now(): Date {
    return this.#now;
  }

  /** Moves the clock; it never goes back before the present of the demo. */
  at(instant: Date): this {
    this.#now = instant;
    return this;
  }

  /** Enters a member of the staff; later steps of the role are theirs. */
  async staff(role: Role, name: string, email: string, passwordHash: string): Promise<void> {
    const { db } = this.target.services;
    const input = { name, email, password: 'replaced by its hash', assignments: [{ role }] };
    const member = await runAs(db, systemViewer(this.organisationId, 'demo'), this.clock, (tx) =>
      createStaff(tx, input, passwordHash),
    );
    const assignments = [{ role, communityId: null, buildingIds: null }];
    this.#viewers.set(
      role,
      new Viewer({ id: member.id, kind: 'STAFF', name }, this.organisationId, assignments),
    );
  }

  /** One mutation; a refusal is a mistake of the demo and stops it. */
  async do(role: Role, mutation: string, input: object, selection = ''): Promise<Made> {
    const inputType = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const entity = this.#entityOf(mutation);
    const source = `mutation($input: ${inputType}!) { ${mutation}(input: $input) { ${entity} { id version ${selection} } userErrors { code field message } } }`;
    const data = await this.#run(role, source, { input });
    const payload = data[mutation] as Record<string, Made | null> & { userErrors: object[] };
    const record = payload[entity];
    if (payload.userErrors.length > 0 || !record)
      throw new Error(`demo: ${mutation} ${JSON.stringify(input)}: ${JSON.stringify(payload.userErrors)}`);
    return record;
  }

  /** Reads as somebody with a role. */
  query(
    role: Role,
    source: string,
    variables: Record<string, unknown> = {},
  ): Promise<Record<string, unknown>> {
    return this.#run(role, source, variables);
  }

  #entityOf(mutation: string): string {
    const payload = this.target.engine.schema.getMutationType()?.getFields()[mutation]?.type;
    const type = payload && this.target.engine.schema.getType(String(payload).replace('!', ''));
    const fields = type && 'getFields' in type ? Object.keys(type.getFields()) : [];
    const entity = fields.find((field) => field !== 'userErrors' && mutation.startsWith(field));
    if (!entity) throw new Error(`demo: there is no mutation ${mutation}`);
    return entity;
  }

  async #run(
    role: Role,
    source: string,
    variables: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const viewer = this.#viewers.get(role);
    if (!viewer) throw new Error(`demo: nobody is ${role}`);
    const { engine, services } = this.target;
    const prepared = engine.prepare(source);
    if ('errors' in prepared)
      throw new Error(`demo: ${prepared.errors.map((error) => error.message).join('; ')} in ${source}`);
    const context = contextFor({ ...services, clock: this.clock }, { viewer, locale: 'zh-CN' });
    const { data, errors } = await engine.run(prepared.document, null, variables, context);
    if (errors || !data) throw new Error(`demo: ${JSON.stringify(errors)} in ${source}`);
    return data;
  }
}
