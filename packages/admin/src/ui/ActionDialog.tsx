import type { ResourceDescriptor } from '@desk/schema';
import { Alert, Button, DialogContentText, Stack } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, useId, useRef, useState } from 'react';
import { Form, useNotify } from 'react-admin';
import { messageOf, Refused, spoken } from '../platform/errors.ts';
import { useSay } from '../platform/i18n/index.ts';
import { type DeskRecord, type Outcome, runAction, type Values } from '../platform/mutations.ts';
import { inputTypeOf, sdl } from '../platform/sdl.ts';
import { useActionForm } from './actionForms.ts';
import type { RecordAction } from './actions.ts';
import { DeskDialog } from './DeskDialog.tsx';
import { Failure } from './Failure.tsx';
import { FieldInput } from './FieldInput.tsx';
import { filledIn, toForm } from './formValues.ts';
import { ToldOnce } from './ToldOnce.tsx';

interface ActionDialogProps {
  owner: ResourceDescriptor;
  record: DeskRecord;
  action: RecordAction;
  onClose(): void;
  /** What the mutation takes besides what is asked for; the record's id and version when absent. */
  sent?: Values;
  /** Values to begin with. */
  given?: Values;
  /** Said above the inputs: what must be known before deciding. */
  lead?: ReactNode;
  /** On the button that sends it; the action's own label when absent. */
  sendLabel?: string;
  /** Told what came of it, instead of a notice. */
  onDone?(outcome: Outcome): void;
}

/** The record that an action changes, as the mutation's input type wants it. */
function target({ mutation }: RecordAction, { id, version }: DeskRecord): Values {
  const takes = sdl.inputs[inputTypeOf(mutation) ?? ''] ?? {};
  return { ...('id' in takes && { id }), ...('version' in takes && { version }) };
}

/** Asks for what an action needs and runs it. A refusal stays in the dialog: beside its field, or above the buttons. */
export default function ActionDialog(props: ActionDialogProps) {
  const { owner, record, action, onClose, sent, given, lead, sendLabel, onDone } = props;
  const { t, tell } = useSay();
  const notify = useNotify();
  const queries = useQueryClient();
  const form = useId();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const own = useActionForm(owner, action);
  /** Counts what was entered without leaving the dialog: each begins with an empty form. */
  const [entered, setEntered] = useState(0);
  const another = useRef(false);
  // Taken once: a live change of the record must not empty what is being filled in.
  const [initial] = useState(() => ({
    ...initialValues(action, record),
    ...own?.begin?.(record),
    ...given,
  }));
  const [told, setTold] = useState<Values>();
  const label = tell(action.label);
  const color = action.danger ? 'error' : 'primary';
  const inputs = action.inputs.map((input) => ({
    ...input,
    label: own?.labels?.[input.name] ?? input.label,
  }));
  // Where at most a reason may be added, Enter alone goes on; not where it has lasting effects.
  const nothingAsked = !action.danger && inputs.every(({ name, required }) => name === 'reason' && !required);

  const submit = async (values: Values) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const outcome = await runAction(owner, action.mutation, {
        ...filledIn(action.inputs, own?.sent ? own.sent(values) : values),
        ...(sent ?? target(action, record)),
      });
      const { record: current, once } = outcome;
      queries.setQueryData([owner.name, 'getOne', { id: current.id, meta: undefined }], current);
      void queries.invalidateQueries();
      const answers = Object.values(once).some(Boolean);
      if (answers) setTold(once);
      else if (!onDone) notify(t('done', { action: label }), { type: 'success' });
      onDone?.(outcome);
      if (another.current) {
        setBusy(false);
        setEntered((count) => count + 1);
      } else if (!answers) onClose();
    } catch (error) {
      setBusy(false);
      if (!(error instanceof Refused)) {
        setRefusal(messageOf(error));
        return undefined;
      }
      const shown = error.userErrors.filter(
        ({ field }) => own?.apart || !action.inputs.some(({ name }) => name === field?.at(-1)),
      );
      setRefusal(shown.map(spoken).join('\n'));
      // The page behind shows the state that the refusal speaks of.
      if (error.isConflict) void queries.invalidateQueries({ queryKey: [owner.name] });
      return (error.body as { errors: Values }).errors;
    }
    return undefined;
  };

  const send = () => {
    another.current = false;
    const element = document.getElementById(form);
    if (element instanceof HTMLFormElement) element.requestSubmit();
  };
  /** A click beside the dialog is no answer: what was typed stays. */
  const leave = (_: object, why: string) => {
    if (why !== 'backdropClick' || action.inputs.length === 0) onClose();
  };

  if (told)
    return (
      <ToldOnce
        owner={owner}
        values={told}
        recorded={action.name === 'unmask'}
        about={action.told && { title: label, help: tell(action.told) }}
        onClose={onClose}
      />
    );
  return (
    <DeskDialog
      title={label}
      width={own?.wide ? 'md' : 'sm'}
      busy={busy}
      onClose={leave}
      onSend={send}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            {t('cancel')}
          </Button>
          {own?.again && (
            <Button type="submit" form={form} disabled={busy} onClick={() => (another.current = true)}>
              {tell(own.again)}
            </Button>
          )}
          <Button
            type="submit"
            form={form}
            variant="contained"
            color={color}
            loading={busy}
            autoFocus={nothingAsked}
            onClick={() => (another.current = false)}
          >
            {sendLabel ?? label}
          </Button>
        </>
      }
    >
      <Form
        key={entered}
        id={form}
        onSubmit={submit}
        record={initial}
        noValidate
        disableInvalidFormNotification
      >
        <Stack sx={{ gap: 2 }}>
          {lead}
          {action.inputs.length === 0 && (
            <DialogContentText>{t('nothingToFill', { action: label })}</DialogContentText>
          )}
          {action.danger && <Alert severity="warning">{t('dangerHelp')}</Alert>}
          {own?.Fields ? (
            <Suspense fallback={null}>
              <own.Fields record={record} inputs={inputs} />
            </Suspense>
          ) : (
            inputs.map((input, index) => (
              <FieldInput key={input.name} field={input} autoFocus={index === 0 && !nothingAsked} />
            ))
          )}
          <Failure error={refusal} />
        </Stack>
      </Form>
    </DeskDialog>
  );
}

/** What is known already, except reasons: those belong to one action only. */
function initialValues(action: RecordAction, record: DeskRecord): Values & { id: string } {
  const known = toForm(action.inputs, record);
  return {
    ...known,
    ...Object.fromEntries(
      action.inputs.filter(({ name }) => name === 'reason' || name === 'note').map(({ name }) => [name, '']),
    ),
  };
}
