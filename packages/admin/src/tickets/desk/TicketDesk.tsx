import { resourceNamed } from '@desk/schema';
import { Box, Card, type Theme, Typography, useMediaQuery } from '@mui/material';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { useNotify } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { useSay } from '../../platform/i18n/index.ts';
import type { DeskRecord } from '../../platform/mutations.ts';
import { actionsOf } from '../../ui/actions.ts';
import { PageTitle } from '../../ui/PageTitle.tsx';
import { useOwner } from '../../ui/represent.ts';
import { additionsOf } from './additions.ts';
import { Composer } from './Composer.tsx';
import { useGivenTicket } from './given.ts';
import { ListTools } from './ListTools.tsx';
import { actionLetters } from './letters.ts';
import { useRows } from './rows.ts';
import { useSavedViews } from './savedViews.ts';
import { TicketList } from './TicketList.tsx';
import { TicketPane } from './TicketPane.tsx';
import { deskTexts } from './texts.ts';
import { useDeskKeys } from './useDeskKeys.ts';
import { useDeskState } from './useDeskState.ts';
import { useTicketStream } from './useTicketStream.ts';

const BulkDispatch = lazy(() => import('./BulkDispatch.tsx'));
const KeysHelp = lazy(() => import('./KeysHelp.tsx'));

/** Letters follow from what the product offers, so that they are the same on every desk. */
function useLetters() {
  const owner = useOwner();
  return useMemo(
    () =>
      actionLetters([
        ...new Set([
          ...(owner.lifecycle?.moves ?? []).map(({ action }) => action),
          ...Object.keys(resourceNamed('tickets')?.actions ?? {}),
          ...additionsOf(owner).map(({ target }) => target.name),
        ]),
      ]),
    [owner],
  );
}

/** The ticket desk: the list, the open ticket and the form for a new one side by side, all of it by keys. */
export default function TicketDesk({ composing = false }: { composing?: boolean }) {
  const owner = useOwner();
  const { tell } = useSay();
  const notify = useNotify();
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('md'));
  const navigate = useNavigate();
  const saved = useSavedViews();
  const state = useDeskState(owner, saved, narrow ? 'mine' : 'open');
  const { opened, set } = state;
  const list = useRows(state.query);
  useTicketStream();
  const letters = useLetters();
  const [place, setPlace] = useState<string>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [compose, setCompose] = useState(composing);
  const [help, setHelp] = useState(false);
  const [bulk, setBulk] = useState(false);
  const [asked, setAsked] = useState<string>();
  const [record, setRecord] = useState<DeskRecord>();
  const frame = useRef<HTMLDivElement>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  const given = useGivenTicket();

  const current = list.rows.findIndex(({ id }) => id === (place ?? opened));
  const shown = record?.id === opened ? record : undefined;
  const actions = shown ? actionsOf(owner, shown) : [];

  const open = (id: string | undefined) => {
    setAsked(undefined);
    if (id) setPlace(id);
    set({ ticket: id }, true);
  };
  const latest = useRef(open);
  latest.current = open;
  // The same function each time: lines that did not change are then not drawn again.
  const openLine = useCallback((id: string) => latest.current(id), []);
  const toggle = useCallback((id: string) => {
    setSelected((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const leaveComposer = () => {
    setCompose(false);
    if (composing) set({});
    frame.current?.focus();
  };
  const back = () => {
    if (compose) return leaveComposer();
    if (opened) {
      open(undefined);
      frame.current?.focus();
    } else if (selected.size > 0) setSelected(new Set());
  };
  const ask = (letter: string) => {
    const action = actions.find(({ name }) => letters.get(name) === letter);
    const addition = additionsOf(owner).find(({ target }) => letters.get(target.name) === letter);
    if (shown && addition) setAsked(addition.target.name);
    if (!action) return Boolean(shown && addition);
    if (action.allowed) setAsked(action.name);
    else notify(`${tell(action.label)}: ${action.reason ?? ''}`, { type: 'info' });
    return true;
  };
  const chosen = list.rows.filter(({ id }) => selected.has(id));
  useDeskKeys({
    rows: list.rows,
    current,
    frame,
    searchBox,
    letters,
    waiting: asked !== undefined,
    setPlace,
    select: (ids) => setSelected((before) => new Set([...before, ...ids])),
    toggle,
    open,
    compose: () => setCompose(true),
    dispatch: () => chosen.length > 0 && setBulk(true),
    print: () => (opened ? navigate(`/work-order/${opened}`) : false),
    help: () => setHelp(true),
    back,
    ask,
  });

  // On a phone the page scrolls, so that what sticks to the bottom sticks to the screen.
  const pane = { overflow: { xs: 'visible', md: 'auto' }, minWidth: 0, minHeight: 0 } as const;
  return (
    <>
      <PageTitle title={tell(deskTexts.title)} />
      <Box
        sx={{
          display: 'grid',
          gap: 1.5,
          pt: 1.5,
          height: { md: 'calc(100dvh - 48px - 12px)' },
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            md:
              compose && opened
                ? 'minmax(0, 3fr) minmax(0, 3fr) minmax(0, 4fr)'
                : 'minmax(0, 420px) minmax(0, 1fr)',
          },
        }}
      >
        {!(narrow && (opened || compose)) && (
          <Card
            variant="outlined"
            sx={{
              ...pane,
              display: 'flex',
              flexDirection: 'column',
              overflow: 'hidden',
              height: { xs: 'calc(100dvh - 80px)', md: 'auto' },
            }}
          >
            <ListTools
              state={state}
              list={list}
              selected={chosen.length}
              searchBox={searchBox}
              onNew={() => setCompose(true)}
              onHelp={() => setHelp(true)}
              onDispatch={() => setBulk(true)}
            />
            <TicketList
              list={list}
              current={current}
              opened={opened}
              selected={selected}
              frame={frame}
              onOpen={openLine}
              onSelect={toggle}
            />
          </Card>
        )}
        {!(compose && !opened) && !(narrow && (compose || !opened)) && (
          <Card variant="outlined" sx={pane}>
            {opened ? (
              <TicketPane
                key={opened}
                id={opened}
                letters={letters}
                asked={asked}
                onAsk={setAsked}
                onRecord={setRecord}
                onClose={back}
              />
            ) : (
              <Typography color="textSecondary" sx={{ p: 3 }}>
                {tell(deskTexts.chooseOne)}
              </Typography>
            )}
          </Card>
        )}
        {compose && (
          <Card variant="outlined" sx={pane}>
            <Composer
              given={given}
              onFiled={(id) => {
                setCompose(false);
                open(id);
              }}
              onClose={leaveComposer}
            />
          </Card>
        )}
      </Box>
      <Suspense fallback={null}>
        {help && <KeysHelp actions={actions} letters={letters} onClose={() => setHelp(false)} />}
        {bulk && (
          <BulkDispatch
            rows={chosen}
            onDispatched={(ids) =>
              setSelected((before) => new Set([...before].filter((id) => !ids.includes(id))))
            }
            onClose={() => setBulk(false)}
          />
        )}
      </Suspense>
    </>
  );
}
