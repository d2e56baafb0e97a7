import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { EditBase, Form, Loading, useEditContext, useNotify, useRedirect } from 'react-admin';
import { Refused } from '../platform/errors.ts';
import { useSay } from '../platform/i18n/index.ts';
import { inputsOf } from '../platform/model.ts';
import { type DeskRecord, runAction, type Values } from '../platform/mutations.ts';
import { Colleagues } from './Colleagues.tsx';
import { ChangedBanner, ConflictDialog } from './Conflict.tsx';
import { FormFields } from './FormFields.tsx';
import { FormPage } from './FormPage.tsx';
import { changedIn, toForm } from './formValues.ts';
import { formErrors } from './ResourceCreate.tsx';
import { represent, useOwner } from './represent.ts';

/** Asked with what would be saved before it is; the form stays open unless the answer is yes. */
export type AskBefore = (input: Values, record: DeskRecord) => Promise<boolean>;

/** The edit form of any resource. Live changes of others fill untouched inputs only; a clash is decided by the user. */
export default function ResourceEdit({ askBefore }: { askBefore?: AskBefore }) {
  return (
    <EditBase mutationMode="pessimistic">
      <EditPage askBefore={askBefore} />
    </EditBase>
  );
}

/**
 * What is typed stays typed, and the form stays "dirty" (without `keepDirty` it would forget that) and saved once it is
 * (else it would ask whether to leave). Stable, because react-admin resets the form whenever this object changes.
 */
const keepTyped = { keepDirtyValues: true, keepDirty: true, keepIsSubmitSuccessful: true };

function EditPage({ askBefore }: { askBefore: AskBefore | undefined }) {
  const { record, isPending } = useEditContext<DeskRecord>();
  if (isPending || !record) return <Loading />;
  return <EditForm key={record.id} record={record} askBefore={askBefore} />;
}

function EditForm({ record, askBefore }: { record: DeskRecord; askBefore: AskBefore | undefined }) {
  const owner = useOwner();
  const { t } = useSay();
  const notify = useNotify();
  const redirect = useRedirect();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<string>();
  /** The state that the user has seen and builds on; its version goes with the save. */
  const [base, setBase] = useState(record);
  const [clash, setClash] = useState<{ mine: Values; current: DeskRecord }>();
  const inputs = inputsOf(owner, owner.update);

  const submit = async (values: Values) => {
    setBusy(true);
    try {
      const input = changedIn(inputs, values, toForm(inputs, base));
      if (askBefore && !(await askBefore(input, base))) {
        setBusy(false);
        return { root: { serverError: t('notSaved') } };
      }
      const { record: current } = await runAction(owner, owner.update ?? '', {
        ...input,
        id: record.id,
        version: base.version,
      });
      keep(current);
      notify(t('saved'), { type: 'success' });
      setSaved(record.id);
    } catch (error) {
      setBusy(false);
      if (!(error instanceof Refused && error.isConflict && error.current)) return formErrors(error);
      setClash({ mine: values, current: error.current as DeskRecord });
      // Not saved: without an error the form would count as sent, and could be left without a question.
      return { root: { serverError: t('someoneChanged') } };
    }
    return undefined;
  };
  const keep = (current: DeskRecord) => {
    queries.setQueryData([owner.name, 'getOne', { id: current.id, meta: undefined }], current);
    void queries.invalidateQueries({ queryKey: [owner.name] });
  };

  return (
    <Form
      record={toForm(inputs, record)}
      resetOptions={keepTyped}
      onSubmit={submit}
      noValidate
      warnWhenUnsavedChanges
    >
      <FormPage
        title={`${t('edit')} ${represent(owner.name, record)}`}
        busy={busy}
        saved={saved}
        onCancel={() => redirect('show', owner.name, record.id)}
      >
        <Colleagues subject={record.id} mode="EDITING" />
        <ChangedBanner
          changed={record.version !== base.version}
          values={toForm(inputs, record)}
          onAccept={() => setBase(record)}
        />
        <FormFields owner={owner} inputs={inputs} />
        {clash && (
          <ConflictDialog
            owner={owner}
            inputs={inputs}
            mine={clash.mine}
            current={clash.current}
            onChoose={() => {
              keep(clash.current);
              setBase(clash.current);
              setClash(undefined);
            }}
          />
        )}
      </FormPage>
    </Form>
  );
}
