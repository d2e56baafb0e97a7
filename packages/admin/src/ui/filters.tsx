import type { ResourceDescriptor } from '@desk/schema';
import { Box, MenuItem, TextField } from '@mui/material';
import type { ReactElement } from 'react';
import { useInput } from 'react-admin';
import { useSay } from '../platform/i18n/index.ts';
import { type Filter, filtersOf, searchable } from '../platform/model.ts';
import { hiddenFrom } from '../platform/viewer.ts';
import { FieldInput } from './FieldInput.tsx';
import { SearchInput } from './SearchInput.tsx';

interface FilterInputProps {
  filter: Filter;
  /** Path in the GraphQL filter; react-admin reads it from the element. */
  source: string;
  label: string;
  alwaysOn?: boolean;
}

/** Wide enough for its label; the whole line on a phone. */
const filterWidth = { width: { xs: '100%', sm: 180 } };

/** One filter; texts wait for the end of a pinyin composition. */
function FilterInput({ filter, source, label }: FilterInputProps) {
  if (filter.kind === 'text') return <SearchInput source={source} label={label} />;
  if (filter.kind === 'boolean') return <YesNoInput source={source} label={label} />;
  return (
    <Box sx={filterWidth}>
      <FieldInput field={filter} source={source} label={label} />
    </Box>
  );
}

/** Yes, no, or either. */
function YesNoInput({ source, label }: { source: string; label: string }) {
  const { t } = useSay();
  const { field, id } = useInput({ source, defaultValue: '' });
  return (
    <TextField
      id={id}
      select
      size="small"
      label={label}
      value={String(field.value ?? '')}
      onChange={({ target }) => field.onChange(target.value === '' ? '' : target.value === 'true')}
      sx={filterWidth}
    >
      <MenuItem value="">{t('all')}</MenuItem>
      <MenuItem value="true">{t('yes')}</MenuItem>
      <MenuItem value="false">{t('no')}</MenuItem>
    </TextField>
  );
}

/** The filters of a resource as react-admin wants them: search and status always shown, the others on request. */
export function useFilters(owner: ResourceDescriptor): ReactElement[] {
  const { t, tell } = useSay();
  const labelOf = (filter: Filter) =>
    filter.end ? t(filter.end, { label: tell(filter.label) }) : tell(filter.label);
  const search = searchable(owner)
    ? [
        <SearchInput
          key="search"
          source="search"
          label={t('search')}
          placeholder={owner.search ? tell(owner.search) : ''}
          alwaysOn
          icon
        />,
      ]
    : [];
  const others = filtersOf(owner, hiddenFrom(owner)).map((filter) => (
    <FilterInput
      key={filter.source}
      source={filter.source}
      label={labelOf(filter)}
      filter={filter}
      {...(filter.name === 'status' && { alwaysOn: true })}
    />
  ));
  return [...search, ...others];
}
