import { say, type Text } from '@desk/schema';

/** A cell that could not be read, and why in both languages. Returned rather than thrown: there may be a hundred thousand. */
export class Bad {
  readonly text: Text;
  constructor(text: Text, values: Record<string, string | number> = {}) {
    this.text = { zh: say(text, 'zh-CN', values), en: say(text, 'en', values) };
  }
}

export const reasons = {
  required: { zh: '不能为空', en: 'must not be empty' },
  whole: { zh: '不是整数', en: 'is not a whole number' },
  decimal: { zh: '不是数字', en: 'is not a number' },
  money: { zh: '不是金额（元，最多两位小数）', en: 'is not an amount of money (at most two decimals)' },
  truth: { zh: '不是“是”或“否”', en: 'is neither yes nor no' },
  choice: { zh: '不是可选的值：{values}', en: 'is not one of: {values}' },
  date: { zh: '不是日期，如 2026-11-22', en: 'is not a date such as 2026-11-22' },
  dateTime: { zh: '不是时间，如 2026-11-22 08:30', en: 'is not a time such as 2026-11-22 08:30' },
  format: { zh: '不符合日期格式 {format}', en: 'does not have the form {format}' },
  ambiguous: {
    zh: '分不清是月/日还是日/月，请在列映射中注明格式',
    en: 'may be month/day or day/month: state the format in the mapping',
  },
  phone: { zh: '不是电话号码（7 至 15 位数字）', en: 'is not a phone number (7 to 15 digits)' },
  scientific: {
    zh: '被表格软件存成了科学计数法，位数已丢失，请将该列设为文本',
    en: 'was turned into scientific notation by a spreadsheet and lost digits: make the column text',
  },
} as const satisfies Record<string, Text>;
