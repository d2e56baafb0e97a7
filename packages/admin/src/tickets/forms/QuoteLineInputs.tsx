import RemoveIcon from '@mui/icons-material/RemoveCircleOutlined';
import { Autocomplete, Box, IconButton, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { useController, useFormContext, useWatch } from 'react-hook-form';
import { formatMoney } from '../../platform/format.ts';
import { useSay } from '../../platform/i18n/index.ts';
import type { Field } from '../../platform/model.ts';
import { FieldInput } from '../../ui/FieldInput.tsx';
import { useSearchText } from '../../ui/useSearchText.ts';
import { amountOf, isEmpty, type QuoteLine } from './amounts.ts';
import { findProblems, type PricedProblem } from './catalogue.ts';
import { formTexts } from './texts.ts';

const pauseMs = 200;
const part = { group: 'main', many: false, required: true, sort: false, column: false } as const;
const quantity: Field = {
  ...part,
  name: 'quantity',
  kind: 'decimal',
  label: formTexts.quantity,
  type: 'Decimal',
};
const unitPrice: Field = {
  ...part,
  name: 'unitPrice',
  kind: 'money',
  label: formTexts.unitPrice,
  type: 'Money',
};

interface QuoteLineInputsProps {
  index: number;
  currency: string;
  last: boolean;
  /** Enter in the last field of the last line. */
  onNext(): void;
  onRemove?(): void;
}

/** Service, quantity, price, and what they come to. */
export function QuoteLineInputs({ index, currency, last, onNext, onRemove }: QuoteLineInputsProps) {
  const { tell, locale } = useSay();
  const source = `lines.${index}`;
  const line = useWatch({ name: source }) as QuoteLine | undefined;
  const amount = amountOf(line?.quantity, line?.unitPrice);
  const required = index === 0 || (line !== undefined && !isEmpty(line));
  const next = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, nativeEvent } = event;
    if (key !== 'Enter' || ctrlKey || metaKey || nativeEvent.isComposing) return;
    event.preventDefault();
    if (last && amount !== undefined) onNext();
  };
  return (
    <Box
      component="fieldset"
      sx={{
        m: 0,
        p: 0,
        border: 0,
        minWidth: 0,
        display: 'grid',
        gap: 1,
        alignItems: 'start',
        gridTemplateColumns: {
          xs: 'minmax(0, 1fr) minmax(0, 1fr)',
          sm: 'minmax(0, 1fr) 88px 120px 104px 40px',
        },
      }}
    >
      <Box sx={{ gridColumn: { xs: '1 / -1', sm: 'auto' } }}>
        <ServiceInput source={source} currency={currency} required={required} autoFocus={index === 0} />
      </Box>
      <FieldInput
        field={{ ...quantity, required }}
        source={`${source}.quantity`}
        label={`${tell(formTexts.quantity)}${line?.unit ? ` (${line.unit})` : ''}`}
      />
      <Box onKeyDown={next}>
        <FieldInput field={{ ...unitPrice, required }} source={`${source}.unitPrice`} />
      </Box>
      <Typography
        sx={{ textAlign: 'right', lineHeight: '40px', fontVariantNumeric: 'tabular-nums', minWidth: 0 }}
      >
        {amount === undefined ? '—' : formatMoney(amount, currency, locale)}
      </Typography>
      {onRemove && (
        <IconButton aria-label={tell(formTexts.removeLine, { number: index + 1 })} onClick={onRemove}>
          <RemoveIcon />
        </IconButton>
      )}
    </Box>
  );
}

interface ServiceInputProps {
  source: string;
  currency: string;
  required: boolean;
  autoFocus: boolean;
}

/** An entry of the catalogue, which brings its published price, or words of one's own. */
function ServiceInput({ source, currency, required, autoFocus }: ServiceInputProps) {
  const { t, tell, locale } = useSay();
  const { setValue } = useFormContext();
  const { field, fieldState } = useController({
    name: `${source}.name`,
    rules: { validate: (value: unknown) => !required || Boolean(value) || t('required') },
  });
  const { wanted, onInputChange, composition } = useSearchText(pauseMs);
  const { data = [], isFetching } = useQuery({
    queryKey: ['ticketProblems', 'price list', wanted],
    queryFn: ({ signal }) => findProblems(wanted, signal),
  });
  const published = ({ price, priceUnit }: PricedProblem) =>
    price === null
      ? tell(formTexts.noPrice)
      : tell(formTexts.published, {
          price: [formatMoney(price, currency, locale), priceUnit].filter(Boolean).join(' / '),
        });
  return (
    <Autocomplete<PricedProblem, false, false, true>
      freeSolo
      size="small"
      options={data}
      loading={isFetching}
      filterOptions={(all) => all}
      inputValue={String(field.value ?? '')}
      getOptionLabel={(option) => (typeof option === 'string' ? option : option.name)}
      getOptionKey={(option) => (typeof option === 'string' ? option : option.id)}
      onChange={(_, chosen) => {
        if (chosen === null || typeof chosen === 'string') return;
        setValue(`${source}.unit`, chosen.priceUnit ?? '');
        if (chosen.price !== null) setValue(`${source}.unitPrice`, chosen.price, { shouldDirty: true });
      }}
      onInputChange={(event, text, reason) => {
        // What the widget resets by itself is no wish of the clerk.
        if (reason !== 'reset' || event) field.onChange(text);
        onInputChange(event, text, reason);
      }}
      onBlur={field.onBlur}
      renderOption={({ key: _, ...props }, option) => (
        <Box component="li" key={option.id} {...props} sx={{ display: 'grid !important', minWidth: 0 }}>
          <Box sx={{ width: '100%', overflowWrap: 'anywhere' }}>{option.path}</Box>
          <Typography variant="body2" color="textSecondary" component="span" sx={{ width: '100%' }}>
            {published(option)}
          </Typography>
        </Box>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          required={required}
          autoFocus={autoFocus}
          label={tell(formTexts.service)}
          placeholder={tell(formTexts.serviceHelp)}
          error={Boolean(fieldState.error)}
          helperText={fieldState.error?.message}
          inputRef={field.ref}
          {...composition}
        />
      )}
    />
  );
}
