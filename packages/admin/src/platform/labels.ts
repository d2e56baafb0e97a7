import type { Text } from '@desk/schema';

/** Labels of what every resource has and of inputs that mean the same everywhere; a descriptor's own label wins. */
export const sharedLabels = {
  id: { zh: '标识', en: 'Id' },
  status: { zh: '状态', en: 'Status' },
  createdAt: { zh: '创建时间', en: 'Created' },
  updatedAt: { zh: '最后修改', en: 'Last changed' },
  reason: { zh: '原因', en: 'Reason' },
  note: { zh: '备注', en: 'Note' },
  remark: { zh: '备注', en: 'Remark' },
  comment: { zh: '意见', en: 'Comment' },
  community: { zh: '小区', en: 'Community' },
  building: { zh: '楼栋', en: 'Building' },
  unit: { zh: '房屋', en: 'Unit' },
  buildings: { zh: '楼栋', en: 'Buildings' },
  role: { zh: '岗位', en: 'Role' },
  resident: { zh: '住户', en: 'Resident' },
  assignee: { zh: '处理人', en: 'Assignee' },
  amount: { zh: '金额', en: 'Amount' },
  method: { zh: '方式', en: 'Method' },
  startsOn: { zh: '开始日期', en: 'Starts on' },
  endsOn: { zh: '结束日期', en: 'Ends on' },
  dueAt: { zh: '到期时间', en: 'Due' },
  dueOn: { zh: '到期日', en: 'Due on' },
} as const satisfies Record<string, Text>;

/** What histories tell that is no move of the record's own life cycle: it follows from a deed elsewhere. */
export const deedLabels: Record<string, Text> = {
  created: { zh: '新建', en: 'Created' },
  updated: { zh: '修改', en: 'Changed' },
  startRenovation: { zh: '装修开始', en: 'Renovation started' },
  endRenovation: { zh: '装修结束', en: 'Renovation ended' },
  lend: { zh: '借出', en: 'Lent' },
  return: { zh: '归还', en: 'Returned' },
  reportLost: { zh: '登记遗失', en: 'Reported lost' },
  settle: { zh: '结清', en: 'Settled' },
  reopen: { zh: '恢复未结清', en: 'Open again' },
  import: { zh: '导入', en: 'Imported' },
  escalate: { zh: '预警升级', en: 'Escalated' },
  breach: { zh: '承诺超时', en: 'Promise broken' },
  endWait: { zh: '约定等待结束，恢复计时', en: 'The agreed wait is over' },
  quote: { zh: '报价', en: 'Price offered' },
  agreePrice: { zh: '住户接受报价', en: 'Price agreed' },
  declinePrice: { zh: '住户拒绝报价', en: 'Price declined' },
  withdrawPrice: { zh: '报价作废', en: 'Price withdrawn' },
  acceptForm: { zh: '认可投诉处理单', en: 'Complaint form accepted' },
  apologise: { zh: '书面致歉', en: 'Apologised' },
  answer: { zh: '答复', en: 'Answered' },
  erase: { zh: '清除', en: 'Erased' },
  see: { zh: '已读', en: 'Seen' },
  seen: { zh: '已读', en: 'Seen' },
  setPassword: { zh: '重设密码', en: 'Password set' },
  addCopies: { zh: '增配', en: 'Copies added' },
  publish: { zh: '发布', en: 'Published' },
  remove: { zh: '删除', en: 'Removed' },
  revoke: { zh: '撤销', en: 'Revoked' },
  end: { zh: '结束', en: 'Ended' },
  run: { zh: '运行', en: 'Run' },
  finish: { zh: '完成', en: 'Finished' },
  expire: { zh: '过期', en: 'Expired' },
  dun: { zh: '催缴', en: 'Dunned' },
};

/** What hangs on a record under a name of its own, where the kind alone would not tell it from its neighbours. */
export const connectionLabels: Record<string, Text> = {
  escalations: { zh: '升级提醒', en: 'Escalations' },
  coveredTickets: { zh: '覆盖的工单', en: 'Covered tickets' },
  mergedTickets: { zh: '并入的工单', en: 'Merged tickets' },
  splitTickets: { zh: '拆出的工单', en: 'Tickets split off' },
};

/** `convenientTime` → `Convenient time`: the last resort for a name without a label. */
export function humanise(name: string): string {
  const words = name
    .replace(/([A-Z])/g, ' $1')
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
