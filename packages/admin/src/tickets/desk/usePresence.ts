import { useEffect, useState } from 'react';
import { has } from '../../platform/model.ts';
import { currentViewer } from '../../platform/viewer.ts';

export interface Present {
  staff: { id: string; name: string };
  mode: 'VIEWING' | 'EDITING';
}

/** Colleagues who have the same ticket open now. One is counted oneself for as long as this is on screen. */
export function usePresence(subject: string, mode: Present['mode']): readonly Present[] {
  const [people, setPeople] = useState<readonly Present[]>([]);
  useEffect(() => {
    if (!has('Subscription', 'presence')) return undefined;
    let stop: (() => void) | undefined;
    let gone = false;
    void import('../../platform/stream.ts').then(({ follow }) => {
      if (gone) return;
      stop = follow<{ presence: { people: Present[] } }>(
        'subscription presence($subject: ID!, $mode: PresenceMode!) { presence(subject: $subject, mode: $mode) { people { staff { id name } mode } } }',
        { subject, mode },
        ({ presence }) => setPeople(presence.people.filter(({ staff }) => staff.id !== currentViewer()?.id)),
      );
    });
    return () => {
      gone = true;
      stop?.();
      setPeople([]);
    };
  }, [subject, mode]);
  return people;
}
