import { resourceNamed } from '@desk/schema';
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
import { useId, useState } from 'react';
import { callApi } from '../platform/client.ts';
import { useSay } from '../platform/i18n/index.ts';
import { runAction } from '../platform/mutations.ts';
import { may } from '../platform/viewer.ts';
import type { Asked } from './figures.ts';
import { reportTexts } from './texts.ts';

/** Takes the figures and their tickets away as a spreadsheet: with a right, a reason, and a record of it (handbook S-7). */
export function ExportFigures({ asked }: { asked: Asked }) {
  const { tell } = useSay();
  const title = useId();
  const owner = resourceNamed('exportRecords');
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  if (!owner || !may(owner, 'create')) return null;
  const run = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      const { record } = await runAction(owner, 'exportRecordCreate', { ...asked, reason });
      const response = await callApi(`/exports/${record.id}`, {});
      if (!response.ok) throw new Error(((await response.json()) as { message: string }).message);
      const url = URL.createObjectURL(await response.blob());
      const link = document.createElement('a');
      link.href = url;
      link.download = `${asked.from}_${asked.to}.xlsx`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
      setOpen(false);
      setReason('');
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };
  return (
    <>
      <Button startIcon={<DownloadIcon />} onClick={() => setOpen(true)}>
        {tell(reportTexts.export)}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} aria-labelledby={title} fullWidth maxWidth="xs">
        <DialogTitle id={title}>{tell(reportTexts.export)}</DialogTitle>
        <DialogContent>
          <Stack sx={{ gap: 2, pt: 1 }}>
            <TextField
              autoFocus
              required
              size="small"
              label={tell(reportTexts.reason)}
              helperText={tell(reportTexts.exportHelp)}
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
          <Button onClick={() => setOpen(false)}>{tell(reportTexts.cancel)}</Button>
          <Button variant="contained" loading={busy} onClick={run}>
            {tell(reportTexts.export)}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
