import {
  type ASTVisitor,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  Kind,
  MaxIntrospectionDepthRule,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
  type ValueNode,
  visit,
} from 'graphql';
import { defaultPage, largestPage } from '../read/connection.ts';

/** What a document may ask at most. The console's largest document uses about a third of each. */
export const limits = {
  tokens: 2_000,
  depth: 14,
  aliases: 60,
  directives: 30,
  selections: 120,
  /** Records that an operation can answer at most, page sizes multiplied downwards. */
  records: 25_000,
  visits: 20_000,
  bodyBytes: 256 * 1024,
};

const tooLarge = (detail: string) =>
  new GraphQLError(`The query is too large: ${detail}`, { extensions: { code: 'TOO_COMPLEX' } });

/** Static limits, checked with the validation of a document; validated documents are cached. */
const SizeRule: ValidationRule = (context: ValidationContext): ASTVisitor => {
  let aliases = 0;
  let directives = 0;
  const report = (detail: string) => context.reportError(tooLarge(detail));
  return {
    Field: (node) => {
      if (node.alias && ++aliases === limits.aliases + 1) report(`more than ${limits.aliases} aliases`);
    },
    Directive: () => {
      if (++directives === limits.directives + 1) report(`more than ${limits.directives} directives`);
    },
    SelectionSet: (node) => {
      if (node.selections.length > limits.selections)
        report(`more than ${limits.selections} fields side by side`);
    },
    Document: (document) => {
      const deepest = depthOf(document);
      if (deepest > limits.depth) report(`deeper than ${limits.depth} levels`);
    },
  };
};

export const limitRules: readonly ValidationRule[] = [SizeRule, MaxIntrospectionDepthRule];

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
}

function depthOf(document: DocumentNode): number {
  const fragments = fragmentsOf(document);
  const known = new Map<string, number>();
  const depth = (set: SelectionSetNode | undefined, path: readonly string[]): number => {
    let deepest = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        if (selection.name.value.startsWith('__')) continue; // introspection has its own rule
        deepest = Math.max(deepest, 1 + depth(selection.selectionSet, path));
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        deepest = Math.max(deepest, depth(selection.selectionSet, path));
      } else {
        const name = selection.name.value;
        if (path.includes(name)) continue; // a cycle: the standard rules refuse it
        if (!known.has(name)) known.set(name, depth(fragments.get(name)?.selectionSet, [...path, name]));
        deepest = Math.max(deepest, known.get(name) ?? 0);
      }
    }
    return deepest;
  };
  return Math.max(
    0,
    ...document.definitions.map((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? depth(node.selectionSet, []) : 0,
    ),
  );
}

/** Per document: the variables that are page sizes, and the operations and sizes that were found affordable. */
const affordable = new WeakMap<DocumentNode, { sizes: readonly string[]; found: Set<string> }>();

/**
 * Refuses an operation that could answer more records than allowed. Page sizes may be variables, so each request is
 * checked before anything is executed; the document is walked once for each combination of sizes.
 */
export function assertAffordable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): void {
  let known = affordable.get(document);
  if (!known) affordable.set(document, (known = { sizes: sizeVariables(document), found: new Set() }));
  const key = JSON.stringify([operationName, ...known.sizes.map((name) => variables[name])]);
  if (known.found.has(key)) return;
  walk(schema, document, operationName, variables);
  if (known.found.size < 100) known.found.add(key);
}

function sizeVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Argument: ({ name, value }) => {
      if (isSize(name.value) && value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

const isSize = (argument: string): boolean => argument === 'first' || argument === 'last';

function walk(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Record<string, unknown>,
): void {
  const fragments = fragmentsOf(document);
  const operation = document.definitions.find(
    (node) =>
      node.kind === Kind.OPERATION_DEFINITION && (!operationName || node.name?.value === operationName),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return;
  const sizes = { ...defaultSizes(operation), ...variables };
  let records = 0;
  let visits = 0; // fragments spread into each other twice at every level double the walk, not the document

  const add = (set: SelectionSetNode | undefined, typeName: string | undefined, multiplier: number): void => {
    const type = typeName ? schema.getType(typeName) : undefined;
    const fields = type && 'getFields' in type ? type.getFields() : {};
    for (const selection of set?.selections ?? []) {
      if (++visits > limits.visits) throw tooLarge('its fragments multiply');
      if (selection.kind !== Kind.FIELD) {
        const fragment =
          selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
        add(fragment?.selectionSet, fragment?.typeCondition?.name.value ?? typeName, multiplier);
        continue;
      }
      const field = fields[selection.name.value];
      if (!field) continue;
      let output: unknown = field.type;
      let many = 1;
      while (isNonNullType(output) || isListType(output)) output = output.ofType;
      const named = output as { name: string };
      const args = 'args' in field ? field.args.map((arg) => arg.name) : [];
      if (args.includes('first')) many = Math.min(largestPage, size(selection.arguments, sizes));
      if (args.includes('ids')) many = largestPage;
      // A list without pages says how long it may be taken to be.
      const { records: linked } = field.extensions;
      if (typeof linked === 'number') many = linked;
      if (selection.selectionSet && !named.name.startsWith('__')) {
        const below = multiplier * many;
        if (many > 1 || args.includes('first')) records += below;
        if (records > limits.records)
          throw tooLarge(`it may answer more than ${limits.records} records; ask for smaller pages`);
        add(selection.selectionSet, named.name, below);
      }
    }
  };
  const root = schema.getRootType(operation.operation);
  add(operation.selectionSet, root?.name, 1);
}

/** Page sizes that variables have when they are not given. */
function defaultSizes({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, number> {
  const given = variableDefinitions.flatMap(({ variable, defaultValue }) =>
    defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)] as const] : [],
  );
  return Object.fromEntries(given);
}

function size(
  args: readonly { name: { value: string }; value: ValueNode }[] | undefined,
  variables: Record<string, unknown>,
): number {
  for (const arg of args ?? []) {
    if (!isSize(arg.name.value)) continue;
    const value =
      arg.value.kind === Kind.VARIABLE
        ? variables[arg.value.name.value]
        : arg.value.kind === Kind.INT
          ? Number(arg.value.value)
          : undefined;
    if (typeof value === 'number' && value > 0) return value;
  }
  return defaultPage;
}
