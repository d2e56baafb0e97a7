import type { ErrorDescription } from '../errors.ts';

/** Refusals of the life of a ticket and of its files; part of the closed list in `errors.ts`. */
export const ticketRefusals = {
  PROBLEM_MISMATCH: {
    text: {
      zh: '此目录条目已停用，或不适用于“{kind}”类工单。',
      en: 'This catalogue entry is archived, or is not for tickets of the kind "{kind}".',
    },
    rule: 'T-09',
  },
  DISPATCH_REQUIRED: {
    text: {
      zh: '还没有派给任何部门，请先派单。',
      en: 'No department has it yet: dispatch it first.',
    },
    rule: 'T-04',
  },
  APPOINTMENT_PAST: {
    text: {
      zh: '预约时间须晚于现在，且不超过 {days} 天。',
      en: 'The appointment must lie ahead, at most {days} days.',
    },
    rule: 'T-05',
  },
  QUOTE_REQUIRED: {
    text: {
      zh: '服务内容和价格须先经住户同意并记录，才能上门施工。',
      en: 'The resident must accept content and price, recorded, before the work.',
    },
    rule: 'T-15',
  },
  TIME_REQUIRED: {
    text: {
      zh: '特约服务须先与住户约定上门时间。',
      en: 'A paid service needs a time that the resident has accepted.',
    },
    rule: 'T-15',
  },
  SIGNATURE_REQUIRED: {
    text: {
      zh: '须有住户手写签名；无人可签时，请填写未签字原因。',
      en: "The resident's drawn signature is needed, or the reason why nobody could sign.",
    },
    rule: 'T-10',
  },
  ENGINEERING_HEAD: {
    text: {
      zh: '是否超出范围，由当值的工程负责人或主管及以上人员判定。',
      en: 'What is out of scope is judged by the head of engineering on duty, or a supervisor and above.',
    },
    rule: 'T-09',
  },
  PAUSE_END: {
    text: {
      zh: '暂停须与住户约定到何时，且晚于现在。',
      en: 'A pause is agreed until a time, which lies ahead.',
    },
    rule: 'T-04',
  },
  QUOTE_TOO_LATE: {
    text: {
      zh: '工作已经完成或工单已结束，不能再报价。',
      en: 'The work is done or the ticket has ended: a price can no longer be agreed.',
    },
    rule: 'T-15',
  },
  MATERIAL_UNCHECKED: {
    text: {
      zh: '住户自备的材料须先检查是否合格。',
      en: "The resident's own material must be checked first: fit or unfit.",
    },
    rule: 'T-10',
  },
  MATERIAL_UNFIT: {
    text: {
      zh: '检查不合格的自备材料不得使用（数量须为 0）。',
      en: "An unfit material of the resident's may not be used: its quantity must be 0.",
    },
    rule: 'T-10',
  },
  COMPLAINT_ONLY: {
    text: { zh: '只有投诉才能“{action}”。', en: 'Only a complaint can be subject to "{action}".' },
    rule: 'T-06',
  },
  SEVERITY_REQUIRED: {
    text: {
      zh: '投诉须先定级（轻微、重要、重大）。',
      en: 'The severity of the complaint must be judged first.',
    },
    rule: 'T-06',
  },
  FORM_REQUIRED: {
    text: {
      zh: '重要和重大投诉须有经部门负责人签字、住户认可的投诉处理单，才能关闭。',
      en: 'Important and major complaints need a complaint form, signed by the head and accepted by the resident.',
    },
    rule: 'T-11',
  },
  FORM_EXISTS: {
    text: { zh: '该投诉已有处理单。', en: 'The complaint has a form already.' },
    rule: 'T-11',
  },
  APOLOGY_REQUIRED: {
    text: {
      zh: '重大投诉须先登记书面致歉，才能关闭。',
      en: 'A major complaint needs its written apology recorded before it is closed.',
    },
    rule: 'T-06',
  },
  MANAGER_REVISIT: {
    text: {
      zh: '重大投诉须由经理本人上门回访，直至住户签字。',
      en: 'A major complaint is revisited by the manager in person, until the resident signs.',
    },
    rule: 'T-06',
  },
  SEVERITY_LOWERED: {
    text: {
      zh: '降低投诉等级须由主管决定并说明原因。',
      en: 'Only a supervisor may lower the severity, with a reason.',
    },
    rule: 'T-06',
  },
  MERGE_TARGET: {
    text: {
      zh: '只能合并到同一小区中另一张未结束的工单。',
      en: 'A ticket is merged into another one of the same community that has not ended.',
    },
    rule: 'T-09',
  },
  INCIDENT_TARGET: {
    text: {
      zh: '只能关联同一小区中另一张未合并、本身未关联事件的工单。',
      en: 'An incident is another ticket of the same community that is neither merged nor covered itself.',
    },
    rule: 'T-09',
  },
  NOT_COVERED: {
    text: { zh: '此工单没有关联事件。', en: 'The ticket is not linked to an incident.' },
    rule: 'T-09',
  },
  CALL_BACK_REQUIRED: {
    text: {
      zh: '此咨询被抽中回访，须先回访，才能关闭。',
      en: 'This inquiry was drawn for a call-back, which comes before it is closed.',
    },
    rule: 'T-07',
  },
  NOTHING_COVERED: {
    text: { zh: '没有关联到此工单的未完成工单。', en: 'No unfinished ticket is linked to this one.' },
    rule: 'T-09',
  },
  ALREADY_WATCHING: {
    text: { zh: '该员工已在关注此工单。', en: 'This person is watching the ticket already.' },
    rule: 'T-03',
  },
  FILE_REFUSED: {
    text: {
      zh: '只能上传 JPEG、PNG、WebP、GIF 照片或 PDF 文件；此文件的内容不是。',
      en: 'Only photos (JPEG, PNG, WebP, GIF) and PDF documents may be attached; the content of this file is neither.',
    },
    rule: 'T-02',
  },
  FILE_TOO_LARGE: {
    text: { zh: '文件超过 {limit} MB。', en: 'The file is larger than {limit} MB.' },
    rule: 'T-02',
  },
  FILE_UNREADABLE: {
    text: {
      zh: '照片无法读取：文件已损坏，或像素过多。',
      en: 'The photo cannot be read: it is damaged, or has too many pixels.',
    },
    rule: 'T-02',
  },
  TOO_MANY_FILES: {
    text: { zh: '附件过多：最多 {limit} 个。', en: 'Too many files: at most {limit}.' },
    rule: 'T-02',
  },
} as const satisfies Record<string, ErrorDescription>;
