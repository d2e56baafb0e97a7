import DownloadIcon from '@mui/icons-material/Download';
import { Button, TextField } from '@mui/material';
import { useState } from 'react';
import { messageOf } from '../platform/errors.ts';
import { useSay } from '../platform/i18n/index.ts';
import { DeskDialog } from './DeskDialog.tsx';
import { Failure } from './Failure.tsx';

interface ExportDialogProps {
  /** Of the button, the dialog and what sends it. */
  label: string;
  disabled?: boolean;
  /** Records the export with its reason and hands over the file; what it throws is said in the dialog. */
  run(reason: string): Promise<void>;
}

/** Takes data away as a file: with a reason, which stays on record with who did it (handbook S-7). */
export function ExportDialog({ label, disabled = false, run }: ExportDialogProps) {
  const { t } = useSay();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const send = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await run(reason);
      setOpen(false);
      setReason('');
    } catch (error) {
      setFailure(messageOf(error));
    }
    setBusy(false);
  };
  return (
    <>
      <Button size="small" startIcon={<DownloadIcon />} disabled={disabled} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {open && (
        <DeskDialog
          title={label}
          width="xs"
          busy={busy}
          onClose={() => setOpen(false)}
          onSubmit={send}
          actions={
            <>
              <Button onClick={() => setOpen(false)} disabled={busy}>
                {t('cancel')}
              </Button>
              <Button type="submit" variant="contained" loading={busy}>
                {label}
              </Button>
            </>
          }
        >
          <TextField
            autoFocus
            required
            size="small"
            label={t('exportWhy')}
            helperText={t('exportReason')}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Failure error={failure} />
        </DeskDialog>
      )}
    </>
  );
}
