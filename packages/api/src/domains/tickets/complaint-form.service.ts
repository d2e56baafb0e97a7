import {
  complaintApology,
  complaintFormAcceptance,
  complaintFormChange,
  complaintFormInput,
  complaintFormReason,
  complaintFormSignature,
} from '@desk/schema/tickets/complaint';
import { ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import { businessDate } from '../../platform/clock.ts';
import { refuse } from '../../platform/errors.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { Staff } from '../staff/index.ts';
import { Community } from '../units/index.ts';
import { ComplaintForm } from './complaint-form.entity.ts';
import type {
  ComplaintFormAcceptInput,
  ComplaintFormApologiseInput,
  ComplaintFormCreateInput,
  ComplaintFormReopenInput,
  ComplaintFormSignInput,
  ComplaintFormUpdateInput,
} from './complaint-form.inputs.ts';
import { named } from './handling.ts';
import { placeOfTicket } from './moving.ts';
import { keepSignature } from './signatures.ts';
import { Ticket } from './ticket.entity.ts';

/** The form of a complaint that has not ended (handbook T-11). */
export async function createForm(tx: Tx, input: ComplaintFormCreateInput): Promise<ComplaintForm> {
  const ticket = await tx.get(Ticket, input.ticket, 'ticket', { lock: true });
  tx.authorise(ComplaintForm, 'create', placeOfTicket(ticket));
  const responsible = await findResponsible(tx, input.responsible);
  const { ticket: _, ...given } = tx.check(complaintFormInput, input);
  if (ticket.kind !== 'COMPLAINT') throw named('COMPLAINT_ONLY', 'assess');
  if (ticketLifecycle.final.includes(ticket.status)) refuse('TICKET_ENDED');
  await notPast(tx, ticket, given.deadline);
  if (await tx.em.count(ComplaintForm, { ticket: ticket.id })) refuse('FORM_EXISTS', { field: ['ticket'] });
  const { community, building } = ticket;
  return tx.create(ComplaintForm, { ...given, community, building, ticket, responsible, status: 'DRAFT' });
}

async function findResponsible(tx: Tx, id: string): Promise<Staff> {
  const person = await tx.get(Staff, id, 'responsible');
  if (!person.active) refuse('ASSIGNEE_UNAVAILABLE', { field: ['responsible'], rule: 'T-11' });
  return person;
}

async function notPast(tx: Tx, { community }: Ticket, deadline: string): Promise<void> {
  const { timeZone } = await tx.em.findOneOrFail(Community, { id: community.id });
  if (deadline < businessDate(tx.now, timeZone))
    refuse('VALIDATION', {
      field: ['deadline'],
      values: (locale) => ({
        detail: locale === 'en' ? 'The deadline lies in the past.' : '期限不能早于今天。',
      }),
      rule: 'T-11',
    });
}

/** The form and its ticket, both locked, the ticket not ended. */
async function openForm(tx: Tx, input: { id: string; version: number }, action: string) {
  const form = await tx.change(ComplaintForm, input, action);
  const ticket = await tx.lock(await tx.em.findOneOrFail(Ticket, { id: form.ticket.id }));
  if (ticketLifecycle.final.includes(ticket.status)) refuse('TICKET_ENDED');
  return { form, ticket };
}

export async function updateForm(tx: Tx, input: ComplaintFormUpdateInput): Promise<ComplaintForm> {
  const { form, ticket } = await openForm(tx, input, 'update');
  const { responsible, ...given } = tx.check(complaintFormChange, input);
  if (form.status !== 'DRAFT')
    refuse('ALREADY_SIGNED', { values: { what: form.headName ?? '' }, rule: 'T-11' });
  if (given.deadline) await notPast(tx, ticket, given.deadline);
  if (responsible) form.responsible = await findResponsible(tx, responsible);
  return tx.assign(form, given);
}

export async function signForm(tx: Tx, input: ComplaintFormSignInput): Promise<ComplaintForm> {
  const { form, ticket } = await openForm(tx, input, 'sign');
  const signed = tx.check(complaintFormSignature, input);
  tx.move(form, 'sign');
  keepSignature(tx, ticket, 'DEPARTMENT_HEAD', signed);
  return tx.assign(form, { headName: signed.signerName, signedAt: tx.now });
}

/** The resident accepts how the complaint was handled; from now on it can be closed (handbook T-11). */
export async function acceptForm(tx: Tx, input: ComplaintFormAcceptInput): Promise<ComplaintForm> {
  const { form, ticket } = await openForm(tx, input, 'accept');
  const { words, ...signed } = tx.check(complaintFormAcceptance, input);
  tx.move(form, 'accept', words);
  keepSignature(tx, ticket, 'COMPLAINT', signed);
  ticket.formAcceptedAt = tx.now;
  tx.journal.label(ticket, { action: 'acceptForm' });
  return tx.assign(form, { acceptedAt: tx.now, acceptanceWords: words });
}

export async function reopenForm(tx: Tx, input: ComplaintFormReopenInput): Promise<ComplaintForm> {
  const { form } = await openForm(tx, input, 'reopen');
  const { reason } = tx.check(complaintFormReason, input);
  return tx.assign(tx.move(form, 'reopen', reason), { headName: null, signedAt: null });
}

/** The written apology as it was handed over (handbook T-06). */
export async function apologise(tx: Tx, input: ComplaintFormApologiseInput): Promise<ComplaintForm> {
  const { form, ticket } = await openForm(tx, input, 'apologise');
  const { apology } = tx.check(complaintApology, input);
  tx.move(form, 'apologise');
  ticket.apologisedAt ??= tx.now;
  tx.journal.label(ticket, { action: 'apologise' });
  return tx.assign(form, { apology, apologisedAt: form.apologisedAt ?? tx.now });
}
