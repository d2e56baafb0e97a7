import { Box, Button, Stack } from '@mui/material';
import { type ReactNode, useEffect } from 'react';
import { useRedirect } from 'react-admin';
import { useFormState } from 'react-hook-form';
import { useSay } from '../platform/i18n/index.ts';
import { FormFailure } from './Failure.tsx';
import { PageTitle } from './PageTitle.tsx';
import { useOwner } from './represent.ts';

/** Title, content and the bar with the save button, which stays in reach on long forms. */
export function FormPage({
  title,
  children,
  saveLabel,
  saved,
  onCancel,
  busy,
}: {
  title: string;
  children: ReactNode;
  saveLabel?: string;
  /** Id of the record once it is saved: the page then goes to it. */
  saved?: string | undefined;
  onCancel(): void;
  busy: boolean;
}) {
  const { t } = useSay();
  const { isSubmitSuccessful } = useFormState();
  const redirect = useRedirect();
  const { name } = useOwner();
  // Not from within the submission: the form would still count as unsaved and ask whether to leave it.
  useEffect(() => {
    if (saved !== undefined && isSubmitSuccessful) redirect('show', name, saved);
  }, [saved, isSubmitSuccessful, redirect, name]);
  return (
    <Stack sx={{ gap: 2, py: 2, maxWidth: 960 }}>
      <PageTitle title={title} />
      {children}
      <Box
        sx={{
          position: 'sticky',
          bottom: 0,
          zIndex: 1,
          py: 1.5,
          bgcolor: 'background.default',
          borderTop: 1,
          borderColor: 'divider',
          display: 'flex',
          flexWrap: 'wrap',
          gap: 1,
        }}
      >
        <FormFailure />
        <Button type="submit" variant="contained" loading={busy}>
          {saveLabel ?? t('save')}
        </Button>
        <Button onClick={onCancel} disabled={busy}>
          {t('cancel')}
        </Button>
      </Box>
    </Stack>
  );
}
