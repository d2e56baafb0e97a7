import { itemKindNames, itemKinds } from '@desk/schema/tickets/enums';
import {
  Alert,
  Box,
  FormControl,
  FormControlLabel,
  FormHelperText,
  FormLabel,
  Radio,
  RadioGroup,
  ToggleButton,
  ToggleButtonGroup,
  Typography,
} from '@mui/material';
import type { KeyboardEvent } from 'react';
import { useController, useFormContext, useWatch } from 'react-hook-form';
import { formatMoney } from '../../platform/format.ts';
import { useSay } from '../../platform/i18n/index.ts';
import type { Input } from '../../platform/model.ts';
import { communityOf } from '../../platform/viewer.ts';
import type { ActionFieldsProps } from '../../ui/actionForms.ts';
import { FieldInput } from '../../ui/FieldInput.tsx';
import { amountOf } from './amounts.ts';
import { formTexts } from './texts.ts';

/** A line of the work order (handbook T-10): what was used, how long it took, and whether the resident's own was fit. */
export function ItemFields({ record, inputs }: ActionFieldsProps) {
  const { tell, locale } = useSay();
  const { setValue, getValues } = useFormContext();
  const [kind, quantity, unitPrice, own] = useWatch({
    name: ['kind', 'quantity', 'unitPrice', 'residentOwned'],
  }) as [string, unknown, unknown, boolean];
  const labour = kind === 'LABOUR';
  const amount = amountOf(quantity, unitPrice);
  const choose = (chosen: string) => {
    setValue('kind', chosen, { shouldDirty: true });
    const hour = tell(formTexts.hour);
    // Labour is in hours; what was typed in its place stays.
    if (chosen === 'LABOUR' && !getValues('unit')) setValue('unit', hour);
    if (chosen !== 'LABOUR' && getValues('unit') === hour) setValue('unit', '');
    if (chosen !== 'MATERIAL') setValue('residentOwned', false);
  };
  const byKey = (event: KeyboardEvent) => {
    const chosen = event.altKey ? itemKindNames[Number(event.code.replace('Digit', '')) - 1] : undefined;
    if (!chosen) return;
    event.preventDefault();
    choose(chosen);
  };
  const draw = (name: string, help?: string) => {
    const field = inputs.find((input) => input.name === name);
    return field && <FieldInput field={help ? { ...field, help: { zh: help, en: help } } : field} />;
  };
  return (
    <Box onKeyDown={byKey} sx={{ display: 'grid', gap: 2 }}>
      <ToggleButtonGroup
        exclusive
        size="small"
        color="primary"
        value={kind}
        aria-label={tell(labelOf(inputs, 'kind'))}
        onChange={(_, chosen: string | null) => chosen && choose(chosen)}
      >
        {itemKindNames.map((name, index) => (
          <ToggleButton key={name} value={name} sx={{ minHeight: { xs: 44, md: 36 } }}>
            {tell(itemKinds[name])}
            <Typography
              component="kbd"
              variant="caption"
              aria-hidden
              sx={{ ml: 0.75, display: { xs: 'none', md: 'inline' } }}
            >
              Alt {index + 1}
            </Typography>
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <FieldInput field={inputs.find(({ name }) => name === 'name') as Input} autoFocus />
      <Box sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr 1fr', sm: '1fr 1fr 1fr 96px' } }}>
        {draw('quantity', labour ? tell(formTexts.labourHelp) : undefined)}
        {draw('unit')}
        {draw('unitPrice')}
        <Typography role="status" sx={{ textAlign: 'right', lineHeight: '40px' }}>
          {amount === undefined ? '—' : formatMoney(amount, communityOf(record).currency, locale)}
        </Typography>
      </Box>
      {kind === 'MATERIAL' && draw('residentOwned')}
      {kind === 'MATERIAL' && own && <FitInput label={tell(labelOf(inputs, 'fit'))} />}
    </Box>
  );
}

const labelOf = (inputs: readonly Input[], name: string) =>
  inputs.find((input) => input.name === name)?.label ?? { zh: name, en: name };

/** Looked at before it is used; unfit material is written down and left alone (handbook T-10). */
function FitInput({ label }: { label: string }) {
  const { tell } = useSay();
  const { setValue } = useFormContext();
  const { field, fieldState } = useController({ name: 'fit' });
  return (
    <FormControl error={Boolean(fieldState.error)}>
      <FormLabel id="fit">{label}</FormLabel>
      <RadioGroup
        row
        aria-labelledby="fit"
        value={field.value ?? ''}
        onChange={(_, value) => {
          field.onChange(value);
          if (value === 'false') setValue('quantity', '0', { shouldDirty: true });
        }}
      >
        <FormControlLabel value="true" control={<Radio />} label={tell(formTexts.fit)} />
        <FormControlLabel value="false" control={<Radio />} label={tell(formTexts.unfit)} />
      </RadioGroup>
      {fieldState.error && <FormHelperText>{fieldState.error.message}</FormHelperText>}
      {field.value === 'false' && <Alert severity="warning">{tell(formTexts.unfitHelp)}</Alert>}
    </FormControl>
  );
}
