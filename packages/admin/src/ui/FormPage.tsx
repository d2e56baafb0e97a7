import { Alert, Box, Button, Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { useFormState } from 'react-hook-form';
import { useSay } from '../platform/i18n/index.ts';
import { PageTitle } from './PageTitle.tsx';

/** Title, content and the bar with the save button, which stays in reach on long forms. */
export function FormPage({
  title,
  children,
  saveLabel,
  onCancel,
  busy,
}: {
  title: string;
  children: ReactNode;
  saveLabel?: string;
  onCancel(): void;
  busy: boolean;
}) {
  const { t } = useSay();
  const { errors } = useFormState();
  const general = (errors.root as { serverError?: { message?: string } } | undefined)?.serverError?.message;
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
        {general && (
          <Alert severity="error" role="alert" sx={{ width: '100%' }}>
            {general}
          </Alert>
        )}
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
