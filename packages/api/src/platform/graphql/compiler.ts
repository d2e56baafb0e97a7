import { setFlagsFromString } from 'node:v8';
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
  type VariableDefinitionNode,
  visit,
} from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import { conditionVariables, decided } from './conditions.ts';
import { liftedValues, liftLiterals } from './literals.ts';

// V8 keeps the text of every function that was ever made from text, 24 KB an operation, until the heap is full.
setFlagsFromString('--no-compilation-cache');

/** An operation ready to run any number of times. */
export interface Executable {
  run(context: unknown, variables: Record<string, unknown>, root?: unknown): Answer;
}
type Answer = Promise<ExecutionResult> | ExecutionResult;

/** A compiled operation; undefined when the variables do not fit, and graphql-js has to say why. */
type Compiled = (root: unknown, context: unknown, variables: Record<string, unknown>) => Answer | undefined;

/** Combinations of @include and @skip that are compiled of one operation; further ones are left to graphql-js. */
const mostVariants = 32;

const anything: NamedTypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'Coerced' } };
const coerced = new GraphQLScalarType({ name: 'Coerced', parseValue: (value) => value });
const definitionOf = (name: string): VariableDefinitionNode => ({
  kind: Kind.VARIABLE_DEFINITION,
  variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } },
  type: anything,
});

/**
 * Compiles operations with graphql-jit, around three of its faults:
 * - Its own code for variables never ends on input types that contain themselves (every `…Filter` has `and`, `or` and
 *   `not`), so graphql-js coerces the variables first, and the operation is compiled as if they were all of one scalar
 *   that takes what it is given.
 * - A variable that is left out inside a literal (`input: { note: $note }`) becomes null, which empties a field that
 *   should stay as it is: graphql-js makes the value of such literals too.
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
    const variants = new Map<string, Compiled | undefined>();
    const variantFor = (values: Record<string, unknown>): Compiled | undefined => {
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
        const plain = { schema: this.#schema, document, operationName, variableValues: variables };
        return (
          compiled?.(root, context, given.coerced) ??
          execute({ ...plain, contextValue: context, rootValue: root })
        );
      },
    };
  }

  #compiled(decidedDocument: DocumentNode, operationName: string | undefined): Compiled | undefined {
    const { document, lifted } = liftLiterals(this.#schema, decidedDocument);
    const untyped = visit(document, {
      OperationDefinition: {
        leave: ({ variableDefinitions = [], ...operation }) => {
          const names = [
            ...variableDefinitions.map(({ variable }) => variable.name.value),
            ...lifted.map(({ name }) => name),
          ];
          return { ...operation, variableDefinitions: names.map(definitionOf) };
        },
      },
    });
    const compiled = compileQuery(this.#compileSchema, untyped, operationName, {
      customJSONSerializer: false,
      // Its check of a leaf makes three arrays for each field of each row, a quarter of what a list allocates. What we answer for
      // enums and the scalars of the specification is typed by its column already; other scalars are still serialized.
      disableLeafSerialization: true,
    });
    if (!isCompiledQuery(compiled)) return undefined;
    return (root, context, variables) => {
      const values = liftedValues(lifted, variables);
      return values && compiled.query(root, context, values);
    };
  }
}
