import { TextField } from '@mui/material';
import { useInput } from 'react-admin';
import { timeOfDay } from '../platform/format.ts';

interface TimeInputProps {
  label: string;
  helperText: string;
  required: boolean;
  /** Where the form keeps the hour and the minute, both numbers. */
  hour: string;
  minute: string;
}

/** A time of day that the API takes as two numbers. */
export function TimeInput({ label, helperText, required, hour, minute }: TimeInputProps) {
  const [hours, minutes] = [useInput({ source: hour }), useInput({ source: minute })];
  const [first, second] = [hours.field.value, minutes.field.value];
  const message = hours.fieldState.error?.message ?? minutes.fieldState.error?.message;
  return (
    <TextField
      id={hours.id}
      type="time"
      size="small"
      fullWidth
      required={required}
      label={label}
      value={first === '' && second === '' ? '' : timeOfDay(first, second)}
      error={Boolean(message)}
      helperText={message ?? helperText}
      onChange={({ target }) => {
        const parts = target.value.split(':').map(Number);
        hours.field.onChange(parts.length < 2 ? '' : parts[0]);
        minutes.field.onChange(parts.length < 2 ? '' : parts[1]);
      }}
      onBlur={hours.field.onBlur}
      inputRef={hours.field.ref}
      slotProps={{ inputLabel: { shrink: true } }}
    />
  );
}
