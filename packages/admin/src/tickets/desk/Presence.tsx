import EditIcon from '@mui/icons-material/EditOutlined';
import ViewIcon from '@mui/icons-material/VisibilityOutlined';
import { Chip, Stack } from '@mui/material';
import { useSay } from '../../platform/i18n/index.ts';
import { deskTexts } from './texts.ts';
import { type Present, usePresence } from './usePresence.ts';

/** Colleagues at the same ticket, and whether they are changing it. */
export function Presence({ id, mode }: { id: string; mode: Present['mode'] }) {
  const { tell } = useSay();
  const people = usePresence(id, mode);
  return (
    <Stack direction="row" role="status" sx={{ gap: 0.5, flexWrap: 'wrap', '&:empty': { display: 'none' } }}>
      {people.map(({ staff, mode: doing }) => (
        <Chip
          key={staff.id}
          size="small"
          variant="outlined"
          color={doing === 'EDITING' ? 'warning' : 'default'}
          icon={doing === 'EDITING' ? <EditIcon /> : <ViewIcon />}
          label={tell(doing === 'EDITING' ? deskTexts.editing : deskTexts.viewing, { name: staff.name })}
        />
      ))}
    </Stack>
  );
}
