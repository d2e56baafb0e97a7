import { type Locale, say } from '@desk/schema';
import { Box, Button, MenuItem, TextField } from '@mui/material';
import type { FeedState } from './feed.ts';
import type { Place } from './figures.ts';
import { clockTime, longDay } from './format.ts';
import { colours, size, type Tone } from './look.tsx';
import { texts, type WallText } from './texts.ts';

interface HeaderProps {
  locale: Locale;
  state: FeedState;
  now: Date;
  places: readonly Place[];
  community: string | undefined;
  place: Place | undefined;
  readAt: string | undefined;
  hasToken: boolean;
  onLocale(locale: Locale): void;
  onCommunity(community: string | undefined): void;
  onForget(): void;
}

const tones: Record<FeedState, Tone> = { live: 'good', connecting: 'warn', offline: 'bad', refused: 'bad' };

/** Where, whether it is live, and what time it is. */
export function Header(props: HeaderProps) {
  const { locale, state, now, places, community, place, readAt } = props;
  const t = (key: WallText, values?: Record<string, string>) => say(texts[key], locale, values);
  const zone = place?.timeZone ?? 'Asia/Shanghai';
  const where = community === undefined ? (places.length === 1 ? places[0]?.name : t('all')) : place?.name;
  const time = readAt ? clockTime(new Date(readAt), zone, locale) : '–';
  return (
    <Box
      component="header"
      sx={{ display: 'flex', alignItems: 'center', gap: '1.5vw', px: '0.6vw', minHeight: '8.5vh' }}
    >
      <Box component="h1" sx={{ m: 0, fontSize: '2.6vw', fontWeight: 700, whiteSpace: 'nowrap' }}>
        {t('title')}
        {where && (
          <Box component="span" sx={{ color: colours.quiet, fontWeight: 400 }}>
            {' · '}
            {where}
          </Box>
        )}
      </Box>
      <Box
        component="output"
        aria-live="polite"
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: '0.6vw',
          fontSize: size.small,
          color: colours[tones[state]],
          whiteSpace: 'nowrap',
        }}
      >
        <Box
          aria-hidden
          sx={{ width: '1.1vw', height: '1.1vw', borderRadius: '50%', bgcolor: 'currentColor' }}
        />
        {state === 'live' ? t('live') : state === 'offline' ? t('offline', { time }) : t('connecting')}
      </Box>
      <Settings {...props} />
      <Box sx={{ fontSize: size.label, color: colours.quiet, whiteSpace: 'nowrap' }}>
        {longDay(now, zone, locale)}
      </Box>
      <Box
        component="time"
        sx={{ fontSize: '4.2vw', lineHeight: 1, fontWeight: 700, fontVariantNumeric: 'tabular-nums' }}
      >
        {clockTime(now, zone, locale)}
      </Box>
    </Box>
  );
}

/** For whoever puts the screen up: seen while the pointer or the focus is there. */
function Settings({ locale, places, community, hasToken, onLocale, onCommunity, onForget }: HeaderProps) {
  const t = (key: WallText) => say(texts[key], locale);
  const button = { color: colours.text, borderColor: colours.line };
  return (
    <Box
      component="nav"
      aria-label={t('settings')}
      sx={{
        flex: 1,
        display: 'flex',
        justifyContent: 'flex-end',
        gap: 1,
        opacity: 0,
        '&:hover, &:focus-within': { opacity: 1 },
      }}
    >
      {places.length > 1 && (
        <TextField
          select
          size="small"
          label={t('community')}
          value={community ?? ''}
          onChange={({ target }) => onCommunity(target.value || undefined)}
          sx={{
            minWidth: 160,
            '& .MuiInputBase-root, & .MuiInputLabel-root, & .MuiSvgIcon-root': { color: colours.text },
            '& fieldset': { borderColor: colours.quiet },
          }}
        >
          <MenuItem value="">{t('all')}</MenuItem>
          {places.map(({ id, name }) => (
            <MenuItem key={id} value={id}>
              {name}
            </MenuItem>
          ))}
        </TextField>
      )}
      <Button
        variant="outlined"
        lang={locale === 'en' ? 'zh-CN' : 'en'}
        sx={button}
        onClick={() => onLocale(locale === 'en' ? 'zh-CN' : 'en')}
      >
        {locale === 'en' ? '中文' : 'English'}
      </Button>
      <Button
        variant="outlined"
        sx={button}
        onClick={() => void document.documentElement.requestFullscreen?.()}
      >
        {t('fullScreen')}
      </Button>
      {hasToken && (
        <Button variant="outlined" sx={button} onClick={onForget}>
          {t('forget')}
        </Button>
      )}
    </Box>
  );
}
