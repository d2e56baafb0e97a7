import { MenuItem, TextField, type TextFieldProps } from '@mui/material';

interface ChoiceProps<V extends string> extends Pick<TextFieldProps, 'sx' | 'autoFocus' | 'required'> {
  label: string;
  value: V;
  /** Value and words; a value of '' is a choice of its own, such as everything. */
  options: readonly (readonly [V, string])[];
  onChange(value: V): void;
}

/** One of a few: a list to choose from. */
export function Choice<V extends string>({ label, value, options, onChange, ...rest }: ChoiceProps<V>) {
  return (
    <TextField
      {...rest}
      select
      size="small"
      label={label}
      // What is not offered any more is chosen no longer.
      value={options.some(([known]) => known === value) ? value : ''}
      onChange={({ target }) => onChange(target.value as V)}
      {...(options.some(([known]) => known === '') && {
        slotProps: { select: { displayEmpty: true }, inputLabel: { shrink: true } },
      })}
    >
      {options.map(([known, words]) => (
        <MenuItem key={known} value={known}>
          {words}
        </MenuItem>
      ))}
    </TextField>
  );
}
