/** What the measurement must reach; each is printed with what it reached. */
import type { Result } from './report.ts';

export interface Target {
  what: string;
  value: number;
  /** At least so much, or at most. */
  least?: number;
  most?: number;
}

const perSecond: Record<string, [postgraphile: number, sqlInTurn: number]> = {
  ticket: [3.5, 1],
  tickets: [2, 1],
  units: [1.7, 0.75],
};

export function targetsOf(result: Result): Target[] {
  const targets: Target[] = [];
  const of = (name: string) => result.queries.find((query) => query.name === name);
  const waits = (name: string) => of(name)?.alone?.p50;
  for (const [name, [postgraphile, sql]] of Object.entries(perSecond)) {
    const peers = of(name)?.peers;
    const [ours, theirs, inTurn] = [peers?.ours, peers?.postgraphile, peers?.['sql in turn']];
    if (ours && theirs) {
      targets.push({
        what: `${name}: requests/s × PostGraphile`,
        value: ours.perSecond / theirs.perSecond,
        least: postgraphile,
      });
      targets.push({ what: `${name}: p99 × PostGraphile`, value: ours.p99 / theirs.p99, most: 1 });
    }
    if (ours && inTurn)
      targets.push({
        what: `${name}: requests/s × SQL in turn`,
        value: ours.perSecond / inTurn.perSecond,
        least: sql,
      });
  }
  const list = of('tickets')?.peers.ours;
  if (list) targets.push({ what: '50 tickets: server CPU, ms', value: list.serverCpu, most: 1.5 });
  const [first, deep, file] = [waits('tickets'), waits('page1000'), waits('file')];
  if (first && deep) targets.push({ what: 'page 1,000: p50 × page 1', value: deep / first, most: 1.5 });
  if (file) targets.push({ what: "a unit's file: p50, ms", value: file, most: 20 });
  // The target is for 100,000 residents.
  for (const { title, wait } of (result.scale !== '10m' && result.lookups) || [])
    targets.push({ what: `search by ${title}: p50, ms`, value: wait.p50, most: 10 });
  for (const { name, large, small } of result.sizes ?? [])
    targets.push({
      what: `${name}: p50 of the largest organisation × of the smallest`,
      value: large.p50 / small.p50,
      most: 1.5,
    });
  return targets.map((target) => ({ ...target, value: Math.round(target.value * 100) / 100 }));
}

export const reached = ({ value, least, most }: Target): boolean =>
  (least === undefined || value >= least) && (most === undefined || value <= most);

export const told = (target: Target): string =>
  `${reached(target) ? 'reached' : 'MISSED '}  ${target.what}: ${target.value} (${target.least === undefined ? `at most ${target.most}` : `at least ${target.least}`})`;
