import DownloadIcon from '@mui/icons-material/Download';
import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  TextField,
} from '@mui/material';
import { type FormEvent, useId, useState } from 'react';
import { useSay } from '../platform/i18n/index.ts';

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
  const title = useId();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    try {
      await run(reason);
      setOpen(false);
      setReason('');
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };
  return (
    <>
      <Button size="small" startIcon={<DownloadIcon />} disabled={disabled} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onClose={busy ? undefined : () => setOpen(false)}
        aria-labelledby={title}
        fullWidth
        maxWidth="xs"
      >
        <form noValidate onSubmit={send}>
          <DialogTitle id={title}>{label}</DialogTitle>
          <DialogContent>
            <Stack sx={{ gap: 2, pt: 1 }}>
              <TextField
                autoFocus
                required
                size="small"
                label={t('exportWhy')}
                helperText={t('exportReason')}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
              {failure && (
                <Alert severity="error" role="alert">
                  {failure}
                </Alert>
              )}
            </Stack>
          </DialogContent>
          <DialogActions>
            <Button onClick={() => setOpen(false)} disabled={busy}>
              {t('cancel')}
            </Button>
            <Button type="submit" variant="contained" loading={busy}>
              {label}
            </Button>
          </DialogActions>
        </form>
      </Dialog>
    </>
  );
}
