import type { ResourceDescriptor } from '@desk/schema';
import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { lazy, Suspense, useId, useState } from 'react';
import { useSay } from '../platform/i18n/index.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { actionsOf, type RecordAction } from './actions.ts';

const ActionDialog = lazy(() => import('./ActionDialog.tsx'));
/** Refusals that follow from the state or the role alone stand last: nobody can do anything about them here. */
const plainRefusals = new Set(['ILLEGAL_MOVE', 'FORBIDDEN']);

interface ActionBarProps {
  owner: ResourceDescriptor;
  record: DeskRecord;
  /** In a line of a list: smaller, and only what is possible. */
  inline?: boolean;
}

/** What can be done with a record now; what cannot is explained, not hidden. */
export function ActionBar({ owner, record, inline = false }: ActionBarProps) {
  const { t, tell } = useSay();
  const [open, setOpen] = useState<RecordAction>();
  const actions = actionsOf(owner, record);
  if (actions.length === 0) return null;
  const allowed = actions.filter((action) => action.allowed);
  return (
    <Box component="section" aria-label={t('actions')}>
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1 }}>
        {allowed.map((action, index) => (
          <Button
            key={action.name}
            size={inline ? 'small' : 'medium'}
            variant={index === 0 && !action.danger ? 'contained' : 'outlined'}
            color={action.danger ? 'error' : 'primary'}
            onClick={() => setOpen(action)}
          >
            {tell(action.label)}
          </Button>
        ))}
      </Stack>
      {!inline && <Blocked actions={actions.filter((action) => !action.allowed)} />}
      {open && (
        <Suspense fallback={null}>
          <ActionDialog owner={owner} record={record} action={open} onClose={() => setOpen(undefined)} />
        </Suspense>
      )}
    </Box>
  );
}

/** What is not possible now, as buttons that answer why not: on a phone there is nothing to hover over. */
function Blocked({ actions }: { actions: RecordAction[] }) {
  const { t, tell } = useSay();
  const reason = useId();
  const [asked, setAsked] = useState<string>();
  const plain = ({ code }: RecordAction) => Number(plainRefusals.has(code ?? ''));
  const ordered = [...actions].sort((one, other) => plain(one) - plain(other));
  const shown = ordered.find(({ name }) => name === asked);
  if (ordered.length === 0) return null;
  return (
    <Box sx={{ mt: 1 }}>
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}>
        <Typography variant="body2" color="textSecondary">
          {t('whyNot')}
        </Typography>
        {ordered.map((action) => (
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
