import { Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { useEffect, useState } from 'react';
import { signIn } from '../platform/authProvider.ts';
import { onSessionEnd } from '../platform/client.ts';
import { useSay } from '../platform/i18n/index.ts';
import { currentViewer, forgetViewer, loadViewer } from '../platform/viewer.ts';
import { SignInForm } from './SignInForm.tsx';

/**
 * Asks to sign in again over the page when a session ends, so that a half-filled form survives; the request that
 * noticed it is repeated afterwards. Somebody else signing in starts from a clean page.
 */
export function SessionDialog() {
  const { t } = useSay();
  const [waiting, setWaiting] = useState<((renewed: boolean) => void)[]>([]);
  useEffect(() => {
    // Several requests may notice at once: all wait for the one dialog.
    onSessionEnd(() => new Promise((resolve) => setWaiting((others) => [...others, resolve])));
    return () => onSessionEnd(undefined);
  }, []);
  const settle = (renewed: boolean) => {
    for (const resolve of waiting) resolve(renewed);
    setWaiting([]);
  };
  const renew = async (email: string, password: string) => {
    const before = currentViewer()?.id;
    await signIn(email, password);
    forgetViewer();
    const viewer = await loadViewer();
    if (before !== undefined && viewer?.id !== before) window.location.assign('./');
    settle(true);
  };
  return (
    <Dialog open={waiting.length > 0} aria-labelledby="session-title" maxWidth="xs" fullWidth>
      <DialogTitle id="session-title">{t('signInAgain')}</DialogTitle>
      <DialogContent>
        <DialogContentText sx={{ mb: 1 }}>{t('signInAgainHelp')}</DialogContentText>
        <SignInForm onSubmit={renew} />
      </DialogContent>
      <DialogActions>
        <Button onClick={() => settle(false)}>{t('cancel')}</Button>
      </DialogActions>
    </Dialog>
  );
}
