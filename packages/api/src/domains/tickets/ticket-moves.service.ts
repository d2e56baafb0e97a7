import type { TicketAction } from '@desk/schema/tickets/lifecycle';
import {
  ticketAttachInput,
  ticketDispatchInput,
  ticketFinishInput,
  ticketOutOfScopeInput,
  ticketRevisitInput,
  ticketSignOffInput,
} from '@desk/schema/tickets/limits';
import { refuse } from '../../platform/errors.ts';
import type { MoveInput } from '../../platform/graphql/payload.ts';
import type { Tx } from '../../platform/write/tx.ts';
import { attachFiles } from '../files/index.ts';
import { ruleFor } from './dispatch-rule.ts';
import {
  begin,
  blankAsAbsent,
  complete,
  factsOf,
  findAssignee,
  reasonLimits,
  required,
  self,
} from './moving.ts';
import { settle } from './settlement.ts';
import { keepSignature, needsSignature } from './signatures.ts';
import type { Ticket } from './ticket.entity.ts';
import { remarkOn } from './ticket-acts.service.ts';
import type {
  TicketAttachInput,
  TicketCancelInput,
  TicketDispatchInput,
  TicketFinishInput,
  TicketJudgeOutOfScopeInput,
  TicketRevisitInput,
  TicketReworkInput,
  TicketSignOffInput,
} from './ticket-moves.inputs.ts';
import { TicketComment } from './ticket-remark.entity.ts';
import { TicketRound } from './ticket-round.entity.ts';

/** Moves that need no more than the record. Each sets its time of the work order (handbook T-10). */
export async function moveTicket(tx: Tx, name: string, input: MoveInput): Promise<Ticket> {
  const action = name as TicketAction;
  const ticket = await begin(tx, input, action);
  const { reason } = tx.check(reasonLimits, input);
  return complete(tx, ticket, action, await effectOf(tx, ticket, action), reason);
}

async function effectOf(tx: Tx, ticket: Ticket, action: TicketAction): Promise<Partial<Ticket>> {
  switch (action) {
    case 'confirm':
      return { confirmedAt: tx.now, readBack: true, firstHandler: ticket.firstHandler ?? self(tx) };
    case 'dispatchByRule':
      return { ...(await ruleFor(tx, ticket)), dispatchedAt: tx.now, acceptedAt: null };
    case 'accept':
      return { acceptedAt: tx.now, assignee: ticket.assignee ?? self(tx) };
    case 'arrive':
      return { arrivedAt: tx.now };
    // Back to the desk: who goes on with it is decided anew.
    case 'resume':
      return { dispatchedAt: null, acceptedAt: null, arrivedAt: null };
    default:
      return {};
  }
}

/** To a department, and to a person who can act there (handbook T-04). */
export async function dispatchTicket(tx: Tx, input: TicketDispatchInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'dispatch');
  const { department, assignee } = tx.check(ticketDispatchInput, input);
  const { reason } = tx.check(reasonLimits, input);
  const person = assignee ? await findAssignee(tx, assignee, factsOf(ticket)) : null;
  const changes = { department, assignee: person, dispatchedAt: tx.now, acceptedAt: null };
  return complete(tx, ticket, 'dispatch', changes, reason);
}

export async function finishTicket(tx: Tx, input: TicketFinishInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'finish');
  const { resolution, findings } = tx.check(ticketFinishInput, input);
  return complete(tx, ticket, 'finish', { resolution, findings: findings ?? null, doneAt: tx.now });
}

/** The resident accepts the work, or sends it back (handbook T-09); accepted work that has a price is charged (T-15). */
export async function signOffTicket(tx: Tx, input: TicketSignOffInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'signOff');
  const given = blankAsAbsent(blankAsAbsent(input, 'words'), 'unsignedReason');
  const { satisfied, words, unsignedReason = null, ...signed } = tx.check(ticketSignOffInput, given);
  if (!satisfied) return endRound(tx, ticket, required(words, 'words'), null);
  if (needsSignature(ticket) && !signed.signature && !unsignedReason)
    refuse('SIGNATURE_REQUIRED', { field: ['signature'] });
  keepSignature(tx, ticket, 'SIGN_OFF', signed);
  await settle(tx, ticket);
  return complete(tx, ticket, 'signOff', {
    signedOffAt: tx.now,
    signOffWords: words ?? null,
    unsignedReason: signed.signature ? null : unsignedReason,
  });
}

/** Score and words of a revisit (handbook T-12); not satisfied sends the work back. */
export async function revisitTicket(tx: Tx, input: TicketRevisitInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'revisit');
  const given = tx.check(ticketRevisitInput, blankAsAbsent(input, 'words'));
  const { satisfied, score, words, way = 'PHONE', ...signed } = given;
  if (!satisfied) return endRound(tx, ticket, required(words, 'words'), score);
  // Personally, and until the resident signs (handbook T-06).
  const seen = way === 'IN_PERSON' && signed.signature;
  if (ticket.severity === 'MAJOR' && !seen)
    refuse('MANAGER_REVISIT', { field: [way === 'IN_PERSON' ? 'signature' : 'way'] });
  keepSignature(tx, ticket, 'REVISIT', signed);
  return complete(tx, ticket, 'revisit', {
    revisitedAt: tx.now,
    revisitedBy: self(tx),
    revisitWay: way,
    satisfaction: score,
    revisitWords: words ?? null,
  });
}

export async function reworkTicket(tx: Tx, input: TicketReworkInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'rework');
  const { reason } = tx.check(reasonLimits, blankAsAbsent(input, 'reason'));
  return endRound(tx, ticket, required(reason, 'reason'), ticket.satisfaction ?? null);
}

/** Keeps the round that ended and begins the next one; department and person stay until somebody dispatches anew. */
function endRound(tx: Tx, ticket: Ticket, words: string, satisfaction: number | null): Promise<Ticket> {
  const {
    community,
    building,
    department,
    assignee,
    dispatchedAt,
    acceptedAt,
    arrivedAt,
    doneAt,
    signedOffAt,
    findings,
    resolution,
    unsignedReason,
  } = ticket;
  const round = ticket.round + 1;
  tx.create(TicketRound, {
    ...{ community, building, ticket, number: round, department, assignee, words, satisfaction },
    ...{ dispatchedAt, acceptedAt, arrivedAt, doneAt, signedOffAt, endedAt: tx.now },
    ...{ findings, resolution, unsignedReason },
  });
  const times = {
    ...{ dispatchedAt: null, acceptedAt: null, arrivedAt: null, doneAt: null, signedOffAt: null },
    ...{ revisitedAt: null, revisitedBy: null, revisitWay: null, appointmentAt: null },
  };
  const outcome = {
    resolution: null,
    findings: null,
    signOffWords: null,
    unsignedReason: null,
    satisfaction: null,
    revisitWords: null,
  };
  // An inquiry whose answer the resident sent back has not been answered (handbook T-07).
  const unanswered = ticket.kind === 'INQUIRY' ? { answeredAt: null } : {};
  return complete(tx, ticket, 'rework', { round, ...times, ...outcome, ...unanswered }, words);
}

/** Judged, answered so that the resident can read it, and handed on (handbook T-09): the ticket ends here. */
export async function judgeOutOfScope(tx: Tx, input: TicketJudgeOutOfScopeInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'judgeOutOfScope');
  const { answer, handedTo } = tx.check(ticketOutOfScopeInput, input);
  const channel = handedTo?.trim() || refuse('REQUIRED', { field: ['handedTo'], rule: 'T-09' });
  remarkOn(tx, ticket, TicketComment, answer);
  const changes = { resolution: answer, handedTo: channel, answeredAt: ticket.answeredAt ?? tx.now };
  return complete(tx, ticket, 'judgeOutOfScope', changes, answer);
}

/** Photos and documents for the whole ticket; a change of it, so that whoever looks at it sees them come. */
export async function attachToTicket(tx: Tx, input: TicketAttachInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'attach');
  const { attachments } = tx.check(ticketAttachInput, input);
  const { reason } = tx.check(reasonLimits, input);
  await attachFiles(tx, attachments, { record: ticket, group: ticket });
  return complete(tx, ticket, 'attach', {}, reason);
}

export async function cancelTicket(tx: Tx, input: TicketCancelInput): Promise<Ticket> {
  const ticket = await begin(tx, input, 'cancel');
  const { reason } = tx.check(reasonLimits, blankAsAbsent(input, 'reason'));
  return complete(tx, ticket, 'cancel', {}, required(reason, 'reason'));
}
