import { childrenField, command, commands, moves } from '../../platform/graphql/declare.ts';
import { resourceResolvers } from '../../platform/graphql/resource.ts';
import { TicketProblemCreateInput, TicketProblemUpdateInput } from './catalogue.inputs.ts';
import { createProblem, moveProblem, updateProblem } from './catalogue.service.ts';
import { ComplaintForm } from './complaint-form.entity.ts';
import {
  ComplaintFormAcceptInput,
  ComplaintFormApologiseInput,
  ComplaintFormCreateInput,
  ComplaintFormReopenInput,
  ComplaintFormSignInput,
  ComplaintFormUpdateInput,
} from './complaint-form.inputs.ts';
import {
  acceptForm,
  apologise,
  createForm,
  reopenForm,
  signForm,
  updateForm,
} from './complaint-form.service.ts';
import { Ticket } from './ticket.entity.ts';
import { createItem, updateItem } from './ticket-items.service.ts';
import { TicketProblem } from './ticket-problem.entity.ts';
import { acceptQuote, createQuote, declineQuote, withdrawQuote } from './ticket-quotes.service.ts';
import { createWatcher, deleteWatcher } from './ticket-watchers.service.ts';
import { TicketItem, TicketQuote, TicketSignature, TicketWatcher } from './ticket-work.entity.ts';
import {
  TicketItemCreateInput,
  TicketItemUpdateInput,
  TicketQuoteAcceptInput,
  TicketQuoteCreateInput,
  TicketQuoteDeclineInput,
  TicketQuoteWithdrawInput,
  TicketWatcherCreateInput,
  TicketWatcherDeleteInput,
} from './ticket-work.inputs.ts';

export const ticketWorkResolvers = [
  ...resourceResolvers(TicketProblem),
  ...resourceResolvers(TicketItem),
  ...resourceResolvers(TicketQuote),
  ...resourceResolvers(TicketSignature),
  ...resourceResolvers(TicketWatcher),
  ...resourceResolvers(ComplaintForm),
  childrenField(TicketProblem, 'tickets', Ticket, 'problem', 'Tickets of this entry of the catalogue.'),
  childrenField(Ticket, 'items', TicketItem, 'ticket', 'Materials and labour of all rounds (handbook T-10).'),
  childrenField(Ticket, 'quotes', TicketQuote, 'ticket', 'Prices offered (handbook T-15).'),
  childrenField(Ticket, 'signatures', TicketSignature, 'ticket', 'What was signed; staff only.'),
  childrenField(Ticket, 'watchers', TicketWatcher, 'ticket', 'Staff who follow it; staff only.'),
  childrenField(
    Ticket,
    'complaintForms',
    ComplaintForm,
    'ticket',
    'The form of a complaint, at most one (handbook T-11).',
  ),
  childrenField(
    Ticket,
    'coveredTickets',
    Ticket,
    'incident',
    'Tickets that this matter covers, such as an outage.',
  ),
  childrenField(
    Ticket,
    'mergedTickets',
    Ticket,
    'mergedInto',
    'Duplicates that were merged into it, with their comments and files.',
  ),
  childrenField(Ticket, 'splitTickets', Ticket, 'splitFrom', 'Tickets that were split off it.'),
  commands(TicketProblem, {
    ticketProblemCreate: command(
      TicketProblemCreateInput,
      createProblem,
      'Enters a place, category and problem in the catalogue (报事目录).',
    ),
    ticketProblemUpdate: command(
      TicketProblemUpdateInput,
      updateProblem,
      'Changes an entry of the catalogue.',
    ),
    ...moves(TicketProblem, moveProblem),
  }),
  commands(TicketItem, {
    ticketItemCreate: command(
      TicketItemCreateInput,
      createItem,
      "Enters material or labour (工料) while the work goes on; the resident's own material is checked, handbook T-10.",
    ),
    ticketItemUpdate: command(TicketItemUpdateInput, updateItem, 'Corrects a line of the work order.'),
  }),
  commands(TicketQuote, {
    ticketQuoteCreate: command(
      TicketQuoteCreateInput,
      createQuote,
      'Offers a price (报价) before the work, handbook T-15.',
    ),
    ticketQuoteAccept: command(
      TicketQuoteAcceptInput,
      acceptQuote,
      'The resident accepts (住户接受报价), in words or with a signature, handbook T-15.',
    ),
    ticketQuoteDecline: command(
      TicketQuoteDeclineInput,
      declineQuote,
      'The resident declines (住户拒绝报价), handbook T-15.',
    ),
    ticketQuoteWithdraw: command(
      TicketQuoteWithdrawInput,
      withdrawQuote,
      'Takes a price back (作废), handbook T-15.',
    ),
  }),
  commands(TicketWatcher, {
    ticketWatcherCreate: command(TicketWatcherCreateInput, createWatcher, 'Follows a ticket (关注).'),
    ticketWatcherDelete: command(TicketWatcherDeleteInput, deleteWatcher, 'Follows it no more (取消关注).'),
  }),
  commands(ComplaintForm, {
    complaintFormCreate: command(
      ComplaintFormCreateInput,
      createForm,
      'Begins the complaint form (投诉处理单): cause, corrective action, responsible person, deadline; handbook T-11.',
    ),
    complaintFormUpdate: command(ComplaintFormUpdateInput, updateForm, 'Changes a form that is not signed.'),
    complaintFormSign: command(
      ComplaintFormSignInput,
      signForm,
      "The department head's signature (部门负责人签字), handbook T-11.",
    ),
    complaintFormAccept: command(
      ComplaintFormAcceptInput,
      acceptForm,
      "The resident's acceptance (住户认可), handbook T-11.",
    ),
    complaintFormReopen: command(
      ComplaintFormReopenInput,
      reopenForm,
      'Back to draft (退回修改), with a reason.',
    ),
    complaintFormApologise: command(
      ComplaintFormApologiseInput,
      apologise,
      'The written apology (书面致歉) of a major complaint, handbook T-06.',
    ),
  }),
];
