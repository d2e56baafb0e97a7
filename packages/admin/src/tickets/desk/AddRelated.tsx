import { type ResourceDescriptor, resourceNamed } from '@desk/schema';
import AddIcon from '@mui/icons-material/Add';
import { Button, Stack } from '@mui/material';
import { lazy, Suspense, useState } from 'react';
import { useSay } from '../../platform/i18n/index.ts';
import { inputsOf } from '../../platform/model.ts';
import type { DeskRecord } from '../../platform/mutations.ts';
import { may } from '../../platform/viewer.ts';
import type { RecordAction } from '../../ui/actions.ts';

const ActionDialog = lazy(() => import('../../ui/ActionDialog.tsx'));

interface Addition {
  target: ResourceDescriptor;
  action: RecordAction;
  /** The input that takes the ticket. */
  input: string;
}

/** What hangs on a ticket and is entered by hand: notes, comments, and whatever else the API lets one add. */
function additions(owner: ResourceDescriptor): Addition[] {
  return Object.values(owner.related ?? {}).flatMap((name): Addition[] => {
    const target = resourceNamed(name);
    if (!target?.create || target.name === owner.name || !may(target, 'create')) return [];
    const inputs = inputsOf(target, target.create);
    const input = inputs.find(
      ({ type, many, name: called }) => type === 'ID' && !many && called === owner.resource,
    );
    if (!input) return [];
    const action: RecordAction = {
      name: 'create',
      mutation: target.create,
      label: target.label,
      danger: false,
      allowed: true,
      inputs: inputs.filter((one) => one !== input),
    };
    return [{ target, action, input: input.name }];
  });
}

/** Adds to the ticket in place: the desk stays where it is. */
export function AddRelated({ owner, record }: { owner: ResourceDescriptor; record: DeskRecord }) {
  const { tell } = useSay();
  const [open, setOpen] = useState<Addition>();
  return (
    <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1 }}>
      {additions(owner).map((addition) => (
        <Button
          key={addition.target.name}
          size="small"
          startIcon={<AddIcon />}
          onClick={() => setOpen(addition)}
          sx={{ minHeight: { xs: 44, md: 30 } }}
        >
          {tell(addition.target.label)}
        </Button>
      ))}
      {open && (
        <Suspense fallback={null}>
          <ActionDialog
            owner={open.target}
            record={{ id: '', community: record.community }}
            action={open.action}
            sent={{ [open.input]: record.id }}
            onClose={() => setOpen(undefined)}
          />
        </Suspense>
      )}
    </Stack>
  );
}
