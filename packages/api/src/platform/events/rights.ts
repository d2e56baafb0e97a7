import type { Locale } from '@desk/schema';
import { type DocumentNode, getOperationAST, Kind, visit } from 'graphql';
import { Viewer } from '../viewer.ts';

const known = new WeakMap<Viewer, string>();

/** The same text for viewers with the same rights: what the read model opens and hides depends on nothing else of them. */
export function rightsOf(viewer: Viewer): string {
  let rights = known.get(viewer);
  if (rights === undefined) {
    const held = viewer.assignments.map(({ role, communityId, buildingIds }) =>
      JSON.stringify([role, communityId, buildingIds && [...buildingIds].sort()]),
    );
    rights = JSON.stringify([viewer.organisationId, ...new Set(held.sort())]);
    known.set(viewer, rights);
  }
  return rights;
}

/** A viewer with the same rights who is nobody in particular: `asked` is called when somebody wants to know who it is. */
export function anyoneLike(viewer: Viewer, asked: () => void): Viewer {
  const { actor, organisationId, assignments } = viewer;
  const anyone = new Viewer(actor, organisationId, assignments);
  return Object.defineProperty(anyone, 'actor', {
    get: () => {
      asked();
      return actor;
    },
  });
}

interface Shape {
  number: number;
  /** Names of the variables that decide what is answered. */
  variables: readonly string[];
}

const shapes = new WeakMap<DocumentNode, Map<string, Shape>>();
let lastNumber = 0;

/** Subscriptions of one key are answered alike, event by event: same document, operation, variables, rights and language. */
export function groupKey(
  document: DocumentNode,
  operationName: string | undefined,
  variables: Record<string, unknown>,
  viewer: Viewer,
  locale: Locale,
): string {
  let byName = shapes.get(document);
  if (!byName) shapes.set(document, (byName = new Map()));
  const name = operationName ?? '';
  let shape = byName.get(name);
  if (!shape) byName.set(name, (shape = shapeOf(document, operationName)));
  const values = shape.variables.map((variable) => variables[variable]);
  return `${shape.number} ${locale} ${rightsOf(viewer)} ${JSON.stringify(values)}`;
}

/** The cursor to resume after decides where a subscription begins, not what it answers: it is left out where it serves nothing else. */
function shapeOf(document: DocumentNode, operationName: string | undefined): Shape {
  const operation = getOperationAST(document, operationName);
  const uses = new Map<string, number>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void uses.set(name.value, (uses.get(name.value) ?? 0) + 1),
  });
  const [field] = operation?.selectionSet.selections ?? [];
  const after =
    field?.kind === Kind.FIELD ? field.arguments?.find(({ name }) => name.value === 'after') : undefined;
  const cursor = after?.value.kind === Kind.VARIABLE ? after.value.name.value : undefined;
  const variables = (operation?.variableDefinitions ?? [])
    .map(({ variable }) => variable.name.value)
    .filter((variable) => variable !== cursor || uses.get(variable) !== 1);
  return { number: ++lastNumber, variables };
}
