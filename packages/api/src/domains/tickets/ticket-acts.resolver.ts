import { command, commands } from '../../platform/graphql/declare.ts';
import { Ticket } from './ticket.entity.ts';
import {
  TicketAnswerInput,
  TicketAppointInput,
  TicketAssessInput,
  TicketClassifyInput,
  TicketJudgeInvalidInput,
  TicketParkInput,
  TicketRefusePaymentInput,
  TicketSetUrgentInput,
  TicketTrackInput,
  TicketTransferInput,
} from './ticket-acts.inputs.ts';
import {
  answerResident,
  appoint,
  assess,
  classifyTicket,
  judgeInvalid,
  parkTicket,
  refusePayment,
  setUrgent,
  trackTicket,
  transferTicket,
} from './ticket-acts.service.ts';
import {
  TicketAnswerCoveredInput,
  TicketLinkIncidentInput,
  TicketMergeInput,
  TicketSplitInput,
  TicketUnlinkIncidentInput,
} from './ticket-links.inputs.ts';
import {
  answerCovered,
  linkIncident,
  mergeTicket,
  splitTicket,
  unlinkIncident,
} from './ticket-links.service.ts';

export const ticketActCommands = commands(Ticket, {
  ticketTransfer: command(
    TicketTransferInput,
    transferTicket,
    'Transfer (转交其他部门) with the reason, handbook T-09.',
  ),
  ticketClassify: command(
    TicketClassifyInput,
    classifyTicket,
    'Classify (归类) by the catalogue, handbook T-09.',
  ),
  ticketSetUrgent: command(TicketSetUrgentInput, setUrgent, 'Set the urgency (设定紧急程度), handbook T-05.'),
  ticketAppoint: command(
    TicketAppointInput,
    appoint,
    'Agree on a time (预约上门) with the resident, handbook T-05.',
  ),
  ticketAssess: command(
    TicketAssessInput,
    assess,
    'Judge the severity (投诉定级) of a complaint, handbook T-06.',
  ),
  ticketAnswer: command(
    TicketAnswerInput,
    answerResident,
    'Answer the resident (答复住户); the first time meets the promise of an answer, handbook T-06.',
  ),
  ticketTrack: command(TicketTrackInput, trackTicket, 'Track (跟踪) a matter that goes on, handbook T-06.'),
  ticketPark: command(TicketParkInput, parkTicket, 'Park (暂不能处理) with the reason, handbook T-06.'),
  ticketJudgeInvalid: command(
    TicketJudgeInvalidInput,
    judgeInvalid,
    'Judge a complaint invalid (判定无效投诉): a supervisor, with the explanation given, handbook T-06.',
  ),
  ticketRefusePayment: command(
    TicketRefusePaymentInput,
    refusePayment,
    'Payment refused (拒绝付款): charged and referred, handbook T-15.',
  ),
  ticketMerge: command(
    TicketMergeInput,
    mergeTicket,
    'Merge (合并) a duplicate into the main ticket, which its watchers follow from now on, handbook T-09.',
  ),
  ticketSplit: command(TicketSplitInput, splitTicket, 'Split (拆分) matters off into tickets of their own.'),
  ticketLinkIncident: command(
    TicketLinkIncidentInput,
    linkIncident,
    'Link (关联事件) to the matter that covers many, handbook T-09.',
  ),
  ticketUnlinkIncident: command(
    TicketUnlinkIncidentInput,
    unlinkIncident,
    'Take out of the incident (取消关联).',
  ),
  ticketAnswerCovered: command(
    TicketAnswerCoveredInput,
    answerCovered,
    'Answer the covered tickets (答复所覆盖的工单): all that are not done, at once, handbook T-09.',
  ),
});
