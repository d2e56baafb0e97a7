import type { ResourceDescriptor, Text } from '@desk/schema';
import { type ComponentType, createContext, useContext } from 'react';
import type { Input } from '../platform/model.ts';
import type { DeskRecord, Values } from '../platform/mutations.ts';
import type { RecordAction } from './actions.ts';

/** How one action is asked about, where one line for each input would not do. */
export interface ActionForm {
  /** Draws the inputs into the dialog's form; one line for each when absent. Use `lazy(() => import(…))`. */
  Fields?: ComponentType<ActionFieldsProps>;
  /** What inputs are called here, by name, where the same name means something else elsewhere. */
  labels?: Record<string, Text>;
  /** What the form begins with, besides what the record says. */
  begin?(record: DeskRecord): Values;
  /** The mutation's inputs, made of what the form holds; the form's values when absent. */
  sent?(values: Values): Values;
  /** The mutation's inputs are not drawn under their own names: refusals of them stand above the buttons. */
  apart?: boolean;
  wide?: boolean;
  /** Label of a second button that goes on with an empty form. */
  again?: Text;
}

export interface ActionFieldsProps {
  record: DeskRecord;
  inputs: readonly Input[];
}

/** By resource, then by action. */
export type ActionForms = Record<string, Record<string, ActionForm> | undefined>;

/** The forms that the domains bring; every other action keeps the generic one. */
export const ActionFormsContext = createContext<ActionForms>({});

export const useActionForm = (owner: ResourceDescriptor, action: RecordAction): ActionForm | undefined =>
  useContext(ActionFormsContext)[owner.name]?.[action.name];
