import { type CompositionEvent, type SyntheticEvent, useEffect, useMemo, useState } from 'react';
import { compositionGuard } from './composition.ts';

/** What is typed into an Autocomplete, once it is worth searching for: after a pause, and never pinyin half composed. */
export function useSearchText(pauseMs: number) {
  const [typed, setTyped] = useState('');
  const [wanted, setWanted] = useState('');
  const guard = useMemo(() => compositionGuard(setTyped), []);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(typed.trim()), pauseMs);
    return () => clearTimeout(timer);
  }, [typed, pauseMs]);
  return {
    wanted,
    onInputChange: (event: SyntheticEvent | null, text: string, reason: string) => {
      // Choosing an option writes its name into the field: that is no search.
      if (reason === 'input') guard.input(text, (event?.nativeEvent as InputEvent | undefined)?.isComposing);
      if (reason === 'clear') setTyped('');
    },
    composition: {
      onCompositionStart: guard.start,
      onCompositionEnd: (event: CompositionEvent) => guard.end((event.target as HTMLInputElement).value),
    },
  };
}
