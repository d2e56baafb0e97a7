import { resource } from '../descriptor.ts';
import { callDirections, callOutcomes } from './enums.ts';
import { callLifecycle } from './lifecycle.ts';

export const callRecordDescriptor = resource({
  name: 'callRecords',
  type: 'CallRecord',
  resource: 'callRecord',
  idPrefix: 'call',
  scope: 'community',
  label: { zh: '通话', en: 'Call' },
  plural: { zh: '通话记录', en: 'Calls' },
  represent: 'ringAt',
  defaultSort: { field: 'ringAt', direction: 'DESC' },
  update: 'callRecordUpdate',
  lifecycle: callLifecycle,
  groups: { main: { zh: '通话', en: 'Call' }, who: { zh: '来电人', en: 'Caller' } },
  fields: {
    community: { label: { zh: '小区', en: 'Community' }, filter: true, reference: 'communities' },
    ringAt: { label: { zh: '振铃时间', en: 'Rang' }, list: true, filter: true, sort: true },
    direction: {
      label: { zh: '方向', en: 'Direction' },
      list: true,
      filter: true,
      values: callDirections,
    },
    status: {
      label: { zh: '状态', en: 'Status' },
      list: true,
      filter: true,
      values: callLifecycle.states,
    },
    phone: {
      label: { zh: '电话', en: 'Phone' },
      list: true,
      group: 'who',
      personal: true,
    },
    resident: {
      label: { zh: '住户', en: 'Resident' },
      list: true,
      filter: true,
      group: 'who',
      reference: 'residents',
    },
    outsider: {
      label: { zh: '外来人员', en: 'Outside caller' },
      help: {
        zh: '非本小区住户：只可告知房号，其他一律保密（U-4）',
        en: 'No resident of the community: told a room number and nothing else (U-4)',
      },
      list: true,
      filter: true,
      group: 'who',
    },
    unit: { label: { zh: '房屋', en: 'Unit' }, list: true, filter: true, group: 'who', reference: 'units' },
    ticket: { label: { zh: '工单', en: 'Ticket' }, list: true, filter: true, reference: 'tickets' },
    outcome: { label: { zh: '结果', en: 'Outcome' }, list: true, filter: true, values: callOutcomes },
    staff: {
      label: { zh: '接听人', en: 'Answered by' },
      help: {
        zh: '振铃时为被呼叫的人；空为全体前台',
        en: 'While it rings: whom it rings for; empty is the whole desk',
      },
      list: true,
      filter: true,
      reference: 'staffMembers',
    },
    rings: {
      label: { zh: '振铃声数', en: 'Rings' },
      help: { zh: '须在承诺声数内接听（U-6）', en: 'Answered within the rings promised (U-6)' },
      list: true,
      filter: true,
      sort: true,
    },
    ringTarget: { label: { zh: '承诺声数', en: 'Rings promised' } },
    answeredAt: { label: { zh: '接听时间', en: 'Answered' }, filter: true },
    endedAt: { label: { zh: '结束时间', en: 'Ended' }, filter: true },
    settleTarget: { label: { zh: '目标时长（秒）', en: 'Settle within (s)' } },
    line: { label: { zh: '被叫线路', en: 'Line' }, filter: true },
    exchangeId: { label: { zh: '话机流水号', en: "Exchange's id" }, filter: true },
    note: { label: { zh: '备注', en: 'Note' }, multiline: true, personal: true },
    reason: { label: { zh: '原因', en: 'Reason' } },
    name: {
      label: { zh: '所问姓名', en: 'Name asked for' },
      help: { zh: '住户或公司全名', en: 'Of a resident or company, in full' },
    },
    rooms: { label: { zh: '房号', en: 'Room number' } },
  },
  actions: {
    tellRoom: {
      mutation: 'callRecordTellRoom',
      label: { zh: '告知房号', en: 'Tell a room number' },
      told: {
        zh: '只可告知房号，其他信息一律保密；本次询问已记入历史记录（U-4）。',
        en: 'Tell the room number and nothing else; the question is on record (U-4).',
      },
    },
    unmask: { mutation: 'callRecordUnmask', label: { zh: '查看完整号码', en: 'Show the number' } },
  },
});
