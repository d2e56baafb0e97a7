import Visibility from '@mui/icons-material/Visibility';
import VisibilityOff from '@mui/icons-material/VisibilityOff';
import { Button, IconButton, InputAdornment, Stack, TextField } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { messageOf } from '../platform/errors.ts';
import { useSay } from '../platform/i18n/index.ts';
import { Failure } from '../ui/Failure.tsx';

/** E-mail and password. What went wrong is said in the form; the e-mail stays. */
export function SignInForm({ onSubmit }: { onSubmit(email: string, password: string): Promise<void> }) {
  const { t } = useSay();
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // The dialog of an expired session stands inside the form that it saves.
    event.stopPropagation();
    const data = new FormData(event.currentTarget);
    setBusy(true);
    setProblem('');
    try {
      await onSubmit(String(data.get('email')).trim(), String(data.get('password')));
    } catch (error) {
      setProblem(messageOf(error));
    }
    setBusy(false);
  };
  return (
    <Stack component="form" noValidate onSubmit={submit} sx={{ gap: 2, pt: 1 }}>
      <Failure error={problem} />
      <TextField
        name="email"
        type="email"
        label={t('email')}
        autoComplete="username"
        autoFocus
        required
        fullWidth
      />
      <TextField
        name="password"
        type={shown ? 'text' : 'password'}
        label={t('password')}
        autoComplete="current-password"
        required
        fullWidth
        slotProps={{
          input: {
            endAdornment: (
              <InputAdornment position="end">
                <IconButton
                  edge="end"
                  aria-label={t(shown ? 'hidePassword' : 'showPassword')}
                  onClick={() => setShown(!shown)}
                >
                  {shown ? <VisibilityOff /> : <Visibility />}
                </IconButton>
              </InputAdornment>
            ),
          },
        }}
      />
      <Button type="submit" variant="contained" size="large" loading={busy}>
        {t('signIn')}
      </Button>
    </Stack>
  );
}
