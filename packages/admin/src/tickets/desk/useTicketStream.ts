import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Change } from '../../platform/stream.ts';
import { patchRow, rowSelection, rowsKey, type TicketRow } from './rows.ts';

interface TicketChange extends Change {
  ticket: TicketRow | null;
}

/** Which tickets belong into a list is asked again at most this often, however much happens. */
const calmMs = 4_000;
/** A first change is followed soon; what happens together is asked for once. */
const soonMs = 300;

/**
 * Keeps the lists live at a price that does not grow with the clerks: the server works out a changed line once and tells
 * it to all; only whether it still belongs where it stands is asked by each desk, and not more often than `calmMs`.
 */
export function useTicketStream(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let stop: (() => void) | undefined;
    let gone = false;
    let asked = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      if (timer) return;
      // Not all desks at the same moment.
      const pause = Math.max(soonMs, asked + calmMs - Date.now()) + Math.random() * soonMs;
      timer = setTimeout(() => {
        timer = undefined;
        asked = Date.now();
        void queries.invalidateQueries({ queryKey: rowsKey });
      }, pause);
    };
    // Loaded after the first paint: a list is worth more than its updates.
    void import('../../platform/stream.ts').then(({ Stream }) => {
      if (gone) return;
      const stream = new Stream<TicketChange>({
        document: `subscription deskLines($after: String) { ticketChanged(after: $after) { cursor type ticket { ${rowSelection()} } } }`,
        field: 'ticketChanged',
        onChange: ({ ticket }) => {
          if (ticket) patchRow(queries, ticket);
          ask();
        },
        onGap: ask,
      });
      stop = () => stream.stop();
      void stream.start();
    });
    return () => {
      gone = true;
      clearTimeout(timer);
      stop?.();
    };
  }, [queries]);
}
