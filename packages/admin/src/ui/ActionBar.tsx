import type { ResourceDescriptor } from '@desk/schema';
import { Alert, Box, Button, Stack, type Theme, Typography, useMediaQuery } from '@mui/material';
import { lazy, Suspense, useId, useRef, useState } from 'react';
import { useSay } from '../platform/i18n/index.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { actionsOf, type RecordAction } from './actions.ts';

const ActionDialog = lazy(() => import('./ActionDialog.tsx'));
/** Buttons that one sees at a glance. */
const shownFirst = 9;
/** Refusals that follow from the state or the role alone stand last: nobody can do anything about them here. */
const plainRefusals = new Set(['ILLEGAL_MOVE', 'FORBIDDEN']);

interface ActionBarProps {
  owner: ResourceDescriptor;
  record: DeskRecord;
  /** In a line of a list: smaller, and only what is possible. */
  inline?: boolean;
  /** Names of actions that are offered elsewhere on the page. */
  without?: readonly string[];
  /** Keys that open the actions, by action: shown on their buttons. */
  letters?: ReadonlyMap<string, string>;
  /** Name of the action that is asked about, where a key may have asked; the bar keeps it itself when absent. */
  asked?: string | undefined;
  onAsk?(name: string | undefined): void;
}

/** What can be done with a record now; what cannot is explained, not hidden. */
export function ActionBar({
  owner,
  record,
  inline = false,
  without = [],
  letters,
  asked,
  onAsk,
}: ActionBarProps) {
  const { t, tell } = useSay();
  const [own, setOwn] = useState<string>();
  const [open, setOpen] = onAsk ? [asked, onAsk] : [own, setOwn];
  // Taken when it is opened: an action that a colleague made impossible meanwhile stays on screen until it is answered.
  const kept = useRef<RecordAction>(undefined);
  const [more, setMore] = useState(false);
  const narrow = useMediaQuery<Theme>((theme) => theme.breakpoints.down('md'));
  const actions = actionsOf(owner, record).filter(({ name }) => !without.includes(name));
  if (actions.length === 0) return null;
  const allowed = actions.filter((action) => action.allowed);
  // Where keys open them all, the rest waits behind one button.
  const shown = letters && !more ? allowed.slice(0, narrow ? 3 : shownFirst) : allowed;
  if (kept.current?.name !== open) kept.current = allowed.find(({ name }) => name === open);
  return (
    <Box component="section" aria-label={t('actions')}>
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1 }}>
        {shown.map((action, index) => (
          <Button
            key={action.name}
            size={inline ? 'small' : 'medium'}
            variant={index === 0 && !action.danger ? 'contained' : 'outlined'}
            color={action.danger ? 'error' : 'primary'}
            onClick={() => setOpen(action.name)}
          >
            {tell(action.label)}
            <KeyHint letter={letters?.get(action.name)} />
          </Button>
        ))}
        {shown.length < allowed.length && (
          <Button color="inherit" onClick={() => setMore(true)}>
            {t('moreActions', { count: allowed.length - shown.length })}
          </Button>
        )}
      </Stack>
      {!inline && <Blocked actions={actions.filter((action) => !action.allowed)} folded={Boolean(letters)} />}
      {kept.current && (
        <Suspense fallback={null}>
          <ActionDialog
            owner={owner}
            record={record}
            action={kept.current}
            onClose={() => setOpen(undefined)}
          />
        </Suspense>
      )}
    </Box>
  );
}

/** `shift+a` as it is printed on a key: `⇧A`. */
export const keyName = (key: string) => key.replace('shift+', '⇧').toUpperCase();

/** The key that does the same as the button; not part of its name. */
export function KeyHint({ letter }: { letter: string | undefined }) {
  if (!letter) return null;
  return (
    <Box
      component="kbd"
      aria-hidden
      sx={{
        ml: 0.75,
        px: 0.5,
        fontSize: 11,
        lineHeight: '16px',
        fontFamily: 'inherit',
        border: 1,
        borderRadius: 0.5,
        display: { xs: 'none', md: 'inline-block' },
      }}
    >
      {keyName(letter)}
    </Box>
  );
}

/** What is not possible now, as buttons that answer why not: on a phone there is nothing to hover over. */
function Blocked({ actions, folded }: { actions: RecordAction[]; folded: boolean }) {
  const { t, tell } = useSay();
  const reason = useId();
  const [asked, setAsked] = useState<string>();
  const [open, setOpen] = useState(!folded);
  const plain = ({ code }: RecordAction) => Number(plainRefusals.has(code ?? ''));
  const ordered = [...actions].sort((one, other) => plain(one) - plain(other));
  const shown = ordered.find(({ name }) => name === asked);
  if (ordered.length === 0) return null;
  return (
    <Box sx={{ mt: 1 }}>
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}>
        {folded ? (
          <Button
            size="small"
            color="inherit"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            sx={{ py: 0, color: 'text.secondary' }}
          >
            {t('whyNot')} {ordered.length}
          </Button>
        ) : (
          <Typography variant="body2" color="textSecondary">
            {t('whyNot')}
          </Typography>
        )}
        {(open ? ordered : []).map((action) => (
          <Button
            key={action.name}
            size="small"
            variant="outlined"
            color="inherit"
            aria-disabled
            aria-describedby={`${reason}-${action.name}`}
            aria-expanded={asked === action.name}
            title={`${action.reason ?? ''}${action.rule ? ` (${t('rule', { rule: action.rule })})` : ''}`}
            disableRipple
            onClick={() => setAsked(asked === action.name ? undefined : action.name)}
            sx={{
              color: 'text.secondary',
              borderColor: 'divider',
              borderStyle: 'dashed',
              py: 0,
              cursor: 'help',
            }}
          >
            {tell(action.label)}
            <span id={`${reason}-${action.name}`} hidden>
              <Why action={action} />
            </span>
          </Button>
        ))}
      </Stack>
      {shown && (
        <Alert severity="info" role="status" sx={{ mt: 1, py: 0 }}>
          <strong>{tell(shown.label)}</strong> <Why action={shown} />
        </Alert>
      )}
    </Box>
  );
}

function Why({ action }: { action: RecordAction }) {
  const { t } = useSay();
  return (
    <>
      {action.reason}
      {action.rule && ` (${t('rule', { rule: action.rule })})`}
    </>
  );
}
