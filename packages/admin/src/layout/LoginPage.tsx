import { Box, Card, CardContent, Stack, Typography } from '@mui/material';
import { Notification, useLogin } from 'react-admin';
import { useSay } from '../platform/i18n/index.ts';
import { LocaleButton } from './LocaleButton.tsx';
import { SignInForm } from './SignInForm.tsx';

/** The page for whoever is not signed in. */
export function LoginPage() {
  const { t } = useSay();
  const login = useLogin();
  return (
    <Box
      component="main"
      sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2, bgcolor: 'background.default' }}
    >
      <title>{`${t('signIn')} · ${t('product')}`}</title>
      <Card variant="outlined" sx={{ width: '100%', maxWidth: 400 }}>
        <CardContent sx={{ p: 3 }}>
          <Stack direction="row" sx={{ justifyContent: 'space-between', alignItems: 'center', mb: 2 }}>
            <Typography variant="h5" component="h1">
              {t('product')}
            </Typography>
            <LocaleButton />
          </Stack>
          <SignInForm onSubmit={(email, password) => login({ email, password })} />
        </CardContent>
      </Card>
      <Notification />
    </Box>
  );
}
