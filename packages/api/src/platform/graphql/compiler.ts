import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLScalarType,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type NamedTypeNode,
  visit,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import { conditionVariables, decided } from './conditions.ts';

/** An operation ready to run any number of times. */
export interface Executable {
  run(
    context: unknown,
    variables: Record<string, unknown>,
    root?: unknown,
  ): Promise<ExecutionResult> | ExecutionResult;
}

/** Combinations of @include and @skip that are compiled of one operation; further ones are left to graphql-js. */
const mostVariants = 32;

const anything: NamedTypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'Coerced' } };
const coerced = new GraphQLScalarType({ name: 'Coerced', parseValue: (value) => value });

/**
 * Compiles operations with graphql-jit, around two of its faults:
 * - Its own code for variables never ends on input types that contain themselves (every `…Filter` has `and`, `or` and
 *   `not`), so graphql-js coerces the variables first, and the operation is compiled as if they were all of one scalar
 *   that takes what it is given.
 * - It mixes up the conditions of a field that a document selects twice (`id @include(if: $a) id`, or one fragment spread
 *   under two conditions), so @include and @skip are decided first, and each outcome is compiled by itself.
 */
export class Compiler {
  readonly #schema: GraphQLSchema;
  readonly #compileSchema: GraphQLSchema;

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
    const getType = (name: string) => (name === coerced.name ? coerced : schema.getType(name));
    this.#compileSchema = Object.create(schema, { getType: { value: getType } });
  }

  /** The executable of an operation; undefined when it cannot be compiled, and graphql-js has to execute it. */
  compile(document: DocumentNode, operationName: string | undefined): Executable | undefined {
    const operation = getOperationAST(document, operationName);
    if (!operation) return undefined;
    const conditions = conditionVariables(document);
    const whole = conditions ? undefined : this.#compiled(document, operationName);
    if (!conditions && !whole) return undefined;
    const variants = new Map<string, CompiledQuery | undefined>();
    const variantFor = (values: Record<string, unknown>): CompiledQuery | undefined => {
      const key = (conditions ?? []).map((name) => (values[name] === true ? '1' : '0')).join('');
      if (!variants.has(key) && variants.size < mostVariants)
        variants.set(key, this.#compiled(decided(document, values), operationName));
      return variants.get(key);
    };
    return {
      run: (context, variables, root) => {
        const given = getVariableValues(this.#schema, operation.variableDefinitions ?? [], variables, {
          maxErrors: 20,
        });
        if (given.errors) return { errors: given.errors };
        const compiled = whole ?? variantFor(given.coerced);
        if (compiled) return compiled.query(root, context, given.coerced);
        const plain = { schema: this.#schema, document, operationName, variableValues: variables };
        return execute({ ...plain, contextValue: context, rootValue: root });
      },
    };
  }

  #compiled(document: DocumentNode, operationName: string | undefined): CompiledQuery | undefined {
    const untyped = visit(document, {
      VariableDefinition: ({ defaultValue: _, ...definition }) => ({ ...definition, type: anything }),
    });
    const compiled = compileQuery(this.#compileSchema, untyped, operationName, {
      customJSONSerializer: false,
    });
    return isCompiledQuery(compiled) ? compiled : undefined;
  }
}
