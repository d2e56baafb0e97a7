import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { Logger } from 'pino';
import type { Context } from '../context.ts';
import { Compiler, type Executable } from './compiler.ts';
import { presentError } from './errors.ts';
import { assertAffordable, limitRules, limits } from './limits.ts';

/** Documents that are kept with what was made of them; the one that was asked for longest ago gives way. */
const mostDocuments = 1_000;

/** Executes documents, compiled from the second time on; used by HTTP and by the socket. */
export class Engine {
  readonly #executed = new WeakSet<DocumentNode>();
  readonly #executables = new WeakMap<DocumentNode, Map<string, Executable | undefined>>();
  readonly #compiler: Compiler;
  readonly #documents = new Map<string, DocumentNode>();

  constructor(
    readonly schema: GraphQLSchema,
    readonly log: Logger,
  ) {
    this.#compiler = new Compiler(schema);
  }

  /** Parses and validates within the limits; validated documents are kept. */
  prepare(source: string): { document: DocumentNode } | { errors: readonly GraphQLError[] } {
    const known = this.#documents.get(source);
    if (known) {
      this.#keep(source, known);
      return { document: known };
    }
    try {
      const document = parse(source, { maxTokens: limits.tokens });
      const errors = validate(this.schema, document, [...specifiedRules, ...limitRules], { maxErrors: 20 });
      if (errors.length > 0)
        return { errors: errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) };
      this.#keep(source, document);
      return { document };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [withCode(error, 'GRAPHQL_PARSE_FAILED')] };
      throw error;
    }
  }

  /** As the newest; maps keep the order in which their keys were set. */
  #keep(source: string, document: DocumentNode): void {
    this.#documents.delete(source);
    this.#documents.set(source, document);
    const [oldest] = this.#documents.keys();
    if (this.#documents.size > mostDocuments && oldest !== undefined) this.#documents.delete(oldest);
  }

  /** Executes one query or mutation; errors come out as callers may see them. */
  async run(
    document: DocumentNode,
    operationName: string | null | undefined,
    variables: Record<string, unknown>,
    context: Context,
  ): Promise<{ data?: Record<string, unknown> | null; errors?: GraphQLFormattedError[] }> {
    let result: ExecutionResult;
    try {
      assertAffordable(this.schema, document, operationName, variables);
      result = await this.execute(document, operationName, variables, context);
    } catch (error) {
      return { errors: [presentError(error, context.locale, this.log)] };
    }
    const { data, errors } = result;
    return {
      ...(data !== undefined && { data: data as Record<string, unknown> | null }),
      ...(errors?.length && { errors: errors.map((error) => presentError(error, context.locale, this.log)) }),
    };
  }

  /** Executes an operation once; of a subscription, one event (`root`). */
  async execute(
    document: DocumentNode,
    operationName: string | null | undefined,
    variables: Record<string, unknown>,
    context: Context,
    root?: unknown,
  ): Promise<ExecutionResult> {
    // Who writes ids and dates into documents never sends one twice, and to compile it takes ten times as long as to execute it.
    const executable = this.#executed.has(document) && this.executable(document, operationName);
    this.#executed.add(document);
    if (executable) return executable.run(context, variables, root);
    return execute({
      schema: this.schema,
      document,
      operationName: operationName ?? null,
      rootValue: root,
      variableValues: variables,
      contextValue: context,
    });
  }

  /** The compiled form of an operation; undefined when it cannot be compiled (then graphql-js executes it). */
  executable(document: DocumentNode, operationName: string | null | undefined): Executable | undefined {
    let byName = this.#executables.get(document);
    if (!byName) this.#executables.set(document, (byName = new Map()));
    const name = operationName ?? '';
    if (!byName.has(name)) byName.set(name, this.#compiler.compile(document, operationName ?? undefined));
    return byName.get(name);
  }
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  error.extensions.code ??= code;
  return error;
}
