import { Button } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { useSay } from '../platform/i18n/index.ts';

/** The first few of a list, and the button that shows the rest; none where there is no rest. */
export function useFirstFew<T>(items: readonly T[], few: number): { shown: readonly T[]; rest: ReactNode } {
  const { t } = useSay();
  const [all, setAll] = useState(false);
  if (all || items.length <= few) return { shown: items, rest: null };
  const rest = (
    <Button size="small" onClick={() => setAll(true)}>
      {t('showAll', { count: items.length })}
    </Button>
  );
  return { shown: items.slice(0, few), rest };
}
