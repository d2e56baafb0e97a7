import type { ResourceDescriptor, Text } from '@desk/schema';
import type { SvgIconComponent } from '@mui/icons-material';
import type { ComponentType } from 'react';
import type { ActionForm } from '../ui/actionForms.ts';
import type { ShowPanel } from '../ui/ResourceShow.tsx';
import type { DeskRecord } from './mutations.ts';

/** A hand-written page with its own address and menu line. */
export interface ConsolePage {
  /** Address below the console, for example `/payment-desk`. */
  path: string;
  label: Text;
  icon: SvgIconComponent;
  /** Use `lazy(() => import(…))`: a page is loaded when it is opened. */
  page: ComponentType;
  /** Kept out of the menu: another page leads to it. */
  menu?: false;
  /** Who sees it, in terms of the shared permissions; everybody when absent. */
  needs?: { resource: Pick<ResourceDescriptor, 'resource' | 'scope' | 'lifecycle'>; action: string };
}

/** What a domain changes on the generic pages of one resource. Whatever is absent stays generic. */
export interface ResourcePages {
  icon?: SvgIconComponent;
  list?: ComponentType;
  show?: ComponentType;
  create?: ComponentType;
  edit?: ComponentType;
  /** Extra parts of the generic show page, below the details. */
  panels?: readonly ShowPanel[];
  /** How its actions are asked about, by action; `create` where it is added to another record. */
  forms?: Record<string, ActionForm>;
  /** Actions that the panels offer themselves: the generic bar of buttons leaves them out. */
  ownActions?: readonly string[];
  /** Fields that the panels show themselves: the details leave them out. */
  ownFields?: readonly string[];
  /** Connections that the panels show themselves: they need no tab. */
  ownRelated?: readonly string[];
  /** Whether a record may still be changed; always when absent. The API decides: this only spares a refusal. */
  changeable?(record: DeskRecord): boolean;
}

/** A group of the menu: its resources in order, its own pages, and what it does differently. */
export interface ConsoleDomain {
  label: Text;
  /** Names of resources; those that no domain claims stand in a last group. */
  resources: readonly string[];
  pages?: readonly ConsolePage[];
  overrides?: Record<string, ResourcePages>;
}

/** For `changeable`: in these states of its life cycle. */
export const inState =
  (...states: readonly string[]) =>
  ({ status }: DeskRecord): boolean =>
    states.includes(String(status));
