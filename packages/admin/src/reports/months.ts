import type { FeeKind } from '@desk/schema/fees/enums';
import { request } from '../platform/client.ts';
import { type CallFigures, callNumbers, type Figures, figureNumbers } from './figures.ts';

export interface Month {
  id: string;
  month: string;
  from: string;
  to: string;
  frozenAt: string;
}

export interface FigureSet {
  satisfactionTarget: number;
  total: Figures;
  groups: Figures[];
}

/** Money of one kind of fee, in minor units. */
export interface FeeSums {
  kind: FeeKind;
  charged: number;
  collected: number;
  waived: number;
  outstanding: number;
}

export interface MonthContent {
  tickets: FigureSet;
  complaints: FigureSet;
  fees: FeeSums[];
  calls: CallFigures;
}

/** The frozen months of a community, the latest first. */
export async function readMonths(community: string, signal: AbortSignal): Promise<Month[]> {
  const { monthlyReports } = await request<{ monthlyReports: { nodes: Month[] } }>(
    `query months($community: ID!) { monthlyReports(first: 100, filter: { community: { eq: $community } }, orderBy: { field: MONTH, direction: DESC }) {
      nodes { id month from to frozenAt } } }`,
    { community },
    { signal },
  );
  return monthlyReports.nodes;
}

const set = `{ satisfactionTarget total { ${figureNumbers} } groups { ${figureNumbers} } }`;

export async function readMonth(id: string, groupBy: string, signal: AbortSignal): Promise<MonthContent> {
  const { monthlyReport } = await request<{ monthlyReport: MonthContent }>(
    `query month($id: ID!, $groupBy: FigureGroup!) { monthlyReport(id: $id) {
      tickets(groupBy: $groupBy) ${set} complaints(groupBy: $groupBy) ${set}
      fees { kind charged collected waived outstanding } calls { ${callNumbers} } } }`,
    { id, groupBy },
    { signal },
  );
  return monthlyReport;
}
