import type { Text } from '@desk/schema';
import { Box, Button, Typography } from '@mui/material';
import { useSay } from '../../platform/i18n/index.ts';
import { keyName } from '../../ui/ActionBar.tsx';
import type { RecordAction } from '../../ui/actions.ts';
import { DeskDialog } from '../../ui/DeskDialog.tsx';
import { useOwner } from '../../ui/represent.ts';
import { additionsOf } from './additions.ts';
import { deskTexts } from './texts.ts';

const ofDesk: [string, Text][] = [
  ['J  K  ↓  ↑', deskTexts.keyMove],
  ['Enter', deskTexts.keyOpen],
  ['Esc', deskTexts.keyBack],
  ['N', deskTexts.newTicket],
  ['/', deskTexts.keySearch],
  ['X', deskTexts.keySelect],
  ['B', deskTexts.keyDispatch],
  ['P', deskTexts.keyPrint],
  ['?', deskTexts.keyHelp],
  ['Alt 1 – 0', deskTexts.keyKind],
  ['Enter', deskTexts.keyFile],
  ['Ctrl Enter', deskTexts.keyFileRead],
  ['Ctrl Enter', deskTexts.keySend],
];

interface KeysHelpProps {
  /** What the open ticket offers, with its letters. */
  actions: readonly RecordAction[];
  letters: ReadonlyMap<string, string>;
  onClose(): void;
}

/** All keys, those of the open ticket with what they would do now. */
export default function KeysHelp({ actions, letters, onClose }: KeysHelpProps) {
  const { t, tell } = useSay();
  const ofTicket = actions.flatMap(({ name, label, allowed }): [string, Text][] => {
    const letter = letters.get(name);
    return letter && allowed ? [[keyName(letter), label]] : [];
  });
  const toAdd = additionsOf(useOwner()).flatMap(({ target }): [string, Text][] => {
    const letter = letters.get(target.name);
    return letter ? [[keyName(letter), target.label]] : [];
  });
  return (
    <DeskDialog
      title={tell(deskTexts.keys)}
      width="md"
      onClose={onClose}
      actions={
        <Button onClick={onClose} autoFocus>
          {t('close')}
        </Button>
      }
    >
      <Keys title={deskTexts.ofDesk} keys={ofDesk} />
      {ofTicket.length > 0 && <Keys title={deskTexts.ofTicket} keys={ofTicket} />}
      {ofTicket.length > 0 && toAdd.length > 0 && <Keys title={deskTexts.toAdd} keys={toAdd} />}
      <Typography variant="body2" color="textSecondary">
        {tell(deskTexts.keysHelp)}
      </Typography>
    </DeskDialog>
  );
}

function Keys({ title, keys }: { title: Text; keys: readonly [string, Text][] }) {
  const { tell } = useSay();
  return (
    <Box component="section">
      <Typography variant="h6" component="h3" gutterBottom>
        {tell(title)}
      </Typography>
      <Box
        component="dl"
        sx={{
          m: 0,
          display: 'grid',
          gridTemplateColumns: { xs: 'max-content 1fr', sm: 'max-content 1fr max-content 1fr' },
          columnGap: 2,
          rowGap: 0.75,
        }}
      >
        {keys.map(([key, label]) => (
          <Box key={`${key} ${label.en}`} sx={{ display: 'contents' }}>
            <Box component="dt">
              <kbd>{key}</kbd>
            </Box>
            <Box component="dd" sx={{ m: 0 }}>
              {tell(label)}
            </Box>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
