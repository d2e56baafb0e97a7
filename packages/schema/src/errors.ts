import type { Text } from './text.ts';

export interface ErrorDescription {
  text: Text;
  /** Handbook rule that the refusal keeps, when it is one rule for all uses of the code. */
  rule?: string;
}

/** The closed list of refusals. A code never changes its meaning; the text says what was wrong and what to do. */
export const errors = {
  UNAUTHENTICATED: { text: { zh: '请先登录，或提供有效的访问令牌。', en: 'Sign in first, or send a valid access token.' } },
  FORBIDDEN: {
    text: { zh: '您的角色无权执行此操作，请联系主管。', en: 'Your role may not do this; ask your supervisor.' },
    rule: 'P-3',
  },
  NOT_FOUND: { text: { zh: '找不到该记录，可能已不在您的管辖范围内。', en: 'No such record, or it is outside what you may see.' } },
  VALIDATION: { text: { zh: '{detail}', en: '{detail}' } },
  CONFLICT: {
    text: {
      zh: '此记录刚被他人修改，您看到的是旧版本。请核对最新内容后重试。',
      en: 'Somebody changed this record after you opened it. Check the current state and try again.',
    },
  },
  ILLEGAL_MOVE: {
    text: { zh: '当前状态“{state}”下不能“{action}”。', en: 'In state "{state}" it is not possible to "{action}".' },
  },
  IDEMPOTENCY_MISMATCH: {
    text: {
      zh: '该幂等键已用于另一份内容，请换用新的键。',
      en: 'This idempotency key was used with another body; use a new key.',
    },
  },
  DUPLICATE: { text: { zh: '已存在相同的“{what}”。', en: 'There is already one with the same {what}.' } },
  TOO_COMPLEX: { text: { zh: '查询过大：{detail}', en: 'The query is too large: {detail}' } },
  TOO_MANY_REQUESTS: { text: { zh: '请求过于频繁，请稍后再试。', en: 'Too many requests; try again later.' } },
  RESYNC: {
    text: { zh: '游标已过期，请重新读取全部数据后再订阅。', en: 'The cursor is past retention: read everything again, then subscribe anew.' },
  },
  INTERNAL: { text: { zh: '系统内部错误，编号 {id}。请将编号告知管理员。', en: 'Internal error {id}. Give this id to your administrator.' } },

  OWNERSHIP_ABOVE_100: {
    text: { zh: '该房屋业主份额合计将超过 100%（已有 {taken}%）。', en: 'Ownership shares of the unit would exceed 100 % ({taken} % taken).' },
    rule: 'U-2',
  },
  RESIDENCY_OVERLAP: {
    text: { zh: '该住户在同一时期已以相同身份登记在此房屋。', en: 'The resident already has this relation to the unit in that period.' },
    rule: 'U-2',
  },
  REASON_REQUIRED: { text: { zh: '请填写原因。', en: 'Give a reason.' }, rule: 'P-6' },
  STANDARD_NOT_APPROVED: {
    text: { zh: '收费标准未经审批，不能用于出账。', en: 'The charge standard is not approved.' },
    rule: 'F-02',
  },
  ALREADY_BILLED: { text: { zh: '该房屋在此期间的该项费用已出账。', en: 'The unit is already billed for this period.' }, rule: 'F-03' },
  AMOUNT_EXCEEDED: { text: { zh: '金额超出可用余额 {available}。', en: 'The amount exceeds what is available: {available}.' }, rule: 'F-05' },
  FEES_UNPAID: { text: { zh: '相关费用或押金尚未结清：{what}。', en: 'Fees or deposits are not settled: {what}.' }, rule: 'R-04' },
  PAPERS_MISSING: { text: { zh: '资料不齐：{what}。', en: 'Papers are missing: {what}.' }, rule: 'R-01' },
  SIGNATURE_MISSING: { text: { zh: '尚缺签字：{what}。', en: 'Signatures are missing: {what}.' }, rule: 'R-05' },
  KEY_OUT: { text: { zh: '该钥匙已借出，归还前不能再借。', en: 'This copy is out; it cannot be lent twice.' }, rule: 'K-3' },
  IDENTITY_UNVERIFIED: { text: { zh: '未核实借用人身份，不得借出。', en: "The borrower's identity is not verified: no loan." }, rule: 'K-2' },
  CONSENT_REQUIRED: {
    text: { zh: '借用人不是业主，须先取得业主同意并记录。', en: "The borrower is not the owner: the owner's consent must be recorded first." },
    rule: 'K-2',
  },
} as const satisfies Record<string, ErrorDescription>;

export type ErrorCode = keyof typeof errors;
