import { type Locale, say } from '@desk/schema';
import { Box, CssBaseline, ThemeProvider } from '@mui/material';
import { useEffect, useState } from 'react';
import { theme } from '../layout/theme.ts';
import { createI18n, currentLocale } from '../platform/i18n/index.ts';
import { keepToken, storedToken } from './access.ts';
import { Board } from './Board.tsx';
import { Feed, type FeedState } from './feed.ts';
import type { WallData } from './figures.ts';
import { Header } from './Header.tsx';
import { colours } from './look.tsx';
import { Setup } from './Setup.tsx';
import { texts } from './texts.ts';

const i18n = createI18n();
const placeKey = 'desk.wall.community';

/** The board in the hall: one screen, nothing to click, never to be reloaded. */
export function WallPage() {
  const [locale, setLocale] = useState<Locale>(currentLocale);
  const [token, setToken] = useState(storedToken);
  const [community, setCommunity] = useState(() => localStorage.getItem(placeKey) ?? undefined);
  const [state, setState] = useState<FeedState>('connecting');
  const [data, setData] = useState<WallData>();
  const now = useNow();
  useStayAwake();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the language is no input, but what the API says comes in it
  useEffect(() => {
    const feed = new Feed({ community, token, onData: setData, onState: setState });
    void feed.start();
    return () => feed.stop();
  }, [community, token, locale]);

  const chooseToken = (chosen: string | undefined) => {
    keepToken(chosen);
    setData(undefined);
    setToken(chosen);
  };
  const chooseCommunity = (chosen: string | undefined) => {
    if (chosen === undefined) localStorage.removeItem(placeKey);
    else localStorage.setItem(placeKey, chosen);
    setCommunity(chosen);
  };
  const chooseLocale = (chosen: Locale) => {
    void i18n.changeLocale(chosen);
    setLocale(chosen);
  };
  const places = data?.communities.nodes ?? [];
  const place = places.find(({ id }) => id === community) ?? places[0];
  return (
    <ThemeProvider theme={theme}>
      <CssBaseline />
      <title>{say(texts.title, locale)}</title>
      {state === 'refused' ? (
        <Setup refused={token !== undefined} onToken={chooseToken} />
      ) : (
        <Box
          component="main"
          lang={locale}
          sx={{
            height: '100vh',
            overflow: 'hidden',
            display: 'flex',
            flexDirection: 'column',
            gap: '0.9vw',
            p: '0.9vw',
            bgcolor: colours.ground,
            color: colours.text,
          }}
        >
          <Header
            {...{ locale, state, now, places, community, place }}
            readAt={data?.wall?.at}
            hasToken={token !== undefined}
            onLocale={chooseLocale}
            onCommunity={chooseCommunity}
            onForget={() => chooseToken(undefined)}
          />
          {data && <Board data={data} now={now} place={place} locale={locale} />}
        </Box>
      )}
    </ThemeProvider>
  );
}

/** The time, every second. */
function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

/** Asks the screen not to sleep, again whenever it is shown again; not every browser can. */
function useStayAwake(): void {
  useEffect(() => {
    const ask = () => {
      if (document.visibilityState === 'visible')
        void navigator.wakeLock?.request('screen').catch(() => undefined);
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => document.removeEventListener('visibilitychange', ask);
  }, []);
}
