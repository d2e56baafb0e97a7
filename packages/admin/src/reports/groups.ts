import { figuresDescriptor } from '@desk/schema/reports/descriptor';
import { type FigureGroup, figureGroups } from '@desk/schema/reports/enums';
import { useSay } from '../platform/i18n/index.ts';
import { may } from '../platform/viewer.ts';

/** What figures may be divided by, with its words; by person only with that right. */
export function useFigureGroups(): [FigureGroup, string][] {
  const { tell } = useSay();
  return (Object.keys(figureGroups) as FigureGroup[])
    .filter((name) => name !== 'PERSON' || may(figuresDescriptor, 'person'))
    .map((name) => [name, tell(figureGroups[name])]);
}
