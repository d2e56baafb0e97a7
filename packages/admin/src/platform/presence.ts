import type { PresenceMode } from '@desk/schema/presence';
import { useEffect, useState } from 'react';
import { currentViewer } from './viewer.ts';

/** Somebody at a record. */
export interface Present {
  staff: { id: string; name: string };
  mode: PresenceMode;
  since: string;
}

/** Whoever leafs through records is not at each of them. */
const settledMs = 400;
const nobody: readonly Present[] = [];

/**
 * Tells colleagues that this person views or edits a record, for as long as the component is there, and answers who else
 * does. Nothing happens without a subject.
 */
export function usePresence(subject: string | undefined, mode: PresenceMode): readonly Present[] {
  const [people, setPeople] = useState(nobody);
  useEffect(() => {
    if (subject === undefined) return undefined;
    let leave: (() => void) | undefined;
    let gone = false;
    const timer = setTimeout(() => {
      // Loaded after the first paint: a record is worth more than its other readers.
      void import('./attend.ts').then(({ attend }) => {
        if (!gone) leave = attend(subject, mode, setPeople);
      });
    }, settledMs);
    return () => {
      gone = true;
      clearTimeout(timer);
      leave?.();
      setPeople(nobody);
    };
  }, [subject, mode]);
  const me = currentViewer()?.id;
  return people.filter(({ staff }) => staff.id !== me);
}
