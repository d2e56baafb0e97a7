import { type Locale, say, type Text } from '@desk/schema';
import { feeKinds } from '@desk/schema/fees/enums';
import { type FigureGroup, figureGroups } from '@desk/schema/reports/enums';
import { callFiguresFrom } from './call-figures.ts';
import { type Figures, figuresFrom } from './figures.ts';
import type { Content } from './monthly.ts';
import { figureColumns } from './sheets.ts';

/** One sheet: its name, its heads, its rows. */
export interface Sheet {
  name: Text;
  heads: readonly Text[];
  rows: unknown[][];
}

const feeColumns = {
  charged: { zh: '本期应收', en: 'Charged' },
  collected: { zh: '本期实收', en: 'Collected' },
  waived: { zh: '本期减免', en: 'Waived' },
  outstanding: { zh: '期末欠费', en: 'Outstanding' },
} as const satisfies Record<string, Text>;
const feeSums = Object.keys(feeColumns) as (keyof typeof feeColumns)[];
const callRows = {
  inbound: { zh: '呼入', en: 'Inbound' },
  missed: { zh: '未接', en: 'Missed' },
  answeredInTimeRate: { zh: '按承诺声数接听（%）', en: 'Answered in the rings promised (%)' },
  endedInTimeRate: { zh: '按目标时长解决（%）', en: 'Settled in the time aimed at (%)' },
} as const satisfies Record<string, Text>;
const texts = {
  complaints: { zh: '投诉汇总', en: 'Complaints' },
  fees: { zh: '收费明细', en: 'Fees' },
  work: { zh: '工作统计', en: 'Work' },
  calls: { zh: '来电', en: 'Calls' },
  kind: { zh: '费用类别', en: 'Kind of fee' },
  whole: { zh: '合计', en: 'All' },
  figure: { zh: '指标', en: 'Figure' },
  value: { zh: '数值', en: 'Value' },
} as const satisfies Record<string, Text>;

/** The frozen month as sheets (handbook T-14): complaints, fees, work by every division that the reader may see, calls. */
export function monthSheets(content: Content, groups: readonly FigureGroup[], locale: Locale): Sheet[] {
  const table = (name: Text, part: 'tickets' | 'complaints', group: FigureGroup): Sheet => {
    const { total, groups: found } = figuresFrom(content[part][group] ?? [], group, locale);
    const rows = [total, ...found].map((figures: Figures) => [
      figures.label,
      ...figureColumns.map(({ of }) => of(figures)),
    ]);
    return { name, heads: [figureGroups[group], ...figureColumns.map(({ label }) => label)], rows };
  };
  const by = (name: Text, group: FigureGroup): Text => ({
    zh: `${name.zh}（${figureGroups[group].zh}）`,
    en: `${name.en} by ${figureGroups[group].en.toLowerCase()}`,
  });
  const calls = callFiguresFrom(content.calls);
  const callLines = Object.entries(callRows) as [keyof typeof callRows, Text][];
  return [
    table(texts.complaints, 'complaints', 'DEPARTMENT'),
    feeSheet(content.fees ?? [], locale),
    ...groups.map((group) => table(by(texts.work, group), 'tickets', group)),
    {
      name: texts.calls,
      heads: [texts.figure, texts.value],
      rows: callLines.map(([of, label]) => [say(label, locale), calls[of]]),
    },
  ];
}

/** Amounts as a spreadsheet adds them up: in whole units of the currency. */
function feeSheet(fees: NonNullable<Content['fees']>, locale: Locale): Sheet {
  const sum = (name: keyof typeof feeColumns) => fees.reduce((whole, fee) => whole + Number(fee[name]), 0);
  return {
    name: texts.fees,
    heads: [texts.kind, ...Object.values(feeColumns)],
    rows: [
      [say(texts.whole, locale), ...feeSums.map((name) => sum(name) / 100)],
      ...fees.map((fee) => [
        say(feeKinds[fee.kind], locale),
        ...feeSums.map((name) => Number(fee[name]) / 100),
      ]),
    ],
  };
}
