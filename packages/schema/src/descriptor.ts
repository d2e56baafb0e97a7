import type { Lifecycle } from './lifecycle.ts';
import type { Role } from './roles.ts';
import type { Text } from './text.ts';

/** How one field of a resource appears: in lists, filters, forms, imports and exports. Its type comes from the SDL. */
export interface FieldDescriptor {
  label: Text;
  /** Help under the input: format, unit, rule. */
  help?: Text;
  /** Shown as a list column, in the order of the descriptor. */
  list?: boolean;
  /** Offered as a filter; the API builds the typed filter from the same flag. */
  filter?: boolean;
  /** Offered as a sort order. */
  sort?: boolean;
  /** Group of the show page and the form; `main` when absent. */
  group?: string;
  /** For references: the resource that it points to. */
  reference?: string;
  /** Masked by default (handbook U-4); history keeps no clear text of it. */
  personal?: boolean;
  /** May be filled by an import; further header names that are recognised. */
  import?: readonly string[];
  /** Long text: a multi-line input. */
  multiline?: boolean;
  /** Enum labels, by value. */
  values?: Record<string, Text>;
  /** The hour of a time of day whose minute is the named field: both are drawn as one time, under this label. */
  time?: { minute: string; label: Text };
}

/** A mutation that the console offers on a resource: its input type in the SDL gives the form. */
export interface ActionDescriptor {
  /** GraphQL mutation, for example `ticketDispatch`. */
  mutation: string;
  label: Text;
  danger?: boolean;
  /** What is said beside an answer that is shown once; the usual warning when absent. */
  told?: Text;
}

export interface ResourceDescriptor {
  /** Root connection and console route, for example `tickets`. */
  name: string;
  /** GraphQL type, for example `Ticket`. */
  type: string;
  /** Singular, as in permissions, events and mutations, for example `ticket`. */
  resource: string;
  idPrefix: string;
  /** How finely its rows are divided for rights: by organisation, community or building. */
  scope: 'organisation' | 'community' | 'building';
  label: Text;
  plural: Text;
  /** Field that names a record to a human. */
  represent: string;
  /** Fields in the order of columns and forms. Inputs of `create`/`update` that are not fields of the type are listed too. */
  fields: Record<string, FieldDescriptor>;
  groups?: Record<string, Text>;
  /** Default order of lists. */
  defaultSort: { field: string; direction: 'ASC' | 'DESC' };
  /** Field of free-text search, when the filter has `search`. */
  search?: Text;
  lifecycle?: Lifecycle;
  /** Mutation names of the plain forms, when the resource has them. */
  create?: string;
  update?: string;
  /** Mutations besides create, update and the life cycle. */
  actions?: Record<string, ActionDescriptor>;
  /** Connections of this type that the show page lists: field name → resource name (handbook U-3). */
  related?: Record<string, string>;
  /** Roles that see the resource in the menu come from the permissions; `menu: false` keeps it out for all. */
  menu?: boolean;
  /** Fields that a role never sees, not even masked; `search` where the searched text holds such fields. */
  hidden?: Partial<Record<Role, readonly string[]>>;
}

/** Keeps the literal field names. */
export function resource<const D extends ResourceDescriptor>(descriptor: D): D {
  return descriptor;
}
