import FirstPageIcon from '@mui/icons-material/FirstPage';
import BeforeIcon from '@mui/icons-material/NavigateBefore';
import NextIcon from '@mui/icons-material/NavigateNext';
import { IconButton, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { useListContext } from 'react-admin';
import { useSay } from '../platform/i18n/index.ts';

const sizes = [10, 25, 50, 100];

/** Forward and back through a connection. Keyset pages have no cheap "page 312", so none is offered. */
export function Pager() {
  const { t, locale } = useSay();
  const { page, perPage, setPage, setPerPage, data, total, meta, hasNextPage, hasPreviousPage, isPending } =
    useListContext();
  if (isPending || (page === 1 && !data?.length)) return null;
  const from = (page - 1) * perPage + 1;
  const to = from + (data?.length ?? 0) - 1;
  const number = new Intl.NumberFormat(locale);
  const all =
    total === undefined ? undefined : `${number.format(total)}${meta?.precision === 'AT_LEAST' ? '+' : ''}`;
  const range = { from: number.format(from), to: number.format(Math.max(from, to)) };
  return (
    <Stack
      component="nav"
      aria-label={t('range', { ...range, total: all ?? '' })}
      direction="row"
      sx={{ alignItems: 'center', justifyContent: 'flex-end', gap: 0.5, p: 1 }}
    >
      <TextField
        select
        size="small"
        variant="standard"
        label={t('perPage')}
        value={perPage}
        onChange={({ target }) => setPerPage(Number(target.value))}
        sx={{ minWidth: 88, mr: 'auto', ml: 1 }}
      >
        {[...new Set([...sizes, perPage])]
          .sort((a, b) => a - b)
          .map((size) => (
            <MenuItem key={size} value={size}>
              {size}
            </MenuItem>
          ))}
      </TextField>
      <Typography variant="body2" role="status" sx={{ px: 1 }}>
        {all === undefined ? t('rangeUnknown', range) : t('range', { ...range, total: all })}
      </Typography>
      <IconButton
        aria-label={t('firstPage')}
        disabled={page <= 2}
        onClick={() => setPage(1)}
        sx={{ display: { xs: 'none', sm: 'inline-flex' } }}
      >
        <FirstPageIcon />
      </IconButton>
      <IconButton
        aria-label={t('previousPage')}
        disabled={!hasPreviousPage}
        onClick={() => setPage(page - 1)}
      >
        <BeforeIcon />
      </IconButton>
      <IconButton aria-label={t('nextPage')} disabled={!hasNextPage} onClick={() => setPage(page + 1)}>
        <NextIcon />
      </IconButton>
    </Stack>
  );
}
