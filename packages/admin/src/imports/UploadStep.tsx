import { resourceNamed } from '@desk/schema';
import type { ImportResourceName } from '@desk/schema/imports/mapping';
import UploadIcon from '@mui/icons-material/UploadFileOutlined';
import { Box, Button, Card, CardContent, Stack, Typography } from '@mui/material';
import { useRef, useState } from 'react';
import { messageOf } from '../platform/errors.ts';
import { useSay } from '../platform/i18n/index.ts';
import { currentViewer } from '../platform/viewer.ts';
import { Choice } from '../ui/Choice.tsx';
import { Failure } from '../ui/Failure.tsx';
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
      setProblem(messageOf(error));
    }
    setBusy(false);
  };
  return (
    <Card variant="outlined">
      <CardContent>
        <Stack sx={{ gap: 2, maxWidth: 480 }}>
          <Choice<ImportResourceName>
            label={tell(importTexts.what)}
            value={resource}
            options={importable.map((name) => [
              name,
              tell(resourceNamed(name)?.plural ?? { zh: name, en: name }),
            ])}
            onChange={setResource}
          />
          <Choice
            label={tell({ zh: '小区', en: 'Community' })}
            value={community}
            options={communities.map(({ id, name }) => [id, name])}
            onChange={setCommunity}
          />
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
          <Failure error={problem} />
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
