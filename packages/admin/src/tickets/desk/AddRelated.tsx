import type { ResourceDescriptor } from '@desk/schema';
import AddIcon from '@mui/icons-material/Add';
import { Button, Stack } from '@mui/material';
import { lazy, Suspense } from 'react';
import { useSay } from '../../platform/i18n/index.ts';
import type { DeskRecord } from '../../platform/mutations.ts';
import { KeyHint } from '../../ui/ActionBar.tsx';
import { additionsOf } from './additions.ts';

const ActionDialog = lazy(() => import('../../ui/ActionDialog.tsx'));

interface AddRelatedProps {
  owner: ResourceDescriptor;
  record: DeskRecord;
  letters: ReadonlyMap<string, string>;
  /** Name of the resource that is being added to, where a button or a key asked for it. */
  asked: string | undefined;
  onAsk(name: string | undefined): void;
}

/** Adds to the ticket in place: the desk stays where it is. */
export function AddRelated({ owner, record, letters, asked, onAsk }: AddRelatedProps) {
  const { t, tell } = useSay();
  const additions = additionsOf(owner);
  const open = additions.find(({ target }) => target.name === asked);
  return (
    <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1 }}>
      {additions.map(({ target: { name, label } }) => (
        <Button
          key={name}
          size="small"
          startIcon={<AddIcon />}
          onClick={() => onAsk(name)}
          sx={{ minHeight: { xs: 44, md: 30 } }}
        >
          {tell(label)}
          <KeyHint letter={letters.get(name)} />
        </Button>
      ))}
      {open && (
        <Suspense fallback={null}>
          <ActionDialog
            owner={open.target}
            record={{ id: '', community: record.community, problem: record.problem }}
            action={open.action}
            sent={{ [open.input]: record.id }}
            sendLabel={t('save')}
            onClose={() => onAsk(undefined)}
          />
        </Suspense>
      )}
    </Stack>
  );
}
