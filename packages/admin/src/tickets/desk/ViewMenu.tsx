import { resourceNamed } from '@desk/schema';
import MoreIcon from '@mui/icons-material/MoreVert';
import { Box, Button, IconButton, Menu, MenuItem } from '@mui/material';
import { lazy, Suspense, useState } from 'react';
import { Form } from 'react-admin';
import { Link } from 'react-router-dom';
import { useSay } from '../../platform/i18n/index.ts';
import type { Values } from '../../platform/mutations.ts';
import { withoutEmpty } from '../../platform/query.ts';
import { currentViewer, may } from '../../platform/viewer.ts';
import { DeskDialog } from '../../ui/DeskDialog.tsx';
import { useFilters } from '../../ui/filters.tsx';
import { useOwner } from '../../ui/represent.ts';
import { keptOf, type OfferedView, removeAction, saveAction } from './savedViews.ts';
import { deskTexts } from './texts.ts';
import type { useDeskState } from './useDeskState.ts';

const ActionDialog = lazy(() => import('../../ui/ActionDialog.tsx'));

interface ViewMenuProps {
  state: ReturnType<typeof useDeskState>;
  onHelp(): void;
}

/** What can be done with the choice of tickets: narrow it, keep it under a name, forget it. */
export function ViewMenu({ state, onHelp }: ViewMenuProps) {
  const { tell } = useSay();
  const views = resourceNamed('savedViews');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState<'filter' | 'save' | 'remove'>();
  const chosen = state.view as Partial<OfferedView> | undefined;
  const close = () => setOpen(undefined);
  const choose = (what: typeof open) => () => {
    setAnchor(null);
    setOpen(what);
  };
  const label = tell(deskTexts.viewMenu);
  return (
    <>
      <IconButton
        size="small"
        aria-label={label}
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <MoreIcon />
      </IconButton>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        <MenuItem onClick={choose('filter')}>{tell(deskTexts.filter)}…</MenuItem>
        {views && may(views, 'create') && (
          <MenuItem onClick={choose('save')}>{tell(deskTexts.saveView)}…</MenuItem>
        )}
        {chosen?.mine && <MenuItem onClick={choose('remove')}>{tell(deskTexts.removeView)}…</MenuItem>}
        <MenuItem component={Link} to="/ticket-table">
          {tell(deskTexts.table)}
        </MenuItem>
        <MenuItem
          onClick={() => {
            setAnchor(null);
            onHelp();
          }}
        >
          {tell(deskTexts.keys)}
        </MenuItem>
      </Menu>
      <Suspense fallback={null}>
        {open === 'filter' && <FilterDialog state={state} onClose={close} />}
        {open === 'save' && views && (
          <ActionDialog
            owner={views}
            record={{ id: '' }}
            action={saveAction(views)}
            sent={keptOf(state.query)}
            given={{ community: currentViewer()?.communities[0]?.id }}
            onDone={({ record }) =>
              state.set({ view: record.id, filter: undefined, search: undefined, order: undefined })
            }
            onClose={close}
          />
        )}
        {open === 'remove' && views && chosen?.record && (
          <ActionDialog
            owner={views}
            record={chosen.record}
            action={removeAction}
            onDone={() => state.set({ view: undefined })}
            onClose={close}
          />
        )}
      </Suspense>
    </>
  );
}

/** Two columns, each filter as wide as its column. */
const filterGrid = {
  display: 'grid',
  gap: 2,
  gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'repeat(2, minmax(0, 1fr))' },
  // In a bar they have a width of their own.
  '&& > *': { width: 'auto', minWidth: 0 },
} as const;

/** All filters that the tickets offer, in one form. */
function FilterDialog({ state, onClose }: { state: ViewMenuProps['state']; onClose(): void }) {
  const { t, tell } = useSay();
  const filters = useFilters(useOwner());
  const submit = (values: Values) => {
    state.set({ filter: JSON.stringify(withoutEmpty(values)) });
    onClose();
  };
  return (
    <DeskDialog
      title={tell(deskTexts.filter)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form="desk-filter" variant="contained">
            {tell(deskTexts.filter)}
          </Button>
        </>
      }
    >
      <Form id="desk-filter" onSubmit={submit} defaultValues={state.filter} noValidate>
        <Box sx={filterGrid}>{filters}</Box>
      </Form>
    </DeskDialog>
  );
}
