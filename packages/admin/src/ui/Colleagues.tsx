import { presenceModes } from '@desk/schema/presence';
import EditIcon from '@mui/icons-material/EditOutlined';
import ViewIcon from '@mui/icons-material/VisibilityOutlined';
import { Box, Chip } from '@mui/material';
import { useSay } from '../platform/i18n/index.ts';
import { type Present, usePresence } from '../platform/presence.ts';

const most = 4;

/** Who else has this record open now; those who edit stand out and come first. */
export function Colleagues({ subject, mode }: { subject: string; mode: Present['mode'] }) {
  const { t, tell } = useSay();
  const people = usePresence(subject, mode).toSorted((a, b) => a.mode.localeCompare(b.mode));
  const shown = people.slice(0, most);
  const more = people.length - shown.length;
  return (
    // Always there, so that a screen reader says who comes.
    <Box
      component="output"
      aria-live="polite"
      aria-label={t('colleagues')}
      sx={{ display: people.length ? 'flex' : 'block', flexWrap: 'wrap', gap: 0.75 }}
    >
      {shown.map(({ staff, mode: doing }) => (
        <Chip
          key={staff.id}
          size="small"
          variant="outlined"
          color={doing === 'EDITING' ? 'warning' : 'default'}
          icon={doing === 'EDITING' ? <EditIcon /> : <ViewIcon />}
          label={`${staff.name} ${tell(presenceModes[doing])}`}
        />
      ))}
      {more > 0 && <Chip size="small" variant="outlined" label={`+${more}`} />}
    </Box>
  );
}
