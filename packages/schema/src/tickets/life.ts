import { revisitWays, severities } from './enums.ts';

/** Fields of a ticket that its life adds to what was reported, and inputs of its moves that are no fields. */
export const lifeFields = {
  problem: {
    label: { zh: '报事目录', en: 'Catalogue entry' },
    help: { zh: '位置 / 类别 / 问题', en: 'Place / category / problem' },
    filter: true,
    reference: 'ticketProblems',
  },
  severity: {
    label: { zh: '投诉等级', en: 'Severity' },
    help: {
      zh: '重大投诉须书面致歉、经理上门回访（T-06）',
      en: 'Major: written apology, revisit by the manager (T-06)',
    },
    filter: true,
    values: severities,
  },
  appointmentAt: {
    label: { zh: '预约上门时间', en: 'Appointment' },
    help: { zh: '与住户约定的上门时间（T-05）', en: 'Agreed with the resident (T-05)' },
    group: 'times',
    filter: true,
    sort: true,
  },
  findings: { label: { zh: '现场情况', en: 'Findings' }, group: 'outcome', multiline: true },
  price: { label: { zh: '报价', en: 'Price offered' }, group: 'outcome' },
  priceAgreed: {
    label: { zh: '约定价格', en: 'Price agreed' },
    help: { zh: '施工前经住户同意（T-15）', en: 'Accepted by the resident before the work (T-15)' },
    group: 'outcome',
  },
  chargedAt: { label: { zh: '计费时间', en: 'Charged' }, group: 'times' },
  referredTo: {
    label: { zh: '拒付转交', en: 'Refusal referred to' },
    help: { zh: '拒绝付款时转交谁处理（T-15）', en: 'Who deals with the refusal to pay (T-15)' },
    group: 'outcome',
  },
  callBack: {
    label: { zh: '待抽样回访', en: 'To be called back' },
    help: {
      zh: '咨询抽中回访，尚未回访（T-07）',
      en: 'An inquiry drawn for a call-back, not made yet (T-07)',
    },
    group: 'outcome',
    filter: true,
  },
  revisitWay: { label: { zh: '回访方式', en: 'Way of the revisit' }, group: 'outcome', values: revisitWays },
  revisitedBy: {
    label: { zh: '回访人', en: 'Revisited by' },
    group: 'outcome',
    reference: 'staffMembers',
  },
  answeredAt: { label: { zh: '答复时间', en: 'Answered' }, group: 'times' },
  parkedAt: { label: { zh: '暂停时间', en: 'Parked' }, group: 'times' },
  trackedAt: {
    label: { zh: '最近跟踪', en: 'Tracked last' },
    help: { zh: '暂不能处理的工单每日跟踪（T-06）', en: 'Parked tickets are tracked daily (T-06)' },
    group: 'times',
  },
  formAcceptedAt: { label: { zh: '处理单认可', en: 'Form accepted' }, group: 'times' },
  apologisedAt: { label: { zh: '致歉时间', en: 'Apologised' }, group: 'times' },
  incident: {
    label: { zh: '关联事件', en: 'Incident' },
    help: { zh: '覆盖多个报事的事件，如停水', en: 'One matter that covers many, such as an outage' },
    group: 'work',
    filter: true,
    reference: 'tickets',
  },
  mergedInto: {
    label: { zh: '合并到', en: 'Merged into' },
    group: 'work',
    filter: true,
    reference: 'tickets',
  },
  splitFrom: {
    label: { zh: '拆分自', en: 'Split from' },
    group: 'work',
    filter: true,
    reference: 'tickets',
  },
  // Inputs of the moves.
  into: { label: { zh: '主工单', en: 'Main ticket' }, reference: 'tickets' },
  parts: { label: { zh: '拆出的事项', en: 'Matters to split off' } },
  signerName: { label: { zh: '签字人', en: 'Signed by' } },
  signature: {
    label: { zh: '手写签名', en: 'Drawn signature' },
    help: { zh: '用手指、笔或鼠标书写', en: 'With a finger, a pen or the mouse' },
  },
  unsignedReason: {
    label: { zh: '未签字原因', en: 'Why nobody signed' },
    help: {
      zh: '户内维修须住户手写签名；无人可签时说明原因，如住户外出、纸质签字（T-10）',
      en: 'Work in a unit is signed by the resident; when nobody can, say why: away, signed on paper (T-10)',
    },
    group: 'outcome',
  },
  way: { label: { zh: '回访方式', en: 'Way' }, values: revisitWays },
} as const;
