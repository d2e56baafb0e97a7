import CloseIcon from '@mui/icons-material/Close';
import ExpandIcon from '@mui/icons-material/ExpandMore';
import {
  Accordion,
  AccordionDetails,
  AccordionSummary,
  Box,
  Button,
  IconButton,
  Stack,
  Typography,
} from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react';
import { Form, useNotify } from 'react-admin';
import { useFormContext, useFormState, useWatch } from 'react-hook-form';
import { tieTicket } from '../../calls/ringing.ts';
import { useSay } from '../../platform/i18n/index.ts';
import { type Input, inputsOf } from '../../platform/model.ts';
import { runAction, type Values } from '../../platform/mutations.ts';
import { FormFailure } from '../../ui/Failure.tsx';
import { FieldInput } from '../../ui/FieldInput.tsx';
import { filledIn } from '../../ui/formValues.ts';
import { formErrors, onlyCommunity } from '../../ui/ResourceCreate.tsx';
import { useOwner } from '../../ui/represent.ts';
import { CallerFinder } from '../CallerFinder.tsx';
import { type Caller, findable } from '../caller.ts';
import { ticketTexts } from '../texts.ts';
import { UnitGlance } from '../UnitGlance.tsx';
import { DraftKeeper } from './DraftKeeper.tsx';
import { KindPicker, kindAt } from './KindPicker.tsx';
import { rowsKey } from './rows.ts';
import { deskTexts } from './texts.ts';

/** What every call needs, in the order of the conversation; everything else waits behind one click. */
const first = ['title', 'description', 'convenientTime', 'channel', 'urgent', 'readBack'];
/** Take the whole line. */
const wide = new Set(['title', 'description']);
/** Filled by finding the caller; asked for only when nobody was found. */
const place = ['unit', 'location', 'community', 'reporter', 'reporterName', 'reporterPhone'];

interface ComposerProps {
  /** What is known already: who rings, from where. */
  given: Values;
  onFiled(id: string): void;
  onClose(): void;
}

/** The ticket form for somebody with a telephone in the other hand: caller, kind, title, Enter. */
export function Composer({ given, onFiled, onClose }: ComposerProps) {
  const owner = useOwner();
  const { tell } = useSay();
  const notify = useNotify();
  const queries = useQueryClient();
  const title = useId();
  const [busy, setBusy] = useState(false);
  const inputs = useMemo(() => inputsOf(owner, owner.create), [owner]);
  const fresh = { kind: 'REPAIR_UNIT', channel: 'HOTLINE', ...onlyCommunity(inputs), ...given };
  const forget = useRef<() => void>(() => undefined);
  const submit = async (values: Values) => {
    setBusy(true);
    try {
      const { record } = await runAction(owner, owner.create ?? '', filledIn(inputs, values));
      void queries.invalidateQueries({ queryKey: [owner.name] });
      void queries.invalidateQueries({ queryKey: rowsKey });
      forget.current();
      notify(tell(deskTexts.filed, { number: String(record.number) }), { type: 'success' });
      if (typeof given.call === 'string') void tieTicket(given.call, record.id).catch(() => undefined);
      onFiled(record.id);
    } catch (error) {
      setBusy(false);
      return formErrors(error);
    }
    return undefined;
  };
  return (
    <Form onSubmit={submit} defaultValues={fresh} noValidate disableInvalidFormNotification>
      <Box component="section" aria-labelledby={title} sx={{ p: 2, display: 'grid', gap: 2 }}>
        <Stack direction="row" sx={{ alignItems: 'center' }}>
          <Typography id={title} variant="h6" component="h2" sx={{ flex: 1 }}>
            {tell(deskTexts.newTicket)}
          </Typography>
          <IconButton size="small" aria-label={tell(deskTexts.close)} onClick={onClose}>
            <CloseIcon />
          </IconButton>
        </Stack>
        <DraftKeeper
          given={Object.keys(given).length > 0}
          fresh={fresh}
          onReady={(way) => {
            forget.current = way;
          }}
        />
        <Conversation inputs={inputs} given={given} busy={busy} onClose={onClose} />
      </Box>
    </Form>
  );
}

interface ConversationProps {
  inputs: readonly Input[];
  given: Values;
  busy: boolean;
  onClose(): void;
}

function Conversation({ inputs, given, busy, onClose }: ConversationProps) {
  const { tell } = useSay();
  const { setValue, setFocus } = useFormContext();
  const unit: unknown = useWatch({ name: 'unit' });
  const box = useRef<HTMLDivElement>(null);
  const named = (names: readonly string[]) =>
    names.flatMap((name) => inputs.find((input) => input.name === name) ?? []);
  const kind = inputs.find(({ name }) => name === 'kind');
  const rest = inputs.filter(({ name }) => name !== 'kind' && !first.includes(name) && !place.includes(name));
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
  const known = Boolean(given.unit || given.reporter);
  const [opened, setOpened] = useState(!findable);
  const { errors } = useFormState();
  // What was refused beside one of its inputs must be seen.
  const unanswered = place.some((name) => name in errors);
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const chosen = event.altKey && kind ? kindAt(kind, event.code) : undefined;
    if (chosen) {
      setValue('kind', chosen, { shouldDirty: true });
      event.preventDefault();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      // Ctrl and Enter: what was typed has been read back to the caller (handbook T-02).
      setValue('readBack', true, { shouldDirty: true });
      event.preventDefault();
      setTimeout(() => box.current?.closest('form')?.requestSubmit());
    }
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      onClose();
    }
  };
  return (
    <Box ref={box} onKeyDown={press} sx={{ display: 'grid', gap: 2 }}>
      {findable && !known && <CallerFinder onFound={found} />}
      {typeof unit === 'string' && unit !== '' && <UnitGlance unit={unit} />}
      {kind && <KindPicker input={kind} />}
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' }}>
        {named(first).map((input) => (
          <Box key={input.name} sx={wide.has(input.name) ? { gridColumn: '1 / -1' } : {}}>
            <FieldInput field={input} autoFocus={known && input.name === 'title'} />
          </Box>
        ))}
      </Box>
      <Accordion
        variant="outlined"
        disableGutters
        expanded={opened || unanswered}
        onChange={(_, wanted) => setOpened(wanted)}
      >
        <AccordionSummary expandIcon={<ExpandIcon />}>{tell(deskTexts.placeAndPerson)}</AccordionSummary>
        <AccordionDetails sx={{ display: 'grid', gap: 2 }}>
          {named(place).map((input) => (
            <FieldInput key={input.name} field={input} />
          ))}
        </AccordionDetails>
      </Accordion>
      {rest.length > 0 && (
        <Accordion variant="outlined" disableGutters>
          <AccordionSummary expandIcon={<ExpandIcon />}>{tell(ticketTexts.more)}</AccordionSummary>
          <AccordionDetails sx={{ display: 'grid', gap: 2 }}>
            {rest.map((input) => (
              <FieldInput key={input.name} field={input} />
            ))}
          </AccordionDetails>
        </Accordion>
      )}
      <SubmitBar busy={busy} />
    </Box>
  );
}

function SubmitBar({ busy }: { busy: boolean }) {
  const { tell } = useSay();
  return (
    <Stack
      direction="row"
      sx={{
        position: 'sticky',
        bottom: 0,
        gap: 1,
        py: 1,
        flexWrap: 'wrap',
        bgcolor: 'background.paper',
        zIndex: 1,
      }}
    >
      <FormFailure />
      <Button type="submit" variant="contained" loading={busy}>
        {tell(deskTexts.file)}
      </Button>
    </Stack>
  );
}
