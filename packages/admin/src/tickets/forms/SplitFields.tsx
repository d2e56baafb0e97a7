import AddIcon from '@mui/icons-material/Add';
import RemoveIcon from '@mui/icons-material/RemoveCircleOutlined';
import { Alert, Box, Button, IconButton, Stack, Typography } from '@mui/material';
import type { KeyboardEvent } from 'react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { useSay } from '../../platform/i18n/index.ts';
import type { Input } from '../../platform/model.ts';
import type { Values } from '../../platform/mutations.ts';
import type { ActionFieldsProps } from '../../ui/actionForms.ts';
import { FieldInput } from '../../ui/FieldInput.tsx';
import { blankMatter, isMatter } from './matters.ts';
import { formTexts } from './texts.ts';

/** As many as the API splits off at once. */
const mostMatters = 10;

/** Matters that came in one call, one after the other: Enter goes to the next, and makes it when there is none. */
export function SplitFields({ record, inputs }: ActionFieldsProps) {
  const { t, tell } = useSay();
  const { control, setFocus, getValues } = useFormContext();
  const { fields, append, remove } = useFieldArray({ control, name: 'parts' });
  const matter = inputs.find(({ name }) => name === 'parts');
  const rest = inputs.filter((input) => input !== matter);
  const add = () => append(blankMatter(record.kind), { focusName: `parts.${fields.length}.title` });
  const next = (event: KeyboardEvent, index: number) => {
    const { key, ctrlKey, metaKey, nativeEvent } = event;
    if (key !== 'Enter' || ctrlKey || metaKey || nativeEvent.isComposing) return;
    event.preventDefault();
    if (index + 1 < fields.length) setFocus(`parts.${index + 1}.title`);
    else if (fields.length < mostMatters && getValues(`parts.${index}.title`)) add();
  };
  return (
    <>
      <Typography variant="body2">{tell(formTexts.splitLead)}</Typography>
      <Alert severity="info" icon={false} sx={{ overflowWrap: 'anywhere' }}>
        <strong>{tell(formTexts.original)}</strong> {String(record.title)}
        {Boolean(record.description) && (
          <Box sx={{ whiteSpace: 'pre-wrap', maxHeight: 120, overflow: 'auto' }}>
            {String(record.description)}
          </Box>
        )}
      </Alert>
      {fields.map(({ id }, index) => (
        <Stack
          key={id}
          component="fieldset"
          direction="row"
          sx={{ gap: 1, m: 0, p: 0, border: 0, minWidth: 0, alignItems: 'flex-start' }}
        >
          <Box sx={{ flex: 1, minWidth: 0 }}>
            <Typography component="legend" variant="body2" color="textSecondary" sx={{ mb: 1 }}>
              {tell(formTexts.matter, { number: index + 1 })}
            </Typography>
            <Matter parts={matter?.parts ?? []} index={index} onTitleKey={(event) => next(event, index)} />
          </Box>
          {fields.length > 1 && (
            <IconButton aria-label={t('removeLine', { number: index + 1 })} onClick={() => remove(index)}>
              <RemoveIcon />
            </IconButton>
          )}
        </Stack>
      ))}
      <Stack direction="row" sx={{ gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
        <Button size="small" startIcon={<AddIcon />} onClick={add} disabled={fields.length >= mostMatters}>
          {tell(formTexts.addMatter)}
        </Button>
        <Typography variant="caption" color="textSecondary">
          {tell(formTexts.splitKeys)}
        </Typography>
      </Stack>
      {rest.map((input) => (
        <FieldInput key={input.name} field={input} />
      ))}
    </>
  );
}

interface MatterProps {
  parts: readonly Input[];
  index: number;
  onTitleKey(event: KeyboardEvent): void;
}

/** The title takes the whole line, and so do the words. */
function Matter({ parts, index, onTitleKey }: MatterProps) {
  const source = `parts.${index}`;
  const typed = useWatch({ name: source }) as Values | undefined;
  const wanted = typed !== undefined && isMatter(typed, index);
  const place: Record<string, string> = { title: '1 / -1', description: '1 / -1' };
  const order = ['title', 'kind', 'problem', 'description'];
  const sorted = [...parts].sort((one, other) => order.indexOf(one.name) - order.indexOf(other.name));
  return (
    <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } }}>
      {sorted.map((part) => (
        <Box
          key={part.name}
          {...(part.name === 'title' && { onKeyDown: onTitleKey })}
          sx={{ minWidth: 0, gridColumn: place[part.name] ?? 'auto' }}
        >
          <FieldInput
            field={{
              ...part,
              required: part.required && wanted,
              ...(part.name === 'description' && { kind: 'multiline' as const }),
            }}
            source={`${source}.${part.name}`}
            autoFocus={index === 0 && part.name === 'title'}
          />
        </Box>
      ))}
    </Box>
  );
}
