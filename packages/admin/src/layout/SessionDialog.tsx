import { Button, DialogContentText } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { signIn } from '../platform/authProvider.ts';
import { onSessionEnd } from '../platform/client.ts';
import { useSay } from '../platform/i18n/index.ts';
import { currentViewer, forgetViewer, loadViewer } from '../platform/viewer.ts';
import { DeskDialog } from '../ui/DeskDialog.tsx';
import { SignInForm } from './SignInForm.tsx';

/**
 * Asks to sign in again over the page when a session ends, so that a half-filled form survives; the request that
 * noticed it is repeated afterwards. Somebody else signing in starts from a clean page.
 */
export function SessionDialog() {
  const { t } = useSay();
  const [asked, setAsked] = useState(false);
  const waiting = useRef<((renewed: boolean) => void)[]>([]);
  useEffect(() => {
    // Several requests may notice at once: all wait for the one dialog.
    onSessionEnd(
      () =>
        new Promise((resolve) => {
          waiting.current.push(resolve);
          setAsked(true);
        }),
    );
    return () => onSessionEnd(undefined);
  }, []);
  const settle = (renewed: boolean) => {
    for (const resolve of waiting.current.splice(0)) resolve(renewed);
    setAsked(false);
  };
  const renew = async (email: string, password: string) => {
    const before = currentViewer()?.id;
    await signIn(email, password);
    forgetViewer();
    const viewer = await loadViewer();
    if (before !== undefined && viewer?.id !== before) window.location.assign('./');
    settle(true);
  };
  if (!asked) return null;
  return (
    <DeskDialog
      title={t('signInAgain')}
      width="xs"
      actions={<Button onClick={() => settle(false)}>{t('cancel')}</Button>}
    >
      <DialogContentText>{t('signInAgainHelp')}</DialogContentText>
      <SignInForm onSubmit={renew} />
    </DeskDialog>
  );
}
