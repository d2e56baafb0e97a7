import { FormControl, FormControlLabel, FormHelperText, FormLabel, Radio, RadioGroup } from '@mui/material';
import type { Ref } from 'react';
import { useSay } from '../platform/i18n/index.ts';

interface YesNoProps {
  id: string;
  label: string;
  error: boolean;
  helperText: string;
  value: unknown;
  inputRef?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
  onChange(value: boolean): void;
}

/** A question that must be answered: neither yes nor no is chosen beforehand. */
export function YesNo({ id, label, error, helperText, value, inputRef, autoFocus, onChange }: YesNoProps) {
  const { t } = useSay();
  return (
    <FormControl error={error} required>
      <FormLabel id={id}>{label}</FormLabel>
      <RadioGroup
        row
        aria-labelledby={id}
        value={typeof value === 'boolean' ? String(value) : ''}
        onChange={(_, chosen) => onChange(chosen === 'true')}
      >
        <FormControlLabel
          value="true"
          label={t('yes')}
          control={<Radio autoFocus={autoFocus ?? false} slotProps={{ input: { ref: inputRef ?? null } }} />}
        />
        <FormControlLabel value="false" label={t('no')} control={<Radio />} />
      </RadioGroup>
      {helperText && <FormHelperText>{helperText}</FormHelperText>}
    </FormControl>
  );
}
