import {
  itemKinds,
  revisitWays,
  severities,
  signaturePurposes,
  ticketChannels,
  ticketKinds,
} from '@desk/schema/tickets/enums';
import { ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import { promiseStates } from '@desk/schema/tickets/promises';
import { enumOf } from '../../platform/graphql/enums.ts';

export const TicketKinds = enumOf('TicketKind', ticketKinds, 'What a ticket is about (handbook T-01).');
export const TicketChannels = enumOf(
  'TicketChannel',
  ticketChannels,
  'How a ticket came in (handbook T-01).',
);
export const TicketStatuses = enumOf(
  'TicketStatus',
  ticketLifecycle.states,
  'Where a ticket stands between intake and closing (handbook T-09).',
);
export const Severities = enumOf('Severity', severities, 'How grave a complaint is (handbook T-06).');
export const RevisitWays = enumOf('RevisitWay', revisitWays, 'How a revisit was made (handbook T-12).');
export const ItemKinds = enumOf(
  'TicketItemKind',
  itemKinds,
  'What a line of a work order is (handbook T-10).',
);
export const SignaturePurposes = enumOf(
  'SignaturePurpose',
  signaturePurposes,
  'What somebody put his name under (handbook T-10, T-11, T-15).',
);
export const PromiseStates = enumOf(
  'TicketPromiseState',
  promiseStates,
  'All promises of a ticket in one word, the worst one wins (handbook T-16).',
);
