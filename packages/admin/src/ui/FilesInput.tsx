import CameraIcon from '@mui/icons-material/PhotoCameraOutlined';
import { Box, Button, Chip, CircularProgress, FormHelperText } from '@mui/material';
import { useRef, useState } from 'react';
import { callApi } from '../platform/client.ts';
import { messageOf } from '../platform/errors.ts';
import { sayNow, useSay } from '../platform/i18n/index.ts';
import { type ShownFile, Thumbnail } from './Files.tsx';

interface FilesInputProps {
  id: string;
  label: string;
  helperText: string;
  error: boolean;
  value: readonly string[];
  onChange(ids: string[]): void;
}

/** One file to the API; answers what it is called there, or throws what was wrong with it. */
async function upload(file: File): Promise<ShownFile> {
  const body = new FormData();
  body.append('file', file, file.name);
  const response = await callApi('/files', { method: 'POST', body, headers: { 'x-requested-with': 'desk' } });
  const answer = (await response.json().catch(() => ({}))) as ShownFile & { message?: string };
  if (response.ok && answer.id) return answer;
  throw new Error(answer.message ?? sayNow('unexpected', { status: response.status }));
}

/** Photos and documents: sent as soon as they are chosen or taken, attached when the form is. */
export default function FilesInput({ id, label, helperText, error, value, onChange }: FilesInputProps) {
  const { t } = useSay();
  const chooser = useRef<HTMLInputElement>(null);
  const [known, setKnown] = useState<ReadonlyMap<string, ShownFile>>(new Map());
  const [waiting, setWaiting] = useState(0);
  const [problems, setProblems] = useState<string[]>([]);
  const ids = useRef(value);
  ids.current = value;
  const add = async (files: readonly File[]) => {
    setProblems([]);
    setWaiting((count) => count + files.length);
    for (const file of files) {
      try {
        const sent = await upload(file);
        setKnown((before) => new Map(before).set(sent.id, sent));
        ids.current = [...ids.current, sent.id];
        onChange([...ids.current]);
      } catch (fault) {
        setProblems((before) => [...before, `${file.name}: ${messageOf(fault)}`]);
      }
      setWaiting((count) => count - 1);
    }
  };
  return (
    <Box>
      <input
        ref={chooser}
        id={id}
        type="file"
        hidden
        multiple
        accept="image/*,application/pdf"
        aria-label={label}
        onChange={({ target }) => {
          void add([...(target.files ?? [])]);
          target.value = '';
        }}
      />
      <Button
        variant="outlined"
        startIcon={waiting > 0 ? <CircularProgress size={18} /> : <CameraIcon />}
        onClick={() => chooser.current?.click()}
        sx={{ minHeight: { xs: 48, md: 36 } }}
      >
        {label}
      </Button>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: value.length > 0 ? 1 : 0 }}>
        {value.map((one) => {
          const file = known.get(one);
          return (
            <Chip
              key={one}
              label={file?.name ?? one}
              {...(file?.thumbnail && { avatar: <Thumbnail file={file} size={24} /> })}
              onDelete={() => onChange(value.filter((other) => other !== one))}
            />
          );
        })}
      </Box>
      <FormHelperText error={error || problems.length > 0} role={problems.length > 0 ? 'alert' : undefined}>
        {problems.join('\n') || (waiting > 0 ? t('uploading') : helperText)}
      </FormHelperText>
    </Box>
  );
}
