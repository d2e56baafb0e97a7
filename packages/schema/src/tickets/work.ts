import { z } from 'zod';
import { resource } from '../descriptor.ts';
import { lifecycle } from '../lifecycle.ts';
import { decimal, longText, money, optional, shortText } from '../limits.ts';
import { workers } from './acts.ts';
import { itemKindNames, itemKinds, signaturePurposes } from './enums.ts';

const id = z.string().max(100);
/** A signature as it was drawn: an SVG path in a box of 600 × 200 units. */
export const drawing = z
  .string()
  .max(20_000)
  .regex(/^M[-\d., MLQCZ]{3,}$/, { error: 'not an SVG path of M, L, Q, C and Z' });

/** A line of the work order (handbook T-10). */
export const ticketItemInput = z.object({
  ticket: id,
  kind: z.enum(itemKindNames),
  name: shortText,
  quantity: decimal({ scale: 2, min: '0', max: '99999' }),
  unit: shortText.nullish(),
  unitPrice: money.nullish(),
  residentOwned: optional(z.boolean()),
  fit: z.boolean().nullish(),
});
export const ticketItemChange = ticketItemInput.omit({ ticket: true, kind: true }).partial();

const ofTicket = {
  community: { label: { zh: '小区', en: 'Community' }, reference: 'communities' },
  building: { label: { zh: '楼栋', en: 'Building' }, reference: 'buildings' },
  ticket: { label: { zh: '工单', en: 'Ticket' }, filter: true, reference: 'tickets' },
} as const;

export const ticketItemDescriptor = resource({
  name: 'ticketItems',
  type: 'TicketItem',
  resource: 'ticketItem',
  idPrefix: 'item',
  scope: 'building',
  label: { zh: '工料', en: 'Work-order line' },
  plural: { zh: '工料明细', en: 'Materials and labour' },
  represent: 'name',
  defaultSort: { field: 'createdAt', direction: 'ASC' },
  create: 'ticketItemCreate',
  update: 'ticketItemUpdate',
  menu: false,
  fields: {
    ...ofTicket,
    kind: { label: { zh: '种类', en: 'Kind' }, list: true, filter: true, values: itemKinds },
    name: { label: { zh: '名称', en: 'Item' }, list: true },
    quantity: {
      label: { zh: '数量', en: 'Quantity' },
      help: { zh: '人工按小时；未用填 0', en: 'Labour in hours; 0 when it was not used' },
      list: true,
    },
    unit: { label: { zh: '单位', en: 'Unit of measure' }, list: true },
    unitPrice: { label: { zh: '单价', en: 'Unit price' }, list: true },
    amount: { label: { zh: '金额', en: 'Amount' }, list: true },
    residentOwned: { label: { zh: '住户自备', en: "Resident's own" }, list: true },
    fit: {
      label: { zh: '检查合格', en: 'Found fit' },
      help: {
        zh: '自备材料须检查；不合格的不得使用（T-10）',
        en: "The resident's own materials are checked; unfit ones are not used (T-10)",
      },
      list: true,
    },
    round: { label: { zh: '轮次', en: 'Round' } },
    createdAt: { label: { zh: '时间', en: 'Time' }, sort: true },
  },
});

/** A price is offered, and accepted or declined by the resident before the work (handbook T-15). */
export const quoteLifecycle = lifecycle({
  states: {
    OFFERED: { zh: '待确认', en: 'Offered' },
    ACCEPTED: { zh: '已接受', en: 'Accepted' },
    DECLINED: { zh: '已拒绝', en: 'Declined' },
    WITHDRAWN: { zh: '已作废', en: 'Withdrawn' },
  },
  initial: 'OFFERED',
  final: ['DECLINED', 'WITHDRAWN'],
  moves: [
    {
      action: 'accept',
      label: { zh: '住户接受报价', en: 'The resident accepts' },
      from: ['OFFERED'],
      to: 'ACCEPTED',
      who: workers,
      needs: ['words'],
      rule: 'T-15',
    },
    {
      action: 'decline',
      label: { zh: '住户拒绝报价', en: 'The resident declines' },
      from: ['OFFERED'],
      to: 'DECLINED',
      who: workers,
      needs: ['words'],
      rule: 'T-15',
    },
    {
      action: 'withdraw',
      label: { zh: '作废', en: 'Withdraw' },
      from: ['OFFERED', 'ACCEPTED'],
      to: 'WITHDRAWN',
      who: workers,
      needs: ['reason'],
      rule: 'T-15',
    },
  ],
});
export type QuoteStatus = keyof typeof quoteLifecycle.states;
export const quoteInput = z.object({
  ticket: id,
  content: longText,
  price: money.min(1).nullish(),
  visitAt: z.iso.datetime({ offset: true }).nullish(),
});
export const quoteAnswer = z.object({
  words: longText,
  signerName: shortText.nullish(),
  signature: drawing.nullish(),
});
export const quoteWithdrawal = z.object({ reason: longText });

export const ticketQuoteDescriptor = resource({
  name: 'ticketQuotes',
  type: 'TicketQuote',
  resource: 'ticketQuote',
  idPrefix: 'quote',
  scope: 'building',
  label: { zh: '报价', en: 'Quote' },
  plural: { zh: '报价', en: 'Quotes' },
  represent: 'content',
  defaultSort: { field: 'createdAt', direction: 'ASC' },
  create: 'ticketQuoteCreate',
  lifecycle: quoteLifecycle,
  menu: false,
  fields: {
    ...ofTicket,
    content: { label: { zh: '服务内容', en: 'Content of the work' }, list: true, multiline: true },
    price: {
      label: { zh: '价格', en: 'Price' },
      help: { zh: '不填则用目录公示价格', en: "The catalogue's published price when empty" },
      list: true,
    },
    visitAt: {
      label: { zh: '上门时间', en: 'Time of the visit' },
      help: { zh: '住户接受后即为预约时间（T-15）', en: 'The appointment once the resident accepts (T-15)' },
      list: true,
    },
    status: {
      label: { zh: '状态', en: 'Status' },
      list: true,
      filter: true,
      values: quoteLifecycle.states,
    },
    answeredAt: { label: { zh: '答复时间', en: 'Answered' }, list: true },
    words: { label: { zh: '住户意见', en: "Resident's words" }, list: true, multiline: true },
    signerName: { label: { zh: '签字人', en: 'Signed by' } },
    signature: {
      label: { zh: '手写签名', en: 'Drawn signature' },
      help: { zh: '用手指、笔或鼠标书写', en: 'With a finger, a pen or the mouse' },
    },
    reason: { label: { zh: '原因', en: 'Reason' }, multiline: true },
    createdAt: { label: { zh: '时间', en: 'Time' }, sort: true },
  },
});

export const ticketSignatureDescriptor = resource({
  name: 'ticketSignatures',
  type: 'TicketSignature',
  resource: 'ticketSignature',
  idPrefix: 'sign',
  scope: 'building',
  label: { zh: '签名', en: 'Signature' },
  plural: { zh: '签名', en: 'Signatures' },
  represent: 'signerName',
  defaultSort: { field: 'createdAt', direction: 'ASC' },
  menu: false,
  fields: {
    ...ofTicket,
    purpose: {
      label: { zh: '事项', en: 'For' },
      list: true,
      filter: true,
      values: signaturePurposes,
    },
    signerName: { label: { zh: '签字人', en: 'Signed by' }, list: true, personal: true },
    // A signature is copied nowhere, not even into the history.
    drawing: { label: { zh: '手写签名', en: 'Drawing' }, personal: true },
    round: { label: { zh: '轮次', en: 'Round' } },
    createdAt: { label: { zh: '时间', en: 'Time' }, list: true, sort: true },
  },
});

export const ticketWatcherDescriptor = resource({
  name: 'ticketWatchers',
  type: 'TicketWatcher',
  resource: 'ticketWatcher',
  idPrefix: 'watcher',
  scope: 'building',
  label: { zh: '关注人', en: 'Watcher' },
  plural: { zh: '关注人', en: 'Watchers' },
  represent: 'staff',
  defaultSort: { field: 'createdAt', direction: 'ASC' },
  create: 'ticketWatcherCreate',
  actions: { delete: { mutation: 'ticketWatcherDelete', label: { zh: '取消关注', en: 'Stop watching' } } },
  menu: false,
  fields: {
    ...ofTicket,
    staff: {
      label: { zh: '员工', en: 'Member of the staff' },
      list: true,
      filter: true,
      reference: 'staffMembers',
    },
    createdAt: { label: { zh: '时间', en: 'Since' }, list: true, sort: true },
  },
});
