import type { FigureGroup } from '@desk/schema/reports/enums';
import { request } from '../platform/client.ts';

export interface Figures {
  key: string | null;
  label: string;
  volume: number;
  open: number;
  responseMedian: number | null;
  responseP90: number | null;
  settleMedian: number | null;
  settleP90: number | null;
  satisfaction: number | null;
  reworkRate: number | null;
  keptRate: number | null;
  promisesMissed: number;
  postponementRate: number | null;
}

export interface CallFigures {
  inbound: number;
  missed: number;
  answeredInTimeRate: number | null;
  endedInTimeRate: number | null;
}

export interface FigureAnswer {
  ticketFigures: { satisfactionTarget: number; total: Figures; groups: Figures[] };
  callFigures: CallFigures;
}

export interface Asked {
  from: string;
  to: string;
  groupBy: FigureGroup;
}

export const callNumbers = 'inbound missed answeredInTimeRate endedInTimeRate';
export const figureNumbers = `key label volume open responseMedian responseP90 settleMedian settleP90 satisfaction reworkRate keptRate promisesMissed postponementRate`;
const document = `query figures($from: Date!, $to: Date!, $groupBy: FigureGroup!) {
  ticketFigures(from: $from, to: $to, groupBy: $groupBy) { satisfactionTarget total { ${figureNumbers} } groups { ${figureNumbers} } }
  callFigures(from: $from, to: $to) { ${callNumbers} } }`;

export const readFigures = (asked: Asked, signal: AbortSignal): Promise<FigureAnswer> =>
  request<FigureAnswer>(document, asked, { signal });
