import AddIcon from '@mui/icons-material/Add';
import { Box, Button, TextField, Typography } from '@mui/material';
import { type RefObject, useEffect, useMemo, useState } from 'react';
import { useSay } from '../../platform/i18n/index.ts';
import { KeyHint } from '../../ui/ActionBar.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { compositionGuard } from '../../ui/composition.ts';
import type { Rows } from './rows.ts';
import { deskTexts } from './texts.ts';
import type { useDeskState } from './useDeskState.ts';
import { ViewMenu } from './ViewMenu.tsx';
import { orders } from './views.ts';

const searchDelayMs = 300;

interface ListToolsProps {
  state: ReturnType<typeof useDeskState>;
  list: Rows;
  selected: number;
  searchBox: RefObject<HTMLInputElement | null>;
  onNew(): void;
  onHelp(): void;
  onDispatch(): void;
}

/** Above the list: which tickets, in which order, how many; and the way to a new one. */
export function ListTools({ state, list, selected, searchBox, onNew, onHelp, onDispatch }: ListToolsProps) {
  const { tell } = useSay();
  const { views, view, order, set } = state;
  return (
    <Box sx={{ p: 1.25, display: 'grid', gap: 1, borderBottom: 1, borderColor: 'divider' }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <Choice
          label={tell(deskTexts.view)}
          value={view?.id ?? 'custom'}
          options={[
            ...(view ? [] : [['custom', tell(deskTexts.custom)] as const]),
            ...views.map(({ id, label }) => [id, tell(label)] as const),
          ]}
          onChange={(id) => set({ view: id, filter: undefined })}
          sx={{ flex: 1, minWidth: 0 }}
        />
        <Button variant="contained" startIcon={<AddIcon />} onClick={onNew} sx={{ whiteSpace: 'nowrap' }}>
          {tell(deskTexts.newTicket)}
          <KeyHint letter="n" />
        </Button>
      </Box>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <Search value={state.search} box={searchBox} onSearch={(search) => set({ search })} />
        <Choice
          label={tell(deskTexts.sort)}
          value={order || (view?.orderBy ? '' : (orders[0]?.id ?? ''))}
          options={orders.map(({ id, label }) => [id, tell(label)])}
          onChange={(id) => set({ order: id })}
          sx={{ width: 120 }}
        />
      </Box>
      <Box sx={{ display: 'flex', gap: 0.5, alignItems: 'center', minHeight: 30 }}>
        <Typography variant="body2" color="textSecondary" sx={{ flex: 1 }}>
          <Count list={list} />
          {selected > 0 && ` · ${tell(deskTexts.selected, { count: selected })}`}
        </Typography>
        {selected > 0 && (
          <Button size="small" variant="outlined" onClick={onDispatch}>
            {tell(deskTexts.dispatch)}
            <KeyHint letter="b" />
          </Button>
        )}
        <ViewMenu state={state} onHelp={onHelp} />
      </Box>
    </Box>
  );
}

function Count({ list: { total, precision } }: { list: Rows }) {
  const { tell } = useSay();
  if (total === undefined) return null;
  if (total === 1) return tell(deskTexts.countOne);
  return tell(precision === 'AT_LEAST' ? deskTexts.atLeast : deskTexts.count, { count: total });
}

interface SearchProps {
  value: string;
  box: RefObject<HTMLInputElement | null>;
  onSearch(text: string | undefined): void;
}

/** Searches while one types, but never for pinyin that is still being composed. */
function Search({ value, box, onSearch }: SearchProps) {
  const { tell } = useSay();
  const [text, setText] = useState(value);
  const [wanted, setWanted] = useState(value);
  const guard = useMemo(() => compositionGuard(setWanted), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed starts a search
  useEffect(() => {
    if (wanted === value) return undefined;
    const timer = setTimeout(() => onSearch(wanted.trim() || undefined), searchDelayMs);
    return () => clearTimeout(timer);
  }, [wanted]);
  return (
    <TextField
      type="search"
      size="small"
      label={tell(deskTexts.search)}
      value={text}
      inputRef={box}
      onChange={(event) => {
        setText(event.target.value);
        guard.input(event.target.value, (event.nativeEvent as InputEvent).isComposing);
      }}
      onCompositionStart={guard.start}
      onCompositionEnd={(event) => guard.end((event.target as HTMLInputElement).value)}
      slotProps={{ htmlInput: { 'aria-keyshortcuts': '/' } }}
      sx={{ flex: 1, minWidth: 0 }}
    />
  );
}
