import ExpandIcon from '@mui/icons-material/ExpandMore';
import { Accordion, AccordionDetails, AccordionSummary, Card, CardContent, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Form, useNotify, useRedirect } from 'react-admin';
import { useFormContext, useWatch } from 'react-hook-form';
import { useSay } from '../platform/i18n/index.ts';
import { type Input, inputsOf } from '../platform/model.ts';
import { runAction, type Values } from '../platform/mutations.ts';
import { InputGrid } from '../ui/FormFields.tsx';
import { FormPage } from '../ui/FormPage.tsx';
import { filledIn } from '../ui/formValues.ts';
import { formErrors, onlyCommunity, useGiven } from '../ui/ResourceCreate.tsx';
import { useOwner } from '../ui/represent.ts';
import { CallerFinder } from './CallerFinder.tsx';
import { type Caller, findable } from './caller.ts';
import { ticketTexts } from './texts.ts';
import { UnitGlance } from './UnitGlance.tsx';

/** What every call needs, in the order of the conversation; everything else waits behind one click. */
const first = ['kind', 'title', 'description', 'urgent', 'convenientTime', 'channel', 'readBack'];
/** Filled by finding the caller; asked for only when nobody was found. */
const place = ['unit', 'location', 'community', 'reporter', 'reporterName', 'reporterPhone'];

/** The ticket form for somebody with a telephone in the other hand: caller, kind, title, Enter. */
export default function TicketCreate() {
  const owner = useOwner();
  const { tell } = useSay();
  const notify = useNotify();
  const redirect = useRedirect();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState<string>();
  const given = useGiven();
  const inputs = inputsOf(owner, owner.create);
  const submit = async (values: Values) => {
    setBusy(true);
    try {
      const { record } = await runAction(owner, owner.create ?? '', filledIn(inputs, values));
      void queries.invalidateQueries({ queryKey: [owner.name] });
      setSaved(record.id);
    } catch (error) {
      setBusy(false);
      return formErrors(error, notify);
    }
    return undefined;
  };
  return (
    <Form
      onSubmit={submit}
      defaultValues={{ kind: 'REPAIR_UNIT', channel: 'HOTLINE', ...onlyCommunity(inputs), ...given }}
      noValidate
      warnWhenUnsavedChanges
    >
      <FormPage
        title={tell(ticketTexts.title)}
        saveLabel={tell(ticketTexts.save)}
        busy={busy}
        saved={saved}
        onCancel={() => redirect('list', owner.name)}
      >
        <Conversation inputs={inputs} />
      </FormPage>
    </Form>
  );
}

function Conversation({ inputs }: { inputs: readonly Input[] }) {
  const { tell } = useSay();
  const { setValue, setFocus } = useFormContext();
  const unit: unknown = useWatch({ name: 'unit' });
  const named = (names: readonly string[]) =>
    names.flatMap((name) => inputs.find((input) => input.name === name) ?? []);
  const rest = inputs.filter(({ name }) => !first.includes(name) && !place.includes(name));
  const found = (caller: Caller | null) => {
    const options = { shouldDirty: true };
    setValue('unit', caller?.unit ?? '', options);
    setValue('reporter', caller?.resident ?? '', options);
    if (caller) {
      setValue('community', caller.community, options);
      setValue('reporterName', caller.resident ? caller.name : '', options);
      // After the list of callers has closed and given the cursor back.
      setTimeout(() => setFocus('title'));
    }
  };
  return (
    <>
      {findable && <CallerFinder onFound={found} />}
      {typeof unit === 'string' && unit !== '' && <UnitGlance unit={unit} />}
      <Card variant="outlined">
        <CardContent>
          <Typography variant="h6" component="h2" gutterBottom>
            {tell(ticketTexts.matter)}
          </Typography>
          <InputGrid inputs={named(first)} />
        </CardContent>
      </Card>
      <Card variant="outlined">
        <CardContent>
          <InputGrid inputs={named(place)} />
        </CardContent>
      </Card>
      <Accordion variant="outlined" disableGutters>
        <AccordionSummary expandIcon={<ExpandIcon />}>{tell(ticketTexts.more)}</AccordionSummary>
        <AccordionDetails>
          <InputGrid inputs={rest} />
        </AccordionDetails>
      </Accordion>
    </>
  );
}
