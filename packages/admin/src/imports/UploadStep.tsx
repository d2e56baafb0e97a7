import { resourceNamed } from '@desk/schema';
import type { ImportResourceName } from '@desk/schema/imports/mapping';
import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import { Alert, Box, Button, Card, CardContent, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useRef, useState } from 'react';
import { useSay } from '../platform/i18n/index.ts';
import { currentViewer } from '../platform/viewer.ts';
import { type Upload, upload } from './api.ts';
import { importTexts } from './texts.ts';

/** The names alone: their module would bring the validation library into the browser. */
const importable = ['units', 'residents', 'tickets'] satisfies ImportResourceName[];

/** Asks what the file holds, where it belongs, and for the file. */
export function UploadStep({ onUploaded }: { onUploaded(upload: Upload): void }) {
  const { tell } = useSay();
  const communities = currentViewer()?.communities ?? [];
  const [resource, setResource] = useState<ImportResourceName>('units');
  const [community, setCommunity] = useState(communities[0]?.id ?? '');
  const [file, setFile] = useState<File>();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const send = async () => {
    if (!file) return;
    setBusy(true);
    setProblem('');
    try {
      onUploaded(await upload(file, resource, community));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };
  return (
    <Card variant="outlined">
      <CardContent>
        <Stack sx={{ gap: 2, maxWidth: 480 }}>
          <TextField
            select
            label={tell(importTexts.what)}
            value={resource}
            onChange={({ target }) => setResource(target.value as ImportResourceName)}
          >
            {importable.map((name) => (
              <MenuItem key={name} value={name}>
                {tell(resourceNamed(name)?.plural ?? { zh: name, en: name })}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            select
            label={tell({ zh: '小区', en: 'Community' })}
            value={community}
            onChange={({ target }) => setCommunity(target.value)}
          >
            {communities.map(({ id, name }) => (
              <MenuItem key={id} value={id}>
                {name}
              </MenuItem>
            ))}
          </TextField>
          <Box>
            <Button variant="outlined" startIcon={<UploadIcon />} onClick={() => input.current?.click()}>
              {file?.name ?? tell(importTexts.file)}
            </Button>
            <input
              ref={input}
              type="file"
              hidden
              accept=".csv,.txt,.tsv,.xlsx"
              onChange={({ target }) => setFile(target.files?.[0])}
            />
            <Typography variant="body2" color="textSecondary" sx={{ mt: 0.5 }}>
              {tell(importTexts.fileHelp)}
            </Typography>
          </Box>
          {problem && (
            <Alert severity="error" role="alert">
              {problem}
            </Alert>
          )}
          <Box>
            <Button variant="contained" disabled={!file || !community} loading={busy} onClick={send}>
              {tell(busy ? importTexts.uploading : importTexts.upload)}
            </Button>
          </Box>
        </Stack>
      </CardContent>
    </Card>
  );
}
