import { promiseErrors } from './policies/errors.ts';
import type { Text } from './text.ts';
import { ticketRefusals } from './tickets/refusals.ts';

export interface ErrorDescription {
  text: Text;
  /** Handbook rule that the refusal keeps, when it is one rule for all uses of the code. */
  rule?: string;
}

/** The closed list of refusals. A code never changes its meaning; the text says what was wrong and what to do. */
export const errors = {
  UNAUTHENTICATED: {
    text: { zh: '请先登录，或提供有效的访问令牌。', en: 'Sign in first, or send a valid access token.' },
  },
  FORBIDDEN: {
    text: {
      zh: '您的角色无权执行此操作，请联系主管。',
      en: 'Your role may not do this; ask your supervisor.',
    },
    rule: 'P-3',
  },
  NOT_FOUND: {
    text: {
      zh: '找不到该记录，可能已不在您的管辖范围内。',
      en: 'No such record, or it is outside what you may see.',
    },
  },
  VALIDATION: { text: { zh: '{detail}', en: '{detail}' } },
  CONFLICT: {
    text: {
      zh: '此记录刚被他人修改，您看到的是旧版本。请核对最新内容后重试。',
      en: 'Somebody changed this record after you opened it. Check the current state and try again.',
    },
  },
  ILLEGAL_MOVE: {
    text: {
      zh: '当前状态“{state}”下不能“{action}”。',
      en: 'In state "{state}" it is not possible to "{action}".',
    },
  },
  IDEMPOTENCY_MISMATCH: {
    text: {
      zh: '该幂等键已用于另一份内容，请换用新的键。',
      en: 'This idempotency key was used with another body; use a new key.',
    },
  },
  DUPLICATE: { text: { zh: '已存在相同的“{what}”。', en: 'There is already one with the same {what}.' } },
  TOO_COMPLEX: { text: { zh: '查询过大：{detail}', en: 'The query is too large: {detail}' } },
  TOO_MANY_REQUESTS: {
    text: { zh: '请求过于频繁，请稍后再试。', en: 'Too many requests; try again later.' },
  },
  TIMEOUT: {
    text: {
      zh: '查询超过 {seconds} 秒仍未完成，已中止。请缩小筛选范围，或改用搜索。',
      en: 'The query took longer than {seconds} s and was given up: narrow its filter, or use `search`.',
    },
  },
  RESYNC: {
    text: {
      zh: '游标已过期，请重新读取全部数据后再订阅。',
      en: 'The cursor is past retention: read everything again, then subscribe anew.',
    },
  },
  INTERNAL: {
    text: {
      zh: '系统内部错误，编号 {id}。请将编号告知管理员。',
      en: 'Internal error {id}. Give this id to your administrator.',
    },
  },

  OWNERSHIP_ABOVE_100: {
    text: {
      zh: '该房屋业主份额合计将超过 100%（已有 {taken}%）。',
      en: 'Ownership shares of the unit would exceed 100 % ({taken} % taken).',
    },
    rule: 'U-2',
  },
  RESIDENCY_OVERLAP: {
    text: {
      zh: '该住户在同一时期已以相同身份登记在此房屋。',
      en: 'The resident already has this relation to the unit in that period.',
    },
    rule: 'U-2',
  },
  RESIDENCY_ENDED: {
    text: { zh: '该居住关系已于 {date} 结束。', en: 'The residency already ended on {date}.' },
    rule: 'U-2',
  },
  OUTSIDE_CALLER: {
    text: {
      zh: '外来人员来电：只可告知房号，其他信息一律保密。',
      en: 'The caller is from outside: told a room number and nothing else.',
    },
    rule: 'U-4',
  },
  REASON_REQUIRED: { text: { zh: '请填写原因。', en: 'Give a reason.' }, rule: 'P-6' },
  STANDARD_NOT_APPROVED: {
    text: { zh: '收费标准未经审批，不能用于出账。', en: 'The charge standard is not approved.' },
    rule: 'F-02',
  },
  ALREADY_BILLED: {
    text: { zh: '该房屋在此期间的该项费用已出账。', en: 'The unit is already billed for this period.' },
    rule: 'F-03',
  },
  STANDARD_IMMUTABLE: {
    text: {
      zh: '已审批的收费标准不能修改；请新建一个标准来替代它。',
      en: 'An approved charge standard cannot be changed; enter a new one that supersedes it.',
    },
    rule: 'F-02',
  },
  FEE_PAID: {
    text: {
      zh: '该费用已有收款 {paid}，请先作废或退还收款。',
      en: 'The fee has payments of {paid}; void or refund them first.',
    },
    rule: 'F-04',
  },
  AMOUNT_EXCEEDED: {
    text: { zh: '金额超出可用余额 {available}。', en: 'The amount exceeds what is available: {available}.' },
    rule: 'F-05',
  },
  FEES_UNPAID: {
    text: { zh: '相关费用或押金尚未结清：{what}。', en: 'Fees or deposits are not settled: {what}.' },
    rule: 'R-04',
  },
  PAPERS_MISSING: { text: { zh: '资料不齐：{what}。', en: 'Papers are missing: {what}.' }, rule: 'R-01' },
  SIGNATURE_MISSING: {
    text: { zh: '尚缺签字：{what}。', en: 'Signatures are missing: {what}.' },
    rule: 'R-05',
  },
  REQUIRED: { text: { zh: '此项必填。', en: 'This is required.' } },
  KEY_RETIRED: { text: { zh: '该钥匙已停用。', en: 'The key is retired.' }, rule: 'K-4' },
  DUE_OUT_OF_RANGE: {
    text: {
      zh: '应还时间须晚于现在，且不超过 {days} 天。',
      en: 'The due time must lie ahead, at most {days} days.',
    },
    rule: 'K-2',
  },
  KEY_OUT: {
    text: { zh: '该钥匙已借出，归还前不能再借。', en: 'This copy is out; it cannot be lent twice.' },
    rule: 'K-3',
  },
  IDENTITY_UNVERIFIED: {
    text: { zh: '未核实借用人身份，不得借出。', en: "The borrower's identity is not verified: no loan." },
    rule: 'K-2',
  },
  CONSENT_REQUIRED: {
    text: {
      zh: '借用人不是业主，须先取得业主同意并记录。',
      en: "The borrower is not the owner: the owner's consent must be recorded first.",
    },
    rule: 'K-2',
  },
  PLACE_REQUIRED: {
    text: { zh: '请选择房屋，或填写公共区域位置。', en: 'Give a unit, or the place in the public area.' },
    rule: 'T-02',
  },
  PLACE_MISMATCH: {
    text: {
      zh: '小区、楼栋与房屋不一致，或住户不属于此小区。',
      en: 'Community, building, unit and resident do not belong together.',
    },
    rule: 'P-2',
  },
  ASSIGNEE_UNAVAILABLE: {
    text: {
      zh: '该员工已停用，或无权处理此处的工单，请另选处理人。',
      en: 'This person is inactive or may not handle tickets here: name somebody else.',
    },
    rule: 'T-04',
  },
  NOT_YOUR_TICKET: {
    text: {
      zh: '此工单已派给他人或其他部门，只有其本人、该部门人员或主管可以“{action}”。',
      en: 'The ticket was dispatched to somebody else: only that person or department, or a supervisor, may "{action}".',
    },
    rule: 'T-09',
  },
  ARRIVAL_REQUIRED: {
    text: {
      zh: '此类工单须先登记到场时间，才能完成。',
      en: 'A ticket of this kind needs its arrival recorded before it can be done.',
    },
    rule: 'T-10',
  },
  REVISIT_REQUIRED: {
    text: {
      zh: '报修和投诉须先回访，才能关闭。',
      en: 'Repairs and complaints are revisited before they are closed.',
    },
    rule: 'T-12',
  },
  TICKET_ENDED: {
    text: { zh: '工单已结束，不能再修改。', en: 'The ticket has ended and can no longer be changed.' },
    rule: 'T-09',
  },
  PERIOD_OUT_OF_RANGE: {
    text: {
      zh: '统计期间的截止日期不得早于起始日期，且最长 {days} 天。',
      en: 'The period ends on or after its first day, and is at most {days} days long.',
    },
    rule: 'T-14',
  },
  NOTICE_TOO_LATE: {
    text: {
      zh: '计划停水停电须提前 {hours} 小时通知；确需发布，请填写未提前通知的原因。',
      en: 'Planned outages are told {hours} hours ahead; to publish it all the same, say why it is late.',
    },
    rule: 'H-8',
  },
  NOTICE_FIXED: {
    text: {
      zh: '通知已发布或结束，只能修改已发布通知的内容和时间；其他变更请撤回后重新发布。',
      en: 'The notice is published or over: of a published one only content and times change; else withdraw it and publish another.',
    },
    rule: 'H-8',
  },
  TOO_MANY_VIEWS: {
    text: {
      zh: '最多保存 {most} 个视图，请先删除不用的。',
      en: 'At most {most} views can be saved; remove one first.',
    },
  },
  ...ticketRefusals,
  KEY_LOST: {
    text: { zh: '该钥匙已登记遗失，不能外借。', en: 'This copy is lost; it cannot be lent.' },
    rule: 'K-4',
  },
  PERMIT_OPEN: {
    text: {
      zh: '该房屋已有未结清的装修许可，结清或取消后方可再次申报。',
      en: 'The unit has a renovation permit that is not closed; close or cancel it first.',
    },
    rule: 'R-01',
  },
  PERMIT_FIXED: {
    text: {
      zh: '审核通过后，申报内容不能再修改。',
      en: 'The application can no longer be changed: it has been approved or has ended.',
    },
    rule: 'R-03',
  },
  CONTRACTOR_UNQUALIFIED: {
    text: {
      zh: '施工单位资质须为 {worst} 级及以上，目前登记为：{grade}。',
      en: 'The contractor must be of grade {worst} or better; on file: {grade}.',
    },
    rule: 'R-01',
  },
  FEES_CHARGED: {
    text: {
      zh: '费用和押金已开具；金额有误时，请先作废该费用，再重新开具。',
      en: 'Fees and deposit are charged; to correct an amount, void that fee and charge it again.',
    },
    rule: 'R-04',
  },
  ALREADY_SIGNED: {
    text: { zh: '{what}已经签字。', en: '{what} has signed already.' },
    rule: 'R-05',
  },
  ...promiseErrors,
} as const satisfies Record<string, ErrorDescription>;

export type ErrorCode = keyof typeof errors;
