import { shortestUnmaskReason } from '@desk/schema/residents/limits';
import { ticketDescriptor } from '@desk/schema/tickets/descriptor';
import { type TicketStatus, ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import { ticketChange, ticketInput, ticketReason, ticketWords } from '@desk/schema/tickets/limits';
import { refuse } from '../../platform/errors.ts';
import { maskPhone } from '../../platform/mask.ts';
import type { Tx } from '../../platform/write/tx.ts';
import type { Outcome } from '../../platform/write/writer.ts';
import { attachFiles } from '../files/index.ts';
import { assertPrivate } from '../residents/index.ts';
import { Building, Community, Unit } from '../units/index.ts';
import { keepPromises } from './clocks.service.ts';
import { self } from './moving.ts';
import { findReporter, type Place, placeOf } from './place.ts';
import { Ticket } from './ticket.entity.ts';
import { findProblem, remarkOn } from './ticket-acts.service.ts';
import { TicketComment, TicketNote } from './ticket-remark.entity.ts';
import { findMentioned, watch } from './ticket-watchers.service.ts';
import type {
  TicketCommentCreateInput,
  TicketCreateInput,
  TicketNoteCreateInput,
  TicketUnmaskInput,
  TicketUpdateInput,
} from './tickets.inputs.ts';

/** Intake (handbook T-01 to T-03): the ticket starts RECEIVED, and whoever enters it stays accountable. */
export async function createTicket(tx: Tx, input: TicketCreateInput): Promise<Ticket> {
  if (!tx.viewer.may(ticketDescriptor, 'create')) refuse('FORBIDDEN'); // before the input is judged
  const {
    community: _,
    building: __,
    unit: ___,
    reporter: who,
    problem: entry,
    attachments,
    ...fields
  } = tx.check(ticketInput, input);
  const place = placeOf({
    community: input.community ? await tx.get(Community, input.community, 'community') : null,
    building: input.building ? await tx.get(Building, input.building, 'building') : null,
    unit: input.unit ? await tx.get(Unit, input.unit, 'unit') : null,
  });
  const { community, building, unit } = place;
  tx.authorise(Ticket, 'create', { communityId: community.id, buildingId: building?.id ?? null });
  if (!unit && !fields.location) refuse('PLACE_REQUIRED', { field: ['unit'] });
  const reporter = who ? await findReporter(tx, who, community) : null;
  const channel = tx.viewer.actor.kind === 'TOKEN' ? 'INTEGRATOR' : 'FRONT_DESK';
  const problem = entry ? await findProblem(tx, entry, fields.kind) : null;
  const defaults = { channel, urgent: problem?.urgent ?? false, readBack: false } as const;
  const ticket = await enterTicket(tx, place, {
    ...defaults,
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
    kind: fields.kind,
    problem,
    reporter,
    reporterName: fields.reporterName ?? reporter?.name ?? null,
  });
  await attachFiles(tx, attachments ?? [], { record: ticket, group: ticket });
  return ticket;
}

/** A new ticket, RECEIVED now, with its number; whoever enters it stays accountable (handbook T-03). */
export async function enterTicket(
  tx: Tx,
  place: Place,
  fields: Partial<Ticket> & Pick<Ticket, 'kind'>,
): Promise<Ticket> {
  const community = await tx.em.findOneOrFail(Community, { id: place.community.id });
  const ticket = tx.create(Ticket, fields, {
    ...place,
    community,
    firstHandler: self(tx),
    status: ticketLifecycle.initial as TicketStatus,
    receivedAt: tx.now,
    round: 0,
    callBack: false,
  });
  return keepPromises(tx, ticket);
}

/** Changes the data of a ticket that has not ended. */
export async function updateTicket(tx: Tx, input: TicketUpdateInput): Promise<Ticket> {
  const ticket = await tx.change(Ticket, input, 'update');
  if (ticketLifecycle.final.includes(ticket.status)) refuse('TICKET_ENDED');
  const { building, unit, reporter, ...data } = tx.check(ticketChange, withoutMask(ticket, input));
  const place = await placeAfter(tx, ticket, { building, unit });
  if (place.community.id !== ticket.community.id) refuse('PLACE_MISMATCH', { field: ['unit'] });
  tx.authorise(Ticket, 'update', { communityId: place.community.id, buildingId: place.building?.id ?? null });
  tx.assign(ticket, { ...data, building: place.building, unit: place.unit });
  if (reporter !== undefined)
    ticket.reporter = reporter === null ? null : await findReporter(tx, reporter, ticket.community);
  if (!ticket.unit && !ticket.location) refuse('PLACE_REQUIRED', { field: ['location'] });
  return keepPromises(tx, ticket);
}

/** A masked phone that a form sends back as it was shown changes nothing. */
function withoutMask({ reporterPhone }: Ticket, input: TicketUpdateInput): TicketUpdateInput {
  const shown = reporterPhone && input.reporterPhone === maskPhone(reporterPhone);
  return shown ? { ...input, reporterPhone: reporterPhone } : input;
}

/** Answers the phone in clear, for a reason that stays in the history (handbook U-4); whoever works on it may call too. */
export async function unmaskTicket(tx: Tx, input: TicketUnmaskInput): Promise<Outcome<Ticket>> {
  const ticket = await tx.get(Ticket, input.id, 'id');
  const place = { communityId: ticket.community.id, buildingId: ticket.building?.id ?? null };
  if (ticket.assignee?.id !== tx.viewer.actor.id) tx.authorise(Ticket, 'unmask', place);
  await assertPrivate(tx);
  if (input.reason.trim().length < shortestUnmaskReason)
    refuse('REASON_REQUIRED', { field: ['reason'], rule: 'U-4' });
  const { reason } = tx.check(ticketReason, input);
  tx.journal.record(ticket, { action: 'unmask', fields: ['reporterPhone'], reason });
  return { record: ticket, extra: { reporterPhone: ticket.reporterPhone } };
}

/** Where the ticket belongs after a change: what is not given stays, and a new unit brings its building along. */
async function placeAfter(
  tx: Tx,
  ticket: Ticket,
  change: { building?: string | null | undefined; unit?: string | null | undefined },
): Promise<Place> {
  const kept =
    ticket.unit && change.unit === undefined ? await tx.em.findOneOrFail(Unit, { id: ticket.unit.id }) : null;
  const unit = change.unit ? await tx.get(Unit, change.unit, 'unit') : kept;
  const building = change.building ? await tx.get(Building, change.building, 'building') : null;
  const stays = unit || change.building === null ? null : ticket.building;
  return building || unit
    ? placeOf({ community: null, building, unit })
    : { community: ticket.community, building: stays, unit: null };
}

/** A remark for everybody who follows the ticket. Remarks do not touch the ticket, so that nobody's work is made stale. */
export async function createComment(tx: Tx, input: TicketCommentCreateInput): Promise<TicketComment> {
  return remark(tx, TicketComment, input);
}

/** A remark among staff. */
export async function createNote(tx: Tx, input: TicketNoteCreateInput): Promise<TicketNote> {
  return remark(tx, TicketNote, input);
}

async function remark<T extends TicketComment | TicketNote>(
  tx: Tx,
  entity: new () => T,
  input: TicketCommentCreateInput | TicketNoteCreateInput,
): Promise<T> {
  const given = tx.check(ticketWords, input);
  const attachments = given.attachments ?? [];
  const ticket = await tx.get(Ticket, given.ticket, 'ticket', { lock: attachments.length > 0 });
  const { community, building } = ticket;
  tx.authorise(entity, 'create', { communityId: community.id, buildingId: building?.id ?? null });
  const mentioned = await findMentioned(tx, given.mentions ?? []);
  const record = remarkOn(tx, ticket, entity, given.text);
  record.mentioned = mentioned.map(({ id }) => id);
  for (const person of mentioned) await watch(tx, ticket, person);
  await attachFiles(tx, attachments, { record, group: ticket });
  return record;
}
