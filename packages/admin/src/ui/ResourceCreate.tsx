import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CreateBase, Form, useNotify, useRedirect } from 'react-admin';
import { useLocation } from 'react-router-dom';
import { messageOf, Refused } from '../platform/errors.ts';
import { useSay } from '../platform/i18n/index.ts';
import { inputsOf } from '../platform/model.ts';
import { runAction, type Values } from '../platform/mutations.ts';
import { currentViewer } from '../platform/viewer.ts';
import { FormFields } from './FormFields.tsx';
import { FormPage } from './FormPage.tsx';
import { filledIn } from './formValues.ts';
import { useOwner } from './represent.ts';
import { ToldOnce } from './ToldOnce.tsx';

/** The form for a new record of any resource, from the input type of its create mutation. */
export default function ResourceCreate() {
  return (
    <CreateBase mutationMode="pessimistic">
      <CreatePage />
    </CreateBase>
  );
}

function CreatePage() {
  const owner = useOwner();
  const { t, tell } = useSay();
  const notify = useNotify();
  const redirect = useRedirect();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<string>();
  const [told, setTold] = useState<{ id: string; once: Values }>();
  const inputs = inputsOf(owner, owner.create);
  const given = useGiven();
  const submit = async (values: Values) => {
    setBusy(true);
    try {
      const { record, once } = await runAction(owner, owner.create ?? '', filledIn(inputs, values));
      void queries.invalidateQueries({ queryKey: [owner.name] });
      notify(t('created'), { type: 'success' });
      if (Object.values(once).some(Boolean)) setTold({ id: record.id, once });
      else setSaved(record.id);
    } catch (error) {
      setBusy(false);
      return formErrors(error);
    }
    return undefined;
  };
  return (
    <Form
      onSubmit={submit}
      defaultValues={{ ...onlyCommunity(inputs), ...given }}
      noValidate
      warnWhenUnsavedChanges
    >
      <FormPage
        title={t('createFirst', { name: tell(owner.label) })}
        busy={busy}
        saved={saved}
        onCancel={() => redirect('list', owner.name)}
      >
        <FormFields owner={owner} inputs={inputs} />
        {told && (
          <ToldOnce owner={owner} values={told.once} onClose={() => redirect('show', owner.name, told.id)} />
        )}
      </FormPage>
    </Form>
  );
}

/** What the link to the form knows already: `?source={"unit":"unit_…"}`. */
export function useGiven(): Values {
  const { search } = useLocation();
  try {
    return JSON.parse(new URLSearchParams(search).get('source') ?? '{}') as Values;
  } catch {
    return {};
  }
}

/** Where there is one community, nobody is asked which. */
export function onlyCommunity(inputs: ReturnType<typeof inputsOf>): Values {
  const [only, ...others] = currentViewer()?.communities ?? [];
  const input = inputs.find(({ reference, many }) => reference === 'communities' && !many);
  return input && only && others.length === 0 ? { [input.name]: only.id } : {};
}

/** Refusals go beside their inputs; anything else is told in a notice, and the form stays as it is. */
export function formErrors(error: unknown): Values {
  if (error instanceof Refused && error.body) return (error.body as { errors: Values }).errors;
  return { root: { serverError: messageOf(error) } };
}
