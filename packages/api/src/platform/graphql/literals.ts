import {
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  Kind,
  TypeInfo,
  type ValueNode,
  valueFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** An argument's literal with variables inside, which takes the place of a variable of its own. */
interface Lifted {
  name: string;
  value: ValueNode;
  type: GraphQLInputType;
}

export interface LiftedDocument {
  document: DocumentNode;
  lifted: readonly Lifted[];
}

/** Turns literals with variables inside (`filter: { unit: { eq: $unit } }`) into variables. */
export function liftLiterals(schema: GraphQLSchema, document: DocumentNode): LiftedDocument {
  const lifted: Lifted[] = [];
  const types = new TypeInfo(schema);
  const lift = visitWithTypeInfo(types, {
    Argument: (argument) => {
      const type = types.getInputType();
      if (!type || argument.value.kind === Kind.VARIABLE || !holdsVariable(argument.value)) return undefined;
      const name = `lifted_${lifted.length}`;
      lifted.push({ name, value: argument.value, type });
      return { ...argument, value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } } };
    },
  });
  return { document: visit(document, lift), lifted };
}

/** The values of the lifted literals; undefined when one of them is wrong, which graphql-js has words for. */
export function liftedValues(
  lifted: readonly Lifted[],
  variables: Record<string, unknown>,
): Record<string, unknown> | undefined {
  const values: Record<string, unknown> = { ...variables };
  for (const { name, value, type } of lifted) {
    const found = valueFromAST(value, type, variables);
    if (found === undefined) return undefined;
    values[name] = found;
  }
  return values;
}

function holdsVariable(value: ValueNode): boolean {
  switch (value.kind) {
    case Kind.VARIABLE:
      return true;
    case Kind.LIST:
      return value.values.some(holdsVariable);
    case Kind.OBJECT:
      return value.fields.some((field) => holdsVariable(field.value));
    default:
      return false;
  }
}
