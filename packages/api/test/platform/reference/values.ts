import {
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  parseType,
  typeFromAST,
} from 'graphql';
import { encodeId, newUuid } from '../../../src/platform/ids.ts';
import type { Model } from '../../../src/platform/model.ts';
import type { Choice } from './choice.ts';
import { camel, shown, snake, type Tables } from './tables.ts';

/** Stands for the cursor of some record in an order; the test puts a real one in its place. */
export const cursorMark = /«([A-Za-z]+)\.([A-Za-z]+:(?:ASC|DESC))\.(\d+)»/g;

/** Random arguments: literals and variables, provided, defaulted or left out, that mostly hit what the tables hold. */
export class Values {
  readonly #provided: Record<string, unknown> = {};
  readonly #definitions: string[] = [];
  /** Whether variables may be declared and left out. */
  #mayOmit = true;

  constructor(
    readonly choice: Choice,
    readonly schema: GraphQLSchema,
    readonly tables: Tables,
    readonly features: Set<string>,
  ) {}

  /** The variables that a text uses; those of fragments that nobody spread are left out. */
  used(text: string): { definitions: string; variables: Record<string, unknown> } {
    const names = new Set(text.match(/\$v\d+/g));
    const definitions = this.#definitions.filter((definition) =>
      names.has(definition.split(':', 1)[0] ?? ''),
    );
    const variables = Object.fromEntries(
      Object.entries(this.#provided).filter(([name]) => names.has(`$${name}`)),
    );
    return { definitions: definitions.length > 0 ? `(${definitions.join(', ')})` : '', variables };
  }

  /** A value at a place of the type, as a literal or through a variable. */
  input(typeText: string, value: unknown): string {
    const type = typeFromAST(this.schema, parseType(typeText) as never) as GraphQLInputType;
    return this.#at(type, value);
  }

  #at(type: GraphQLInputType, value: unknown): string {
    const { choice } = this;
    if (choice.chance(0.2)) return this.#variable(type, value);
    const bare = getNullableType(type) as GraphQLInputType;
    if (value === null || value === undefined) return 'null';
    if (isListType(bare) && Array.isArray(value))
      return `[${value.map((one) => this.#at(bare.ofType, one)).join(', ')}]`;
    if (isInputObjectType(bare)) return this.#object(bare, value as Record<string, unknown>);
    return isEnumType(bare) ? String(value) : JSON.stringify(value);
  }

  #object(type: GraphQLInputObjectType, value: Record<string, unknown>): string {
    const fields = type.getFields();
    const parts = Object.entries(value).flatMap(([name, inner]) =>
      fields[name] && inner !== undefined ? [`${name}: ${this.#at(fields[name].type, inner)}`] : [],
    );
    return `{ ${parts.join(', ')} }`;
  }

  #variable(type: GraphQLInputType, value: unknown): string {
    const { choice } = this;
    const name = `v${this.#definitions.length}`;
    this.features.add('variable');
    const nullable = this.#mayOmit && !String(type).endsWith('!');
    const way = choice.below(10);
    if (nullable && way === 0) {
      this.#definitions.push(`$${name}: ${type}`); // declared, and left out
      this.features.add('absent variable');
    } else if (way === 1 && typeof value !== 'object') {
      const literal = isEnumType(getNullableType(type)) ? String(value) : JSON.stringify(value);
      this.#definitions.push(`$${name}: ${type} = ${literal}`);
      this.features.add('default');
    } else {
      this.#definitions.push(`$${name}: ${type}`);
      this.#provided[name] = value;
    }
    return `$${name}`;
  }

  /** An id that is mostly one of the model's, sometimes another's, of nobody, or no id at all. */
  id(model: Model): string {
    const { choice } = this;
    const { type, idPrefix } = model.descriptor;
    const rows = this.tables.rows(type);
    const way = choice.below(20);
    if (way === 0)
      return choice.pick(['', 'ticket', `${idPrefix}_`, `${idPrefix}_zzzzzzzzzzzzzzzzzzzzzzzzzz`, '💧']);
    if (way === 1 || rows.length === 0) return encodeId(idPrefix, newUuid());
    if (way === 2) return encodeId(choice.pick(['unit', 'ticket']), choice.pick(rows).id ?? '');
    return encodeId(idPrefix, choice.pick(rows).id ?? '');
  }

  pageArgs(
    field: GraphQLField<unknown, unknown>,
    model: Model | undefined,
    hidden: ReadonlySet<string>,
  ): string {
    const { choice } = this;
    const type = (name: string) => String(field.args.find((arg) => arg.name === name)?.type);
    const args: string[] = [];
    const add = (name: string, value: unknown) => args.push(`${name}: ${this.input(type(name), value)}`);
    const size = choice.chance(0.03) ? 100 : choice.chance(0.1) ? 1 : 2 + choice.below(6);
    const way = choice.below(10);
    if (way < 6) add('first', size);
    else if (way < 9) add('last', size);
    if (way === 4) args.push('last: null');
    let order = model
      ? `${model.descriptor.defaultSort.field}:${model.descriptor.defaultSort.direction}`
      : 'id:DESC';
    if (model && choice.chance(0.35)) {
      const fields = this.#orderFields(type('orderBy')).filter((name) => !hidden.has(camel(name)));
      const name = choice.chance(0.9) ? choice.pick(fields) : undefined;
      const direction = choice.pick(['ASC', 'DESC', undefined]);
      this.#mayOmit = false; // cursors belong to the order that is meant here
      add('orderBy', { ...(name && { field: name }), ...(direction && { direction }) });
      this.#mayOmit = true;
      order = `${name ? camel(name) : model.descriptor.defaultSort.field}:${direction ?? 'ASC'}`;
      this.features.add('orderBy');
    }
    if (model && choice.chance(0.35)) {
      add('filter', this.#filter(model, type('filter'), hidden, 2));
      this.features.add('filter');
    }
    for (const name of ['after', 'before'])
      if (choice.chance(0.15)) {
        add(name, `«${model?.descriptor.type ?? 'HistoryEntry'}.${order}.${choice.below(100)}»`);
        this.features.add(name);
      }
    if (way >= 6 && way < 9) this.features.add('last');
    return args.join(', ');
  }

  #orderFields(orderType: string): string[] {
    const type = this.schema.getType(orderType) as GraphQLInputObjectType;
    const field = getNamedType(type.getFields().field?.type as GraphQLInputType);
    return isEnumType(field) ? field.getValues().map((value) => value.name) : [];
  }

  #filter(
    model: Model,
    filterType: string,
    hidden: ReadonlySet<string>,
    depth: number,
  ): Record<string, unknown> {
    const { choice } = this;
    const type = this.schema.getType(filterType) as GraphQLInputObjectType;
    const names = Object.keys(type.getFields()).filter((name) => !hidden.has(name));
    const filter: Record<string, unknown> = {};
    for (let count = 1 + choice.below(2); count > 0; count -= 1) {
      const name = choice.pick(names);
      const inner = () => this.#filter(model, filterType, hidden, depth - 1);
      if (name === 'not') filter.not = depth > 0 ? inner() : null;
      else if (name === 'and' || name === 'or')
        filter[name] = depth > 0 ? Array.from({ length: choice.below(3) }, inner) : [];
      else if (name === 'search') filter.search = this.#words(model);
      else filter[name] = this.#condition(model, name, type);
    }
    return filter;
  }

  #words(model: Model): string {
    const { choice } = this;
    const texts = this.tables.rows(model.descriptor.type).map((row) => row.search_text ?? '');
    const text = texts.length > 0 ? choice.pick(texts) : 'nothing';
    const part = () => {
      const at = choice.below(Math.max(1, text.length));
      return text.slice(at, at + 1 + choice.below(4));
    };
    return choice.pick([part(), `${part()} ${part()}`, '', '%', part().toUpperCase(), '没有的']);
  }

  #condition(model: Model, name: string, filter: GraphQLInputObjectType): Record<string, unknown> {
    const { choice } = this;
    const type = getNamedType(filter.getFields()[name]?.type as GraphQLInputType) as GraphQLInputObjectType;
    const operators = Object.keys(type.getFields());
    const condition: Record<string, unknown> = {};
    for (let count = 1 + choice.below(2); count > 0; count -= 1) {
      const operator = choice.pick(operators);
      const one = () => this.#sample(model, name);
      if (operator === 'isNull') condition.isNull = choice.pick([true, false, null]);
      else if (operator === 'in' || operator === 'notIn')
        condition[operator] = Array.from({ length: choice.below(4) }, one).filter((value) => value !== null);
      else if (operator === 'contains' || operator === 'startsWith')
        condition[operator] = this.#piece(String(one() ?? ''), operator);
      else condition[operator] = choice.chance(0.05) ? null : one();
    }
    return condition;
  }

  #piece(text: string, operator: string): string {
    const from = operator === 'startsWith' ? 0 : this.choice.below(Math.max(1, text.length));
    return this.choice.pick([text.slice(from, from + 1 + this.choice.below(3)), '%', '_', '\\', '']);
  }

  /** A value that some row has in the field, or null. */
  #sample(model: Model, name: string): unknown {
    const { choice } = this;
    const rows = this.tables.rows(model.descriptor.type);
    const reference = model.references.get(name);
    if (reference) {
      const target = [...this.tables.models.values()].find(({ entity }) => entity === reference.target());
      const id = rows.length > 0 ? choice.pick(rows)[`${snake(name)}_id`] : null;
      return target ? (id ? encodeId(target.descriptor.idPrefix, id) : this.id(target)) : null;
    }
    return rows.length > 0 ? shown(model, name, choice.pick(rows)) : null;
  }
}
