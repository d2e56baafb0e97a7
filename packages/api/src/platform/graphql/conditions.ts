import {
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  visit,
} from 'graphql';

const conditional = new Set<string>([GraphQLIncludeDirective.name, GraphQLSkipDirective.name]);
const isCondition = (directive: DirectiveNode): boolean => conditional.has(directive.name.value);

/** Variables that decide an @include or @skip somewhere in a document; undefined when it has no such directive at all. */
export function conditionVariables(document: DocumentNode): string[] | undefined {
  let found: Set<string> | undefined;
  visit(document, {
    Directive: (directive) => {
      if (!isCondition(directive)) return;
      found ??= new Set();
      for (const { value } of directive.arguments ?? [])
        if (value.kind === Kind.VARIABLE) found.add(value.name.value);
    },
  });
  return found && [...found].sort();
}

/** The document that is left when every @include and @skip is decided: without them, and without what they leave out. */
export function decided(document: DocumentNode, variables: Record<string, unknown>): DocumentNode {
  const decide = <N extends ASTNode & { directives?: readonly DirectiveNode[] }>(
    node: N,
  ): N | null | undefined => {
    if (!node.directives?.some(isCondition)) return undefined;
    if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return null;
    if (getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false) return null;
    return { ...node, directives: node.directives.filter((directive) => !isCondition(directive)) };
  };
  return visit(document, { Field: decide, InlineFragment: decide, FragmentSpread: decide });
}
