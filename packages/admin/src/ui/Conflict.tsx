import type { ResourceDescriptor } from '@desk/schema';
import {
  Alert,
  Button,
  DialogContentText,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableRow,
} from '@mui/material';
import { useEffect } from 'react';
import { useFormContext } from 'react-hook-form';
import { useSay } from '../platform/i18n/index.ts';
import type { Input } from '../platform/model.ts';
import type { DeskRecord, Values } from '../platform/mutations.ts';
import { DeskDialog } from './DeskDialog.tsx';
import { toForm } from './formValues.ts';
import { HistoryValue } from './HistoryValue.tsx';

interface ChangedBannerProps {
  /** The record on the server is newer than what the user builds on. */
  changed: boolean;
  values: Values;
  /** The user knows of the newer state: from here on it is the base. */
  onAccept(): void;
}

/** Tells that somebody else saved meanwhile. Untouched forms follow silently, as there is nothing to lose. */
export function ChangedBanner({ changed, values, onAccept }: ChangedBannerProps) {
  const { t } = useSay();
  const { formState, reset } = useFormContext();
  const { isDirty } = formState;
  useEffect(() => {
    if (changed && !isDirty) onAccept();
  }, [changed, isDirty, onAccept]);
  if (!changed || !isDirty) return null;
  return (
    <Alert
      severity="warning"
      role="alert"
      action={
        <>
          <Button
            color="inherit"
            size="small"
            onClick={() => {
              reset(values);
              onAccept();
            }}
          >
            {t('loadTheirs')}
          </Button>
          <Button color="inherit" size="small" onClick={onAccept}>
            {t('keepMine')}
          </Button>
        </>
      }
    >
      {t('someoneChanged')}
    </Alert>
  );
}

interface ConflictDialogProps {
  owner: ResourceDescriptor;
  inputs: readonly Input[];
  mine: Values;
  current: DeskRecord;
  /** Either choice builds on the current state from here on. */
  onChoose(): void;
}

/** A save was refused because somebody else's came first: shows both sides of every input that differs. */
export function ConflictDialog({ owner, inputs, mine, current, onChoose }: ConflictDialogProps) {
  const { t, tell } = useSay();
  const { reset } = useFormContext();
  const theirs = toForm(inputs, current);
  const different = inputs.filter(
    ({ name }) => JSON.stringify(mine[name] ?? '') !== JSON.stringify(theirs[name] ?? ''),
  );
  const cell = (field: Input, value: unknown) => (
    <HistoryValue field={field} value={value} record={current} owner={owner} />
  );
  return (
    <DeskDialog
      title={t('conflictTitle')}
      width="md"
      actions={
        <>
          <Button
            onClick={() => {
              reset(theirs);
              onChoose();
            }}
          >
            {t('loadTheirs')}
          </Button>
          <Button variant="contained" onClick={onChoose}>
            {t('keepMine')}
          </Button>
        </>
      }
    >
      <DialogContentText>{t('conflictHelp')}</DialogContentText>
      <Table size="small">
        <TableHead>
          <TableRow>
            <TableCell>{t('field')}</TableCell>
            <TableCell>{t('yours')}</TableCell>
            <TableCell>{t('theirs')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {different.map((input) => (
            <TableRow key={input.name}>
              <TableCell component="th">{tell(input.label)}</TableCell>
              <TableCell>{cell(input, mine[input.name])}</TableCell>
              <TableCell>{cell(input, theirs[input.name])}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </DeskDialog>
  );
}
