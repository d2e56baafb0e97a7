import SearchIcon from '@mui/icons-material/Search';
import { InputAdornment, TextField } from '@mui/material';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useInput } from 'react-admin';
import { compositionGuard } from './composition.ts';

interface SearchInputProps {
  source: string;
  label: string;
  placeholder?: string;
  /** Read by react-admin's filter form. */
  alwaysOn?: boolean;
  icon?: boolean;
}

/** A text filter that does not search while pinyin is being composed. */
export function SearchInput({ source, label, placeholder, icon }: SearchInputProps) {
  const { field, id } = useInput({ source, defaultValue: '' });
  const [text, setText] = useState(String(field.value ?? ''));
  const sent = useRef(text);
  const change = useRef(field.onChange);
  change.current = field.onChange;
  const guard = useMemo(
    () =>
      compositionGuard((whole) => {
        sent.current = whole;
        change.current(whole);
      }),
    [],
  );
  // A filter that was cleared or restored elsewhere; never while it differs only because it is being typed.
  useEffect(() => {
    const value = String(field.value ?? '');
    if (value !== sent.current) {
      sent.current = value;
      setText(value);
    }
  }, [field.value]);
  return (
    <TextField
      id={id}
      type="search"
      size="small"
      label={label}
      placeholder={placeholder ?? ''}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        guard.input(event.target.value, (event.nativeEvent as InputEvent).isComposing);
      }}
      onCompositionStart={guard.start}
      onCompositionEnd={(event) => guard.end((event.target as HTMLInputElement).value)}
      slotProps={{
        input: icon
          ? {
              startAdornment: (
                <InputAdornment position="start">
                  <SearchIcon fontSize="small" />
                </InputAdornment>
              ),
            }
          : {},
      }}
      sx={{ minWidth: { xs: '100%', sm: 240 } }}
    />
  );
}
