import { resourceNamed } from '@desk/schema';
import { parseHours } from '@desk/schema/policies/calendar';
import { type CalendarDayKind, calendarDayKinds } from '@desk/schema/policies/enums';
import { Button, TextField } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { messageOf } from '../platform/errors.ts';
import { useSay } from '../platform/i18n/index.ts';
import { runAction } from '../platform/mutations.ts';
import { Choice } from '../ui/Choice.tsx';
import { DeskDialog } from '../ui/DeskDialog.tsx';
import { Failure } from '../ui/Failure.tsx';
import type { ShownDay } from './calendar.ts';
import { ChangePreview } from './Moves.tsx';
import { policyTexts } from './texts.ts';

interface DayDialogProps {
  calendar: string;
  zone: string;
  day: ShownDay;
  onClose(): void;
}

/** What the community decides about one day, with what it would move (handbook P-4). */
export function DayDialog({ calendar, zone, day, onClose }: DayDialogProps) {
  const { tell } = useSay();
  const queries = useQueryClient();
  const { date, own } = day;
  const [kind, setKind] = useState<CalendarDayKind | ''>(own?.kind ?? (day.works ? 'OFF' : 'WORKING'));
  const [hours, setHours] = useState(own?.hours ?? '');
  const [note, setNote] = useState(own?.note ?? '');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const readable = kind !== 'HOURS' || (parseHours(hours) ?? []).length > 0;
  const entry = { kind, hours: kind === 'HOURS' ? hours : null };
  const change = kind === '' ? { removed: [date] } : { days: [{ date, ...entry }] };
  const save = async () => {
    const owner = resourceNamed('calendarDays');
    if (!owner) return;
    setBusy(true);
    setFailure(undefined);
    const known = own && { id: own.id, version: own.version };
    try {
      if (kind !== '')
        await (known
          ? runAction(owner, 'calendarDayUpdate', { ...known, ...entry, note: note || null })
          : runAction(owner, 'calendarDayCreate', { calendar, date, ...entry, note: note || null }));
      else if (known) await runAction(owner, 'calendarDayRemove', known);
      void queries.invalidateQueries();
      onClose();
    } catch (error) {
      setFailure(messageOf(error));
      setBusy(false);
    }
  };
  return (
    <DeskDialog
      title={date}
      busy={busy}
      onClose={onClose}
      onSubmit={save}
      actions={
        <>
          <Button onClick={onClose} disabled={busy}>
            {tell(policyTexts.cancel)}
          </Button>
          <Button type="submit" variant="contained" loading={busy} disabled={!readable}>
            {tell(policyTexts.save)}
          </Button>
        </>
      }
    >
      <Choice<CalendarDayKind | ''>
        autoFocus
        label={tell(policyTexts.kind)}
        value={kind}
        options={[
          ...(own ? [['', tell(policyTexts.remove)] as const] : []),
          ...Object.entries(calendarDayKinds).map(
            ([value, text]) => [value as CalendarDayKind, tell(text)] as const,
          ),
        ]}
        onChange={setKind}
      />
      {kind === 'HOURS' && (
        <TextField
          required
          size="small"
          label={tell(policyTexts.hours)}
          helperText={tell(policyTexts.hoursHelp)}
          error={hours !== '' && !readable}
          value={hours}
          onChange={({ target }) => setHours(target.value)}
        />
      )}
      {kind !== '' && (
        <TextField
          size="small"
          label={tell(policyTexts.note)}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      )}
      {readable && <ChangePreview calendar={calendar} zone={zone} change={change} />}
      <Failure error={failure} />
    </DeskDialog>
  );
}
