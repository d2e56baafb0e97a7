import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLScalarType,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type TypeNode,
  visit,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';

/** An operation ready to run any number of times. */
export interface Executable {
  run(
    context: unknown,
    variables: Record<string, unknown>,
    root?: unknown,
  ): Promise<ExecutionResult> | ExecutionResult;
}

const anything: NamedTypeNode = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'Coerced' } };
const isBoolean = (type: TypeNode): boolean =>
  type.kind === Kind.NON_NULL_TYPE
    ? isBoolean(type.type)
    : type.kind === Kind.NAMED_TYPE && type.name.value === 'Boolean';
const coerced = new GraphQLScalarType({ name: 'Coerced', parseValue: (value) => value });

/**
 * Compiles operations with graphql-jit. Its own code for variables never ends on input types that contain themselves
 * (every `…Filter` has `and`, `or` and `not`), so graphql-js coerces the variables first, and the operation is compiled
 * as if they were all of one scalar that takes what it is given.
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
    const untyped = visit(document, {
      VariableDefinition: (definition) => {
        if (isBoolean(definition.type)) return undefined; // @include and @skip insist on the type, and it coerces to itself
        const { defaultValue: _, ...rest } = definition;
        return { ...rest, type: anything };
      },
    });
    const compiled = compileQuery(this.#compileSchema, untyped, operationName, {
      customJSONSerializer: false,
    });
    return isCompiledQuery(compiled) ? this.#executable(operation, compiled) : undefined;
  }

  #executable(operation: OperationDefinitionNode, compiled: CompiledQuery): Executable {
    return {
      run: (context, variables, root) => {
        const values = getVariableValues(this.#schema, operation.variableDefinitions ?? [], variables, {
          maxErrors: 20,
        });
        return values.errors ? { errors: values.errors } : compiled.query(root, context, values.coerced);
      },
    };
  }
}
