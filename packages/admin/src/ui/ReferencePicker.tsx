import { resourceNamed } from '@desk/schema';
import { Autocomplete, TextField } from '@mui/material';
import type { Ref } from 'react';
import { useGetList, useGetMany } from 'react-admin';
import { useSay } from '../platform/i18n/index.ts';
import { searchable } from '../platform/model.ts';
import type { DeskRecord } from '../platform/mutations.ts';
import { represent } from './represent.ts';
import { useSearchText } from './useSearchText.ts';

interface ReferencePickerProps {
  reference: string;
  label: string;
  value: string | string[] | null;
  many?: boolean;
  required?: boolean;
  error?: boolean;
  helperText?: string;
  id?: string;
  inputRef?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
  onChange(value: string | string[] | null): void;
  onBlur?(): void;
}

const meta = { view: 'reference' };
const searchDelayMs = 250;

/** Picks one or several records of another resource by typing part of their name; the API does the searching. */
export function ReferencePicker(props: ReferencePickerProps) {
  const { reference, label, value, many = false, onChange } = props;
  const { t } = useSay();
  const owner = resourceNamed(reference);
  const { wanted, onInputChange, composition } = useSearchText(searchDelayMs);

  const byServer = owner !== undefined && searchable(owner);
  const ids = [value ?? []].flat().filter((id) => id !== '');
  const { data: chosen = [] } = useGetMany<DeskRecord>(reference, { ids, meta }, { enabled: ids.length > 0 });
  const { data: found = [], isFetching } = useGetList<DeskRecord>(reference, {
    pagination: { page: 1, perPage: byServer ? 25 : 100 },
    sort: { field: owner?.defaultSort.field ?? 'id', order: owner?.defaultSort.direction ?? 'ASC' },
    filter: byServer && wanted ? { search: wanted } : {},
    meta,
  });
  const options = [
    ...found,
    ...chosen.filter((record) => record && !found.some(({ id }) => id === record.id)),
  ];
  const selected = options.filter(({ id }) => ids.includes(id));
  const name = (record: DeskRecord) => represent(reference, record);

  return (
    <Autocomplete<DeskRecord, boolean>
      {...(props.id && { id: props.id })}
      size="small"
      fullWidth
      multiple={many}
      options={options}
      value={many ? selected : (selected[0] ?? null)}
      loading={isFetching}
      getOptionLabel={name}
      getOptionKey={(record) => record.id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      {...(byServer && wanted && { filterOptions: (all: DeskRecord[]) => all })}
      noOptionsText={t('noOptions')}
      loadingText={t('loading')}
      onChange={(_, picked) =>
        onChange(Array.isArray(picked) ? picked.map(({ id }) => id) : (picked?.id ?? null))
      }
      onInputChange={onInputChange}
      {...(props.onBlur && { onBlur: props.onBlur })}
      renderInput={(params) => (
        <TextField
          {...params}
          label={label}
          autoFocus={props.autoFocus ?? false}
          {...(props.inputRef && { inputRef: props.inputRef })}
          required={props.required ?? false}
          error={props.error ?? false}
          helperText={props.helperText}
          placeholder={byServer ? t('chooseFirst') : ''}
          {...composition}
        />
      )}
    />
  );
}
