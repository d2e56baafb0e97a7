import { GraphQLError } from 'graphql';
import { type ColumnField, kinds, type Model } from '../model.ts';
import type { Plan } from './plan.ts';

export interface OrderBy {
  field: string;
  direction: 'ASC' | 'DESC';
}

/** Where a cursor stands: the order it belongs to, the sort value as the database prints it, and the row's UUID. */
interface Position {
  order: string;
  value: unknown;
  id: string;
}

/** A total order over a model's rows, keyset conditions in it, and its cursors. Nulls come last; the id breaks ties. */
export class Order {
  readonly #column: ColumnField;
  readonly #name: string;

  constructor(
    readonly model: Model,
    readonly alias: string,
    readonly by: OrderBy,
  ) {
    const column = model.columns.get(by.field);
    if (!column) throw new Error(`${model.descriptor.type} cannot be sorted by ${by.field}`);
    this.#column = column;
    this.#name = `${by.field}:${by.direction}`;
  }

  get sortSql(): string {
    return `${this.alias}.${this.#column.column}`;
  }

  orderSql(backward: boolean): string {
    const direction = (this.by.direction === 'ASC') !== backward ? 'asc' : 'desc';
    const nulls = this.#column.nullable ? ` nulls ${backward ? 'first' : 'last'}` : '';
    const id = `${this.alias}.id ${direction}`;
    return this.#column.kind === 'uuid'
      ? `order by ${id}`
      : `order by ${this.sortSql} ${direction}${nulls}, ${id}`;
  }

  cursor(value: unknown, id: string): string {
    return Buffer.from(JSON.stringify([this.#name, value, id])).toString('base64url');
  }

  /**
   * Rows strictly behind (or, with `before`, ahead of) a cursor, as conditions of which each finds its rows in the index of
   * the order: those that have a value and those that have none lie apart.
   */
  beyondSql(plan: Plan, cursor: string, before: boolean): string[] {
    const position = this.#read(cursor, before ? 'before' : 'after');
    const comparison = (this.by.direction === 'ASC') !== before ? '>' : '<';
    const id = plan.params.add(position.id, 'uuid');
    const beyondId = `${this.alias}.id ${comparison} ${id}`;
    if (this.#column.kind === 'uuid') return [beyondId];
    if (position.value === null)
      return [`${this.sortSql} is null and ${beyondId}`, ...(before ? [`${this.sortSql} is not null`] : [])];
    const value = plan.params.add(position.value, kinds[this.#column.kind].sql);
    return [
      `(${this.sortSql}, ${this.alias}.id) ${comparison} (${value}, ${id})`,
      ...(this.#column.nullable && !before ? [`${this.sortSql} is null`] : []),
    ];
  }

  /** How `search_rows` sorts what it finds: the column, whether downwards, whether rows without a value come first. */
  searchedSql(backward: boolean): string {
    const descending = (this.by.direction === 'DESC') !== backward;
    return `'${this.#column.column}', ${descending}, ${backward}`;
  }

  #read(cursor: string, argument: string): Position {
    const wrong = () =>
      new GraphQLError(
        `${argument}: not a cursor of this connection in this order; use a cursor from the same query`,
        {
          extensions: { code: 'BAD_USER_INPUT' },
        },
      );
    try {
      const [order, value, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
      const scalar = value === null || ['string', 'number', 'boolean'].includes(typeof value);
      if (order !== this.#name || !scalar || typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id))
        throw wrong();
      return { order: this.#name, value, id };
    } catch {
      throw wrong();
    }
  }
}
