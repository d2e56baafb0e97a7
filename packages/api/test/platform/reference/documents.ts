import { type Assignment, hiddenFields } from '@desk/schema';
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import type { Model } from '../../../src/platform/model.ts';
import type { Choice, Document } from './choice.ts';
import { type Field, fieldGroups, nodeType } from './fields.ts';
import { Fragments, type Head } from './fragments.ts';
import { mayReadSome, type Tables } from './tables.ts';
import { Values } from './values.ts';

/** Writes random documents over the real SDL for a viewer: everything that a client could write and our limits allow. */
export class Writer {
  readonly #values: Values;
  readonly #features = new Set<string>();
  readonly #fragments = new Fragments();
  /** Types that the document likes, so that its fragments fit in several places. */
  readonly #favourites: Model[] = [];
  #heads: Head[] = [];
  #used = new Set<string>();
  #aliases = 0;
  #forbidden = false;
  #budget = 60;

  constructor(
    readonly choice: Choice,
    readonly schema: GraphQLSchema,
    readonly tables: Tables,
    readonly assignments: readonly Assignment[],
  ) {
    this.#values = new Values(choice, schema, tables, this.#features);
  }

  document(): Document {
    const { choice } = this;
    for (let count = 0; count < 3; count += 1) this.#favourites.push(this.#model());
    for (let count = choice.below(4); count > 0; count -= 1) this.#fragment();
    this.#budget = 60;
    const roots = Array.from({ length: 1 + choice.below(3) }, () => this.#root());
    const [twice] = this.#fragments.withHeads();
    if (twice && choice.chance(0.5)) roots.push(this.#twice(twice));
    const body = [`{ ${roots.join(' ')} }`, ...this.#fragments.texts(this.#used)].join('\n');
    const { definitions, variables } = this.#values.used(body);
    return {
      source: `query Random${definitions} ${body}`,
      variables,
      forbidden: this.#forbidden,
      features: this.#features,
    };
  }

  /** The same records twice, through the same fragment: once as it is, once with more selected of its list. */
  #twice({ name, type, head }: { name: string; type: string; head: Head }): string {
    this.#used.add(name);
    this.#features.add('merged fragment');
    const list = this.tables.models.get(type)?.descriptor.name ?? '';
    const [plain, more] = [this.#alias(list), this.#alias(list)];
    return `${plain}: ${list}(first: 2) { nodes { ...${name} } } ${more}: ${list}(first: 2) { nodes { ...${name} ${head.text} { ${this.#connectionBody(head.type, 1)} } } }`;
  }

  #fragment(): void {
    const model = this.#model();
    const name = this.#fragments.nextName();
    const outer = this.#used;
    this.#used = new Set();
    this.#heads = [];
    this.#budget = 20;
    const type = this.#typeOf(model);
    const text = `fragment ${name} on ${type.name} { ${this.#record(type, 1)} ${this.choice.chance(0.7) ? this.#list(type, model) : ''} }`;
    this.#fragments.add(name, { type: type.name, text, uses: this.#used, heads: this.#heads });
    this.#used = outer;
  }

  #model(): Model {
    if (this.#favourites.length === 3 && this.choice.chance(0.7)) return this.choice.pick(this.#favourites);
    const models = [...this.tables.models.values()];
    const open = models.filter((model) => this.#mayRead(model));
    return this.choice.pick(open.length > 0 && !this.choice.chance(0.01) ? open : models);
  }

  #typeOf(model: Model): GraphQLObjectType {
    if (!this.#mayRead(model)) this.#forbidden = true;
    return this.schema.getType(model.descriptor.type) as GraphQLObjectType;
  }

  #mayRead({ descriptor }: Model): boolean {
    return mayReadSome(this.assignments, descriptor);
  }

  #root(): string {
    const { choice } = this;
    const query = this.schema.getQueryType()?.getFields() ?? {};
    const way = choice.below(10);
    if (way < 2) return this.#nodes(query, way === 0);
    const model = this.#model();
    const type = this.#typeOf(model);
    const { name, resource } = model.descriptor;
    if (way < 4) {
      const id = this.#values.input('ID!', this.#values.id(model));
      return `${this.#alias(resource)}: ${resource}(id: ${id})${this.#directive()} { ${this.#record(type, 3)} }`;
    }
    return this.#connection(query[name] as Field, model, 3, true);
  }

  #nodes(query: Record<string, Field>, single: boolean): string {
    const { choice } = this;
    const models = Array.from({ length: 1 + choice.below(3) }, () => this.#model());
    const inner = models.map((model) => {
      const type = this.#typeOf(model);
      // Response keys of different types may not clash; aliases keep them apart.
      return `... on ${type.name}${this.#directive()} { ${this.#record(type, 2, true)} }`;
    });
    if (choice.chance(0.5)) inner.push('id');
    if (choice.chance(0.3)) inner.push('... on Node { id __typename }');
    this.#features.add(single ? 'node' : 'nodes');
    const ids = Array.from({ length: choice.below(6) }, () =>
      this.#values.id(choice.chance(0.8) ? choice.pick(models) : this.#model()),
    );
    const args = single
      ? `id: ${this.#values.input('ID!', ids[0] ?? 'nothing')}`
      : `ids: ${this.#values.input(String(query.nodes?.args[0]?.type), ids)}`;
    return `${this.#alias('n')}: ${single ? 'node' : 'nodes'}(${args}) { ${inner.join(' ')} }`;
  }

  /** A connection field with random arguments and selection. */
  #connection(
    field: Field,
    model: Model | undefined,
    depth: number,
    aliased = this.choice.chance(0.6),
  ): string {
    const head = this.#head(field, model, aliased);
    return `${head.text} { ${this.#connectionBody(head.type, depth)} }`;
  }

  #head(field: Field, model: Model | undefined, aliased: boolean): Head {
    const args = this.#values.pageArgs(field, model, hiddenFields(model?.descriptor ?? {}, this.assignments));
    // The same list unaliased with other arguments would clash.
    const alias = aliased || args !== '' ? `${this.#alias(field.name)}: ` : '';
    return {
      text: `${alias}${field.name}${args && `(${args})`}`,
      type: getNamedType(field.type) as GraphQLObjectType,
    };
  }

  #connectionBody(type: GraphQLObjectType, depth: number): string {
    const { choice } = this;
    const node = nodeType(type);
    const parts: string[] = [];
    const record = () => (node.name === 'HistoryEntry' ? this.#entry() : this.#record(node, depth - 1));
    if (choice.chance(0.7)) parts.push(`nodes${this.#directive()} { ${record()} }`);
    if (choice.chance(0.35)) parts.push(`edges { cursor node { ${record()} } }`);
    if (choice.chance(0.15)) parts.push(`${this.#alias('e')}: edges { node { ${record()} } }`);
    if (choice.chance(0.4))
      parts.push(`pageInfo${this.#directive()} { hasNextPage hasPreviousPage startCursor endCursor }`);
    if (type.getFields().totalCount && choice.chance(0.4))
      parts.push(`totalCount${this.#directive()}`, 'totalCountPrecision');
    if (parts.length === 0) parts.push('__typename');
    return choice.chance(0.1)
      ? `... on ${type.name}${this.#directive()} { ${parts.join(' ')} } pageInfo { hasNextPage }`
      : parts.join(' ');
  }

  #entry(): string {
    this.#features.add('history');
    return 'id type at reason actor { id name kind } changes { field from to }';
  }

  /** What is selected of a record: at least one field, and any number of fragments, repetitions and nested lists. */
  #record(type: GraphQLObjectType, depth: number, aliasAll = false): string {
    const { choice } = this;
    const model = this.tables.models.get(type.name);
    const hidden = hiddenFields(model?.descriptor ?? {}, this.assignments);
    const parts: string[] = [];
    for (let count = 1 + choice.below(4); count > 0 && this.#budget > 0; count -= 1) {
      this.#budget -= 1;
      parts.push(this.#part(type, model, hidden, depth, aliasAll));
    }
    return parts.filter(Boolean).join(' ') || '__typename';
  }

  #part(
    type: GraphQLObjectType,
    model: Model | undefined,
    hidden: ReadonlySet<string>,
    depth: number,
    aliasAll: boolean,
  ): string {
    const { choice } = this;
    const way = choice.below(100);
    if (way < 8 && depth > 0 && !aliasAll)
      return `... ${choice.chance(0.7) ? `on ${type.name}` : ''}${this.#inline(type, depth)}`;
    if (!aliasAll && choice.chance(0.3) && this.#fragments.on(type.name).length > 0)
      return this.#spread(type);
    if (way < 11) return '__typename';
    const open = (fields: Field[]) => fields.filter(({ name }) => !hidden.has(name) || choice.chance(0.02));
    const groups = fieldGroups(type, model);
    // What a computed field needs may be hidden; histories have a right of their own.
    if (hidden.size > 0) groups.computed = [];
    if (!model || !mayReadSome(this.assignments, { resource: 'history', scope: model.descriptor.scope }))
      groups.history = [];
    const wanted =
      way < 38 && depth > 0
        ? groups.list
        : way < 42 && depth > 0
          ? groups.history
          : way < 65 && depth > 0
            ? groups.one
            : way < 69
              ? groups.computed
              : groups.plain;
    const offered = open(wanted);
    const field = choice.pick(
      offered.length > 0 ? offered : groups.plain.filter(({ name }) => !hidden.has(name)),
    );
    if (hidden.has(field.name)) this.#forbidden = true;
    return this.#select(field, model, depth, aliasAll);
  }

  /** A list at the top of a fragment, which the places that spread it may select more of. */
  #list(type: GraphQLObjectType, model: Model): string {
    const lists = fieldGroups(type, model).list;
    if (lists.length === 0) return '';
    const field = this.choice.pick(lists);
    const child = this.tables.models.get(getNamedType(field.type).name.replace(/Connection$/, ''));
    if (!child || !this.#mayRead(child)) return '';
    const head = this.#head(field, child, true);
    this.#heads.push(head);
    return `${head.text} { ${this.#connectionBody(head.type, 1)} }`;
  }

  #inline(type: GraphQLObjectType, depth: number): string {
    this.#features.add('inline fragment');
    return `${this.#directive()} { ${this.#record(type, depth - 1)} }`;
  }

  #spread(type: GraphQLObjectType): string {
    const name = this.choice.pick(this.#fragments.on(type.name));
    this.#used.add(name);
    this.#features.add('fragment');
    const spread = `...${name}${this.#directive()}`;
    const [head] = this.#fragments.heads(name);
    if (!head || !this.choice.chance(0.4)) return spread;
    this.#features.add('merged fragment');
    return `${spread} ${head.text} { ${this.#connectionBody(head.type, 1)} }`;
  }

  #select(field: Field, model: Model | undefined, depth: number, aliasAll: boolean): string {
    const { choice } = this;
    const named = getNamedType(field.type);
    if (named.name.endsWith('Connection')) {
      const child = this.tables.models.get(named.name.replace(/Connection$/, ''));
      if (child) this.#typeOf(child);
      const head = this.#head(field, child, aliasAll || choice.chance(0.6));
      const once = () => `${head.text}${this.#directive()} { ${this.#connectionBody(head.type, depth)} }`;
      if (!choice.chance(0.2)) return once();
      this.#features.add('merged list');
      return `${once()} ${once()}`; // the same occurrence written twice: one list, both selections
    }
    const alias = aliasAll || choice.chance(0.25) ? `${this.#alias(field.name)}: ` : '';
    if (alias) this.#features.add('alias');
    if (model?.references.has(field.name) && isObjectType(named)) {
      const target = this.tables.models.get(named.name);
      if (target && !this.#mayRead(target)) {
        if (!choice.chance(0.05)) return 'id';
        this.#forbidden = true;
      }
      return `${alias}${field.name}${this.#directive()} { ${this.#record(named, depth - 1)} }`;
    }
    if (named.name === 'ActionState') return `${alias}${field.name} { action allowed code reason rule }`;
    return `${alias}${field.name}${this.#directive()}`;
  }

  #directive(): string {
    const { choice } = this;
    if (!choice.chance(0.12)) return '';
    const name = choice.pick(['include', 'skip']);
    this.#features.add(name);
    return ` @${name}(if: ${this.#values.input('Boolean!', choice.chance(0.5))})`;
  }

  #alias(name: string): string {
    this.#aliases += 1;
    return `${name.slice(0, 12)}${this.#aliases}`;
  }
}
