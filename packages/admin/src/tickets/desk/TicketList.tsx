import { Box, LinearProgress, Typography } from '@mui/material';
import { type Ref, useEffect, useRef } from 'react';
import { useSay } from '../../platform/i18n/index.ts';
import { Failure } from '../../ui/Failure.tsx';
import type { Rows } from './rows.ts';
import { lineHeight, lineId, TicketLine } from './TicketLine.tsx';
import { deskTexts } from './texts.ts';
import { useInView, useWindow } from './useWindow.ts';

interface TicketListProps {
  list: Rows;
  /** Place of the line that the keys are at; -1 before the first. */
  current: number;
  opened: string | undefined;
  selected: ReadonlySet<string>;
  frame: Ref<HTMLDivElement>;
  onOpen(id: string): void;
  onSelect(id: string, index: number): void;
}

/** The lines of the list that are on screen, of however many there are. */
export function TicketList({ list, current, opened, selected, frame, onOpen, onSelect }: TicketListProps) {
  const { t, tell } = useSay();
  const { rows, total = 0, pending, error, look } = list;
  const scroller = useRef<HTMLDivElement>(null);
  const { first, last } = useWindow(scroller, rows.length, lineHeight);
  useInView(scroller, current, lineHeight);
  // Pages are fetched for what is on screen, and for where the keys are.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again when the lines or the place have changed
  useEffect(() => look(first, Math.max(last, current)), [first, last, current, rows.length]);
  // A line that was scrolled away is not in the page: nothing may point to it.
  const active = current >= first && current <= last ? rows[current] : undefined;
  return (
    <Box sx={{ position: 'relative', flex: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }}>
      {pending && <LinearProgress aria-label={t('loading')} />}
      <Failure error={error} retry={list.retry} />
      {!pending && !error && rows.length === 0 && (
        <Typography color="textSecondary" sx={{ p: 2 }}>
          {tell(deskTexts.none)}
        </Typography>
      )}
      <Box
        ref={(element: HTMLDivElement | null) => {
          scroller.current = element;
          if (typeof frame === 'function') frame(element);
          else if (frame) frame.current = element;
        }}
        role="listbox"
        tabIndex={0}
        aria-label={tell(deskTexts.list)}
        aria-multiselectable
        aria-busy={pending}
        {...(active && { 'aria-activedescendant': lineId(active.id) })}
        sx={{ flex: 1, minHeight: 0, overflowY: 'auto', position: 'relative' }}
      >
        <Box role="presentation" sx={{ height: rows.length * lineHeight, position: 'relative' }}>
          {rows.slice(first, last + 1).map((row, offset) => (
            <TicketLine
              key={row.id}
              row={row}
              index={first + offset}
              total={total}
              current={first + offset === current}
              opened={row.id === opened}
              selected={selected.has(row.id)}
              onOpen={onOpen}
              onSelect={onSelect}
            />
          ))}
        </Box>
      </Box>
    </Box>
  );
}
