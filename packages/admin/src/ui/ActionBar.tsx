import type { ResourceDescriptor } from '@desk/schema';
import { Box, Button, Stack, Tooltip, Typography } from '@mui/material';
import { lazy, Suspense, useId, useState } from 'react';
import { useSay } from '../platform/i18n/index.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { actionsOf, type RecordAction } from './actions.ts';

const ActionDialog = lazy(() => import('./ActionDialog.tsx'));
/** Refusals that follow from the state or the role alone: listed, but without a button each. */
const plainRefusals = new Set(['ILLEGAL_MOVE', 'FORBIDDEN']);

/** What can be done with a record now; what cannot is explained, not hidden (issue 2, section 3). */
export function ActionBar({ owner, record }: { owner: ResourceDescriptor; record: DeskRecord }) {
  const { t, tell } = useSay();
  const [open, setOpen] = useState<RecordAction>();
  const actions = actionsOf(owner, record);
  if (actions.length === 0) return null;
  const blocked = actions.filter(({ allowed }) => !allowed);
  const buttons = actions.filter(({ allowed, code }) => allowed || !plainRefusals.has(code ?? ''));
  return (
    <Box component="section" aria-label={t('actions')}>
      <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1 }}>
        {buttons.map((action, index) =>
          action.allowed ? (
            <Button
              key={action.name}
              variant={index === 0 ? 'contained' : 'outlined'}
              color={action.danger ? 'error' : 'primary'}
              onClick={() => setOpen(action)}
            >
              {tell(action.label)}
            </Button>
          ) : (
            <BlockedButton key={action.name} action={action} />
          ),
        )}
      </Stack>
      {blocked.length > 0 && (
        <Box component="details" sx={{ mt: 1 }}>
          <Typography component="summary" variant="body2" color="textSecondary" sx={{ cursor: 'pointer' }}>
            {t('whyNot')} ({blocked.length})
          </Typography>
          <Box component="ul" sx={{ my: 0.5, pl: 3 }}>
            {blocked.map((action) => (
              <Typography component="li" variant="body2" key={action.name}>
                <strong>{tell(action.label)}</strong> <Why action={action} />
              </Typography>
            ))}
          </Box>
        </Box>
      )}
      {open && (
        <Suspense fallback={null}>
          <ActionDialog owner={owner} record={record} action={open} onClose={() => setOpen(undefined)} />
        </Suspense>
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

/** Looks disabled and does nothing, but can be focused, so that its reason can be read with keyboard and screen reader. */
function BlockedButton({ action }: { action: RecordAction }) {
  const { tell } = useSay();
  const id = useId();
  return (
    <Tooltip title={<Why action={action} />} describeChild>
      <span>
        <Button
          variant="outlined"
          color="inherit"
          aria-disabled
          aria-describedby={id}
          disableRipple
          sx={{ color: 'text.secondary', borderStyle: 'dashed', cursor: 'not-allowed' }}
        >
          {tell(action.label)}
        </Button>
        <span id={id} hidden>
          <Why action={action} />
        </span>
      </span>
    </Tooltip>
  );
}
