import { Checkbox, FormControl, FormControlLabel, FormHelperText, MenuItem, TextField } from '@mui/material';
import { lazy, Suspense, useState } from 'react';
import { useInput, useRecordContext } from 'react-admin';
import { isoToWall, minorToText, textToMinor, wallToIso } from '../platform/format.ts';
import { useSay } from '../platform/i18n/index.ts';
import type { Field } from '../platform/model.ts';
import { communityOf } from '../platform/viewer.ts';
import { PartsInput } from './PartsInput.tsx';
import { ReferencePicker } from './ReferencePicker.tsx';
import { TimeInput } from './TimeInput.tsx';
import { YesNo } from './YesNo.tsx';

const FilesInput = lazy(() => import('./FilesInput.tsx'));
const SignatureInput = lazy(() => import('./SignatureInput.tsx'));

interface FieldInputProps {
  field: Field;
  /** Path of the value in the form; the field's name when absent. */
  source?: string;
  label?: string;
  autoFocus?: boolean;
  /** Read by react-admin's filter form. */
  alwaysOn?: boolean;
}

/** The input that fits a field's kind, with label, help and the messages of validation and API beside it. */
export function FieldInput(props: FieldInputProps) {
  const { field, source = field.name } = props;
  if (field.parts) return <PartsInput field={field} parts={field.parts} source={source} Part={FieldInput} />;
  if (field.minute) return <ClockInput field={field} hour={source} minute={field.minute} />;
  return <PlainInput {...props} source={source} />;
}

function ClockInput({ field, ...sources }: { field: Field; hour: string; minute: string }) {
  const { tell } = useSay();
  const shared = {
    label: tell(field.label),
    helperText: field.help ? tell(field.help) : '',
    required: field.required,
  };
  return <TimeInput {...sources} {...shared} />;
}

function PlainInput({
  field,
  source,
  label: given,
  autoFocus = false,
}: FieldInputProps & { source: string }) {
  const { t, tell, locale } = useSay();
  const zone = communityOf(useRecordContext()).timeZone;
  const required = (value: unknown) =>
    (field.required || field.answered) && (value === null || value === undefined || value === '')
      ? t('required')
      : undefined;
  const wellFormed = (value: unknown) => badly(field, value, t);
  const {
    field: control,
    fieldState,
    id,
  } = useInput({ source, defaultValue: field.many ? [] : '', validate: [required, wellFormed] });
  const label = given ?? tell(field.label);
  const help = field.help && tell(field.help);
  const message = fieldState.error?.message;
  // react-admin wraps messages of validators so that it can translate them; ours are spoken already.
  const helperText = message?.replace(/^@@react-admin@@"?|"$/g, '') ?? help ?? '';
  const shared = {
    id,
    label,
    required: field.required,
    error: Boolean(message),
    helperText,
    size: 'small',
    fullWidth: true,
    autoFocus,
    // A form can then lead the cursor: to the next question, or to the first mistake.
    inputRef: control.ref,
  } as const;

  if (field.kind === 'files' || field.kind === 'signature') {
    const { error } = shared;
    return (
      <Suspense fallback={null}>
        {field.kind === 'signature' ? (
          <SignatureInput {...{ label, helperText, error }} onChange={control.onChange} />
        ) : (
          <FilesInput
            {...{ id, label, helperText, error }}
            value={Array.isArray(control.value) ? control.value : []}
            onChange={control.onChange}
          />
        )}
      </Suspense>
    );
  }
  if (field.kind === 'reference' && field.reference)
    return (
      <ReferencePicker
        {...shared}
        reference={field.reference}
        many={field.many}
        value={control.value}
        onChange={control.onChange}
        onBlur={control.onBlur}
      />
    );
  if (field.answered)
    return <YesNo {...{ ...shared, helperText }} value={control.value} onChange={control.onChange} />;
  if (field.kind === 'boolean')
    return (
      <FormControl error={Boolean(message)}>
        <FormControlLabel
          label={label}
          control={
            <Checkbox
              id={id}
              checked={Boolean(control.value)}
              // Given the event, the form would keep the box's value, `on`, whether it is ticked or not.
              onChange={(_, ticked) => control.onChange(ticked)}
            />
          }
        />
        {helperText && <FormHelperText>{helperText}</FormHelperText>}
      </FormControl>
    );
  if (field.kind === 'enum')
    return (
      <TextField
        {...shared}
        select
        value={field.many ? [control.value || []].flat() : (control.value ?? '')}
        onChange={control.onChange}
        onBlur={control.onBlur}
        slotProps={{ select: { multiple: field.many } }}
      >
        {!field.many && !field.required && <MenuItem value="">&nbsp;</MenuItem>}
        {Object.entries(field.values ?? {}).map(([value, text]) => (
          <MenuItem key={value} value={value}>
            {tell(text)}
          </MenuItem>
        ))}
      </TextField>
    );
  if (field.kind === 'date' || field.kind === 'datetime')
    return (
      <TextField
        {...shared}
        type={field.kind === 'date' ? 'date' : 'datetime-local'}
        value={
          field.kind === 'date'
            ? (control.value ?? '')
            : control.value
              ? isoToWall(String(control.value), zone)
              : ''
        }
        onChange={({ target }) =>
          control.onChange(
            field.kind === 'date' || !target.value ? target.value : wallToIso(target.value, zone),
          )
        }
        onBlur={control.onBlur}
        // The browser's own picker writes in the browser's language; the label must not overlap its pattern.
        slotProps={{ inputLabel: { shrink: true }, htmlInput: { lang: locale } }}
        {...(field.kind === 'datetime' && !helperText && zone !== browserZone() && { helperText: zone })}
      />
    );
  if (field.kind === 'money') return <MoneyInput shared={shared} control={control} />;
  return (
    <TextField
      {...shared}
      value={[control.value ?? ''].flat().join('\n')}
      onChange={({ target }) => control.onChange(parse(field, target.value))}
      onBlur={control.onBlur}
      multiline={field.kind === 'multiline' || field.many}
      minRows={field.kind === 'multiline' ? 3 : 1}
      {...(/password/i.test(field.name) && { type: 'password', autoComplete: 'new-password' })}
      slotProps={{
        htmlInput: {
          inputMode: field.kind === 'integer' ? 'numeric' : field.kind === 'decimal' ? 'decimal' : 'text',
        },
      }}
    />
  );
}

/** The zone of this browser: when it is not the community's, the input says whose time is meant. */
const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What the form keeps of a text: numbers as numbers, but what is not one yet as it was typed. */
function parse(field: Field, text: string): unknown {
  if (field.many) return text.split('\n');
  if (field.kind === 'integer' && /^-?\d{1,15}$/.test(text.trim())) return Number(text);
  if (field.kind === 'float' && /^-?\d+(\.\d+)?$/.test(text.trim())) return Number(text);
  return field.kind === 'decimal' ? text.trim().replace('。', '.') : text;
}

function badly(field: Field, value: unknown, t: ReturnType<typeof useSay>['t']): string | undefined {
  if (value === '' || value === null || value === undefined) return undefined;
  if (field.kind === 'money' && typeof value !== 'number') return t('badMoney');
  if (field.kind === 'integer' && typeof value !== 'number') return t('badInteger');
  if (field.kind === 'float' && typeof value !== 'number') return t('badNumber');
  if (field.kind === 'decimal' && !/^-?\d+(\.\d+)?$/.test(String(value))) return t('badNumber');
  return undefined;
}

interface MoneyInputProps {
  shared: object;
  control: { value: unknown; onChange(value: unknown): void; onBlur(): void };
}

/** Yuan for the eye, integer fen in the form; what is typed stays as typed until the field is left. */
function MoneyInput({ shared, control }: MoneyInputProps) {
  const shown = typeof control.value === 'number' ? minorToText(control.value) : String(control.value ?? '');
  const [text, setText] = useState<string>();
  return (
    <TextField
      {...shared}
      value={text ?? shown}
      onChange={({ target }) => {
        setText(target.value);
        control.onChange(target.value.trim() === '' ? '' : (textToMinor(target.value) ?? target.value));
      }}
      onBlur={() => {
        setText(undefined);
        control.onBlur();
      }}
      slotProps={{
        htmlInput: { inputMode: 'decimal' },
        input: { startAdornment: <span aria-hidden>¥&nbsp;</span> },
      }}
    />
  );
}
