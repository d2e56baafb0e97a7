import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type SelectionNode,
} from 'graphql';

export type Info = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'variableValues' | 'schema'>;

/**
 * The fields that a document selects on `type` below `nodes`, over fragments, aliases and @include/@skip. Occurrences of
 * one field are collected under its name: to-one relations take the union of them, and to-many fields are resolved
 * occurrence by occurrence, so no alias can see another's rows.
 */
export function selectedFields(
  info: Info,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): Map<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  for (const node of nodes)
    if (node.selectionSet) collect(info, type, node.selectionSet.selections, found, spread);
  return found;
}

function collect(
  info: Info,
  type: GraphQLObjectType,
  selections: readonly SelectionNode[],
  found: Map<string, FieldNode[]>,
  spread: Set<string>,
): void {
  for (const selection of selections) {
    if (!wanted(info, selection)) continue;
    if (selection.kind === Kind.FIELD) {
      const list = found.get(selection.name.value);
      if (list) list.push(selection);
      else found.set(selection.name.value, [selection]);
      continue;
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      if (spread.has(selection.name.value)) continue; // a second spread adds nothing
      spread.add(selection.name.value);
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value] : selection;
    if (fragment && applies(info, fragment.typeCondition?.name.value, type))
      collect(info, type, fragment.selectionSet.selections, found, spread);
  }
}

/** The selected fields below a path of object types without columns of their own, such as `edges.node`. */
export function selectedUnder(
  info: Info,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  path: readonly string[],
): FieldNode[] {
  const [head, ...rest] = path;
  if (head === undefined) return [...nodes];
  const children = selectedFields(info, type, nodes).get(head) ?? [];
  if (rest.length === 0) return children;
  const next = namedType(type, head);
  return next ? selectedUnder(info, next, children, rest) : [];
}

function namedType(type: GraphQLObjectType, field: string): GraphQLObjectType | undefined {
  let output: unknown = type.getFields()[field]?.type;
  while (output && typeof output === 'object' && 'ofType' in output) output = output.ofType;
  return output as GraphQLObjectType | undefined;
}

function wanted(info: Info, node: SelectionNode): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, info.variableValues)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, info.variableValues)?.if !== false;
}

function applies(info: Info, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true;
  const named = info.schema.getType(condition);
  return isAbstractType(named) && info.schema.isSubType(named, type);
}
