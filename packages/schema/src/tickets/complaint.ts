import { z } from 'zod';
import { resource } from '../descriptor.ts';
import { lifecycle, within } from '../lifecycle.ts';
import { businessDate, longText, shortText } from '../limits.ts';
import { desk } from './acts.ts';
import { complaintManagers, ticketHeads } from './enums.ts';
import { drawing } from './work.ts';

const id = z.string().max(100);

/** The complaint form (投诉处理单, handbook T-11): written, signed by the department's head, accepted by the resident. */
export const complaintFormLifecycle = lifecycle({
  states: {
    DRAFT: { zh: '填写中', en: 'Draft' },
    SIGNED: { zh: '负责人已签字', en: 'Signed by the head' },
    ACCEPTED: { zh: '住户已认可', en: 'Accepted by the resident' },
  },
  initial: 'DRAFT',
  final: ['ACCEPTED'],
  moves: [
    {
      action: 'sign',
      label: { zh: '部门负责人签字', en: 'Signature of the department head' },
      from: ['DRAFT'],
      to: 'SIGNED',
      who: ticketHeads,
      needs: ['signerName'],
      rule: 'T-11',
    },
    {
      action: 'accept',
      label: { zh: '住户认可', en: "Resident's acceptance" },
      from: ['SIGNED'],
      to: 'ACCEPTED',
      who: desk,
      needs: ['words'],
      rule: 'T-11',
    },
    {
      action: 'reopen',
      label: { zh: '退回修改', en: 'Back to draft' },
      from: ['SIGNED'],
      to: 'DRAFT',
      who: ticketHeads,
      needs: ['reason'],
      rule: 'T-11',
    },
    ...within(['DRAFT', 'SIGNED', 'ACCEPTED'], {
      action: 'apologise',
      label: { zh: '书面致歉', en: 'Written apology' },
      who: complaintManagers,
      needs: ['apology'],
      rule: 'T-06',
    }),
  ],
});
export type ComplaintFormStatus = keyof typeof complaintFormLifecycle.states;

export const complaintFormInput = z.object({
  ticket: id,
  cause: longText,
  correctiveAction: longText,
  responsible: id,
  deadline: businessDate,
});
export const complaintFormChange = complaintFormInput.omit({ ticket: true }).partial();
export const complaintFormSignature = z.object({ signerName: shortText, signature: drawing.nullish() });
export const complaintFormAcceptance = z.object({
  words: longText,
  signerName: shortText.nullish(),
  signature: drawing.nullish(),
});
export const complaintFormReason = z.object({ reason: longText });
export const complaintApology = z.object({ apology: longText });

export const complaintFormDescriptor = resource({
  name: 'complaintForms',
  type: 'ComplaintForm',
  resource: 'complaintForm',
  idPrefix: 'form',
  scope: 'building',
  label: { zh: '投诉处理单', en: 'Complaint form' },
  plural: { zh: '投诉处理单', en: 'Complaint forms' },
  represent: 'cause',
  defaultSort: { field: 'createdAt', direction: 'DESC' },
  create: 'complaintFormCreate',
  update: 'complaintFormUpdate',
  lifecycle: complaintFormLifecycle,
  menu: false,
  fields: {
    community: { label: { zh: '小区', en: 'Community' }, reference: 'communities' },
    building: { label: { zh: '楼栋', en: 'Building' }, reference: 'buildings' },
    ticket: { label: { zh: '工单', en: 'Ticket' }, list: true, filter: true, reference: 'tickets' },
    status: {
      label: { zh: '状态', en: 'Status' },
      list: true,
      filter: true,
      values: complaintFormLifecycle.states,
    },
    cause: { label: { zh: '原因', en: 'Cause' }, list: true, multiline: true },
    correctiveAction: { label: { zh: '纠正措施', en: 'Corrective action' }, list: true, multiline: true },
    responsible: {
      label: { zh: '责任人', en: 'Responsible person' },
      list: true,
      filter: true,
      reference: 'staffMembers',
    },
    deadline: { label: { zh: '完成期限', en: 'Deadline' }, list: true, filter: true, sort: true },
    headName: { label: { zh: '部门负责人', en: 'Department head' } },
    signedAt: { label: { zh: '签字时间', en: 'Signed' } },
    acceptedAt: { label: { zh: '认可时间', en: 'Accepted' } },
    acceptanceWords: { label: { zh: '住户意见', en: "Resident's words" }, multiline: true },
    apology: { label: { zh: '书面致歉', en: 'Written apology' }, multiline: true },
    apologisedAt: { label: { zh: '致歉时间', en: 'Apologised' } },
    words: { label: { zh: '住户意见', en: "Resident's words" }, multiline: true },
    signerName: { label: { zh: '签字人', en: 'Signed by' } },
    signature: {
      label: { zh: '手写签名', en: 'Drawn signature' },
      help: { zh: '用手指、笔或鼠标书写', en: 'With a finger, a pen or the mouse' },
    },
    reason: { label: { zh: '原因', en: 'Reason' }, multiline: true },
    createdAt: { label: { zh: '时间', en: 'Time' }, sort: true },
  },
});
