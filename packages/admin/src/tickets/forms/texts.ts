import type { Text } from '@desk/schema';

/** Words of the dialogs that join, split, price and record the work of a ticket. */
export const formTexts = {
  sameUnit: { zh: '同一房屋的未完结工单', en: 'Open tickets of the same unit' },
  sameBuilding: { zh: '本楼栋及公共区域的未完结工单', en: 'Open tickets of the building and outside of any' },
  found: { zh: '搜索结果', en: 'Found' },
  nothingNear: {
    zh: '附近没有未完结的工单；请输入单号、房号或文字搜索',
    en: 'No open ticket nearby: search by number, unit or words',
  },
  nothingFound: { zh: '没有找到未完结的工单', en: 'No open ticket found' },
  searchTicket: { zh: '单号、房号、标题或内容', en: 'Number, unit, title or words' },
  mergeLead: {
    zh: '本单将结束为“已合并”并指向主工单；关注人转到主工单（T-09）。',
    en: 'This ticket ends as merged and points to the main one, which its watchers follow from then on (T-09).',
  },
  incidentLead: {
    zh: '关联后随事件一并答复，仍单独签字和回访（T-09）。',
    en: 'It is answered together with the incident, but signed off and revisited on its own (T-09).',
  },
  covers: { zh: '已覆盖 {count} 单', en: 'Covers {count}' },

  splitLead: {
    zh: '拆出的事项各成一单，沿用位置、报事人和紧急程度；本单继续处理其余内容（T-09）。',
    en: 'Each matter becomes a ticket of its own with the same place, reporter and urgency; this one goes on with the rest (T-09).',
  },
  original: { zh: '原工单', en: 'This ticket' },
  matter: { zh: '事项 {number}', en: 'Matter {number}' },
  addMatter: { zh: '再拆一项', en: 'Another matter' },
  details: { zh: '详细内容', en: 'Details' },
  splitKeys: { zh: 'Enter 下一项，Ctrl+Enter 提交', en: 'Enter: next matter, Ctrl+Enter: send' },

  quoteLead: {
    zh: '施工前须经住户同意内容、时间和价格；新报价会作废之前的报价（T-15）。',
    en: 'The resident agrees to content, time and price before the work; a new quote withdraws the one before (T-15).',
  },
  service: { zh: '服务项目', en: 'Service' },
  serviceHelp: { zh: '选择目录项目或直接填写', en: 'From the catalogue, or in your own words' },
  quantity: { zh: '数量', en: 'Quantity' },
  unitPrice: { zh: '单价', en: 'Unit price' },
  addLine: { zh: '添加一行', en: 'Another line' },
  removeLine: { zh: '删除第 {number} 行', en: 'Remove line {number}' },
  remark: { zh: '说明', en: 'Remark' },
  total: { zh: '合计', en: 'Total' },
  badTotal: {
    zh: '每行须有数量（最多两位小数）和单价',
    en: 'Each line needs a quantity (at most two decimals) and a price',
  },
  published: { zh: '公示价 {price}', en: 'Published: {price}' },
  noPrice: { zh: '面议', en: 'Priced on the spot' },

  noClock: { zh: '这张工单没有适用的承诺。', en: 'None of the promises of this ticket is in that state.' },
  standing: { zh: '跟踪情况', en: 'How it stands' },
  toldResident: { zh: '告知住户的内容', en: 'What the resident was told' },

  again: { zh: '保存并再记一行', en: 'Save, then another' },
  hour: { zh: '小时', en: 'hour' },
  labourHelp: { zh: '工时，按小时', en: 'Working time in hours' },
  checked: { zh: '检查结果', en: 'Found' },
  fit: { zh: '合格，可用', en: 'Fit for use' },
  unfit: { zh: '不合格，不用', en: 'Unfit, not used' },
  unfitHelp: {
    zh: '自备材料不合格的不得使用：只记录，数量为 0（T-10）。',
    en: "A resident's own material that is unfit is not used: recorded with quantity 0 (T-10).",
  },
} as const satisfies Record<string, Text>;
