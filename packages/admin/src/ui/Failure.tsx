import { Alert, Button } from '@mui/material';
import { useFormState } from 'react-hook-form';
import { messageOf } from '../platform/errors.ts';
import { useSay } from '../platform/i18n/index.ts';

interface FailureProps {
  /** What was thrown, or what is to be said; nothing is shown while there is none. */
  error: unknown;
  /** Tries again, where that may help. */
  retry?: (() => unknown) | undefined;
}

/** What went wrong, in words; read out when it appears. */
export function Failure({ error, retry }: FailureProps) {
  const { t } = useSay();
  if (error === undefined || error === null || error === '') return null;
  return (
    <Alert
      severity="error"
      // Several refusals stand below each other.
      sx={{ width: '100%', whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}
      {...(retry && {
        action: (
          <Button color="inherit" size="small" onClick={() => void retry()}>
            {t('retry')}
          </Button>
        ),
      })}
    >
      {messageOf(error)}
    </Alert>
  );
}

/** What the surrounding form was refused for, besides what stands beside its inputs. */
export function FormFailure() {
  const { errors } = useFormState();
  const root = errors.root as { serverError?: { message?: string } } | undefined;
  return <Failure error={root?.serverError?.message} />;
}
