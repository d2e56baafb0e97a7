import { say } from '@desk/schema';
import { Alert, Button, Card, CardContent, Stack, TextField, Typography } from '@mui/material';
import type { FormEvent } from 'react';
import { currentLocale } from '../platform/i18n/index.ts';
import { texts } from './texts.ts';

/** Asked once per screen: its token, or a sign-in. */
export function Setup({ refused, onToken }: { refused: boolean; onToken(token: string): void }) {
  const t = (key: keyof typeof texts) => say(texts[key], currentLocale());
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get('token')).trim();
    if (token) onToken(token);
  };
  return (
    <Stack component="main" sx={{ minHeight: '100vh', alignItems: 'center', justifyContent: 'center', p: 2 }}>
      <Card variant="outlined" sx={{ width: '100%', maxWidth: 460 }}>
        <CardContent>
          <Stack component="form" onSubmit={submit} sx={{ gap: 2 }}>
            <Typography variant="h5" component="h1">
              {t('title')}
            </Typography>
            {refused && <Alert severity="error">{t('refused')}</Alert>}
            <TextField
              name="token"
              type="password"
              label={t('token')}
              helperText={t('tokenHelp')}
              autoComplete="off"
              required
              fullWidth
            />
            <Button type="submit" variant="contained" size="large">
              {t('start')}
            </Button>
            <Button href="#/">{t('signIn')}</Button>
          </Stack>
        </CardContent>
      </Card>
    </Stack>
  );
}
