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
import { useSay } from '../platform/i18n/index.ts';
import { humanise } from '../platform/labels.ts';
import type { Values } from '../platform/mutations.ts';

/** Shows what the API answers once and never again, such as a new access token. */
export function ToldOnce({ values, onClose }: { values: Values; onClose(): void }) {
  const { t } = useSay();
  const title = useId();
  const [copied, setCopied] = useState(false);
  const entries = Object.entries(values).filter(([, value]) => Boolean(value));
  const copy = async () => {
    await navigator.clipboard.writeText(entries.map(([, value]) => String(value)).join('\n'));
    setCopied(true);
  };
  return (
    <Dialog open aria-labelledby={title} fullWidth maxWidth="sm">
      <DialogTitle id={title}>{t('toldOnceTitle')}</DialogTitle>
      <DialogContent>
        <Stack sx={{ gap: 2 }}>
          <Alert severity="warning">{t('toldOnceHelp')}</Alert>
          {entries.map(([name, value]) => (
            <TextField
              key={name}
              label={humanise(name)}
              value={String(value)}
              multiline
              slotProps={{ htmlInput: { readOnly: true } }}
            />
          ))}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={copy}>{t(copied ? 'copied' : 'copy')}</Button>
        <Button variant="contained" onClick={onClose}>
          {t('close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
