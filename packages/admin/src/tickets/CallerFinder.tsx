import { Autocomplete, Box, Chip, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useSay } from '../platform/i18n/index.ts';
import { useSearchText } from '../ui/useSearchText.ts';
import { type Caller, findCallers } from './caller.ts';
import { ticketTexts } from './texts.ts';

const pauseMs = 200;
const shortest = 2;

/** Finds who is on the phone while it rings: arrow keys and Enter choose, no mouse needed (handbook U-6). */
export function CallerFinder({ onFound }: { onFound(caller: Caller | null): void }) {
  const { t, tell, locale } = useSay();
  const { wanted, onInputChange, composition } = useSearchText(pauseMs);
  const { data = [], isFetching } = useQuery({
    queryKey: ['residents', 'callers', wanted, locale],
    enabled: wanted.length >= shortest,
    queryFn: ({ signal }) => findCallers(wanted, locale, signal),
  });
  const short = wanted.length < shortest;
  return (
    <Autocomplete<Caller>
      options={short ? [] : data}
      filterOptions={(all) => all}
      loading={isFetching}
      autoHighlight
      getOptionLabel={({ name, detail }) => `${name} · ${detail}`}
      getOptionKey={({ key }) => key}
      isOptionEqualToValue={(one, other) => one.key === other.key}
      noOptionsText={tell(short ? ticketTexts.typeMore : ticketTexts.nobody)}
      loadingText={t('loading')}
      onChange={(_, caller) => onFound(caller)}
      onInputChange={onInputChange}
      renderOption={({ key: _, ...props }, { key, name, detail, specialCare }) => (
        <Box component="li" key={key} {...props} sx={{ gap: 1, flexWrap: 'wrap' }}>
          <strong>{name}</strong>
          <Typography variant="body2" component="span" color="textSecondary">
            {detail}
          </Typography>
          {specialCare && <CareChip />}
        </Box>
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          autoFocus
          label={tell(ticketTexts.caller)}
          placeholder={tell(ticketTexts.callerHelp)}
          {...composition}
        />
      )}
    />
  );
}

/** Served at the door (handbook U-5). */
export function CareChip() {
  const { locale } = useSay();
  return <Chip size="small" color="error" label={locale === 'en' ? 'Special care' : '特殊用户'} />;
}
