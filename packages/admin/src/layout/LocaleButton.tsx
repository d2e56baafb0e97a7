import { Button } from '@mui/material';
import { useLocaleState } from 'react-admin';

/** Switches between the two languages; each is offered in its own words. */
export function LocaleButton() {
  const [locale, setLocale] = useLocaleState();
  const english = locale === 'en';
  return (
    <Button
      color="inherit"
      lang={english ? 'zh-CN' : 'en'}
      onClick={() => setLocale(english ? 'zh-CN' : 'en')}
      sx={{ minWidth: 0, px: 1 }}
    >
      {english ? '中文' : 'English'}
    </Button>
  );
}
