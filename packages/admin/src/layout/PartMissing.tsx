import { Alert, Button, Snackbar } from '@mui/material';
import { useEffect, useState } from 'react';
import { useSay } from '../platform/i18n/index.ts';

/** Says so when a script did not arrive (no connection, or a release took it away): only a fresh page asks for it again. */
export function PartMissing() {
  const { t } = useSay();
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    const notice = () => setMissing(true);
    window.addEventListener('vite:preloadError', notice);
    return () => window.removeEventListener('vite:preloadError', notice);
  }, []);
  const reload = (
    <Button color="inherit" onClick={() => window.location.reload()}>
      {t('reload')}
    </Button>
  );
  return (
    <Snackbar open={missing} anchorOrigin={{ vertical: 'top', horizontal: 'center' }}>
      <Alert severity="warning" variant="filled" action={reload}>
        {t('partMissing')}
      </Alert>
    </Snackbar>
  );
}
