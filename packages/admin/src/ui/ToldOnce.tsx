import type { ResourceDescriptor } from '@desk/schema';
import { Alert, Button, TextField } from '@mui/material';
import { useState } from 'react';
import { useSay } from '../platform/i18n/index.ts';
import { humanise } from '../platform/labels.ts';
import type { Values } from '../platform/mutations.ts';
import { DeskDialog } from './DeskDialog.tsx';

interface ToldOnceProps {
  owner: ResourceDescriptor;
  values: Values;
  /** It may be asked for again, but each time is recorded (handbook U-4). */
  recorded?: boolean;
  /** What the descriptor says of such an answer, with the action that asked. */
  about?: { title: string; help: string } | undefined;
  onClose(): void;
}

/** Values by name, those of objects one by one: `unmasked { phone }` is a phone. */
const flat = (values: Values): [string, unknown][] =>
  Object.entries(values).flatMap(([name, value]) =>
    Array.isArray(value)
      ? value.map((one): [string, unknown] => [name, one])
      : typeof value === 'object' && value !== null
        ? flat(value as Values)
        : value
          ? [[name, value]]
          : [],
  );

/** Shows what the API answers once: a new access token, or what stands behind a mask. */
export function ToldOnce({ owner, values, recorded = false, about, onClose }: ToldOnceProps) {
  const { t, tell } = useSay();
  const [copied, setCopied] = useState(false);
  const entries = flat(values);
  const labelOf = (name: string) => {
    const label = owner.fields[name]?.label;
    return label ? tell(label) : humanise(name);
  };
  const copy = async () => {
    await navigator.clipboard.writeText(entries.map(([, value]) => String(value)).join('\n'));
    setCopied(true);
  };
  return (
    <DeskDialog
      title={about?.title ?? t(recorded ? 'unmaskedTitle' : 'toldOnceTitle')}
      actions={
        <>
          <Button onClick={copy}>{t(copied ? 'copied' : 'copy')}</Button>
          <Button variant="contained" onClick={onClose}>
            {t('close')}
          </Button>
        </>
      }
      // What can be asked for again may be left by Escape.
      onClose={recorded || about ? onClose : undefined}
    >
      <Alert severity={recorded || about ? 'info' : 'warning'}>
        {about?.help ?? t(recorded ? 'unmaskedHelp' : 'toldOnceHelp')}
      </Alert>
      {entries.length === 0 && <p>{t('nothing')}</p>}
      {entries.map(([name, value]) => (
        <TextField
          key={`${name} ${value}`}
          label={labelOf(name)}
          value={String(value)}
          multiline
          slotProps={{ htmlInput: { readOnly: true } }}
        />
      ))}
    </DeskDialog>
  );
}
