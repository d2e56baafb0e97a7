import { ticketLifecycle } from '@desk/schema/tickets/lifecycle';
import { Autocomplete, Box, Chip, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useInput } from 'react-admin';
import { formatDateTime } from '../../platform/format.ts';
import { useSay } from '../../platform/i18n/index.ts';
import type { Input } from '../../platform/model.ts';
import type { DeskRecord } from '../../platform/mutations.ts';
import { communityOf } from '../../platform/viewer.ts';
import { StatusChip } from '../../ui/StatusChip.tsx';
import { useSearchText } from '../../ui/useSearchText.ts';
import { type Candidate, findCandidates, nearCandidates, type Search } from './candidates.ts';
import { formTexts } from './texts.ts';

const pauseMs = 200;
const shortest = 2;

interface TicketPickerProps {
  /** The input that takes the other ticket. */
  input: Input;
  record: DeskRecord;
  search: Search;
}

/** Chooses another ticket: those nearby stand there at once, all others are a few letters away. Arrows and Enter choose. */
export function TicketPicker({ input, record, search }: TicketPickerProps) {
  const { t, tell } = useSay();
  const [chosen, setChosen] = useState<Candidate | null>(null);
  const { wanted, onInputChange, composition } = useSearchText(pauseMs);
  const required = (value: unknown) => (value ? undefined : t('required'));
  const { field, fieldState, id } = useInput({ source: input.name, defaultValue: '', validate: required });
  const searching = wanted.length >= shortest;
  const near = useQuery({
    queryKey: ['tickets', 'near', search, record.id],
    queryFn: ({ signal }) => nearCandidates(record, search, signal),
  });
  const found = useQuery({
    queryKey: ['tickets', 'candidates', search, record.id, wanted],
    enabled: searching,
    queryFn: ({ signal }) => findCandidates(record, search, wanted, signal),
  });
  const { data: options = [], isFetching, error } = searching ? found : near;
  const group = search === 'DUPLICATE' && record.unit ? formTexts.sameUnit : formTexts.sameBuilding;
  const problem = fieldState.error?.message?.replace(/^@@react-admin@@"?|"$/g, '') ?? error?.message;
  return (
    <Autocomplete<Candidate>
      id={id}
      options={options}
      value={chosen}
      filterOptions={(all) => all}
      loading={isFetching}
      autoHighlight
      openOnFocus
      groupBy={() => tell(searching ? formTexts.found : group)}
      getOptionLabel={({ number, title }) => `${number} ${title}`}
      getOptionKey={(one) => one.id}
      isOptionEqualToValue={(one, other) => one.id === other.id}
      noOptionsText={tell(searching ? formTexts.nothingFound : formTexts.nothingNear)}
      loadingText={t('loading')}
      onChange={(_, candidate) => {
        setChosen(candidate);
        field.onChange(candidate?.id ?? '');
      }}
      onBlur={field.onBlur}
      onInputChange={onInputChange}
      renderOption={({ key: _, ...props }, candidate) => (
        <Option key={candidate.id} candidate={candidate} props={props} />
      )}
      renderInput={(params) => (
        <TextField
          {...params}
          autoFocus
          required
          size="small"
          label={tell(input.label)}
          placeholder={tell(formTexts.searchTicket)}
          error={Boolean(problem)}
          helperText={problem ?? tell(formTexts.searchTicket)}
          inputRef={field.ref}
          {...composition}
        />
      )}
    />
  );
}

function Option({ candidate, props }: { candidate: Candidate; props: React.HTMLAttributes<HTMLLIElement> }) {
  const { tell } = useSay();
  const { number, title, status, unit, location, receivedAt, coveredTickets } = candidate;
  const covered = coveredTickets.totalCount;
  const when = formatDateTime(receivedAt, communityOf({ community: candidate.community }).timeZone);
  return (
    <Box component="li" {...props} sx={{ display: 'grid !important', gap: 0.25, minWidth: 0 }}>
      <Box sx={{ overflowWrap: 'anywhere', width: '100%' }}>
        <strong>{number}</strong> {title}
      </Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, width: '100%', alignItems: 'center' }}>
        <StatusChip lifecycle={ticketLifecycle} state={status} />
        {covered > 0 && (
          <Chip size="small" variant="outlined" label={tell(formTexts.covers, { count: covered })} />
        )}
        <Typography variant="body2" component="span" color="textSecondary" sx={{ overflowWrap: 'anywhere' }}>
          {[unit?.fullName ?? location, when].filter(Boolean).join(' · ')}
        </Typography>
      </Box>
    </Box>
  );
}
