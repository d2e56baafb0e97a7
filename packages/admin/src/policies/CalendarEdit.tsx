import { Button } from '@mui/material';
import { useCallback, useState } from 'react';
import { useSay } from '../platform/i18n/index.ts';
import { communityOf } from '../platform/viewer.ts';
import { DeskDialog } from '../ui/DeskDialog.tsx';
import ResourceEdit, { type AskBefore } from '../ui/ResourceEdit.tsx';
import { type Preview, readPreview } from './calendar.ts';
import { PreviewShown } from './Moves.tsx';
import { policyTexts } from './texts.ts';

interface Question {
  preview: Preview;
  zone: string;
  answer(yes: boolean): void;
}

/** What the preview takes of an edit; a name moves nothing. */
const counted = /^(base|dayMinutes|coveredYears|(mon|tues|wednes|thurs|fri|satur|sun)day)$/;

/** The form of a calendar; before it is saved, it says which open promises would move (handbook P-4). */
export default function CalendarEdit() {
  const { tell } = useSay();
  const [question, setQuestion] = useState<Question>();
  const ask: AskBefore = useCallback(async (input, record) => {
    const change = Object.fromEntries(
      Object.entries(input)
        .filter(([name]) => counted.test(name))
        .map(([name, value]) => [name, value ?? '']),
    );
    if (Object.keys(change).length === 0) return true;
    const preview = await readPreview(record.id, change);
    const zone = communityOf(record).timeZone;
    const yes = await new Promise<boolean>((answer) => setQuestion({ preview, zone, answer }));
    setQuestion(undefined);
    return yes;
  }, []);
  return (
    <>
      <ResourceEdit askBefore={ask} />
      {question && (
        <DeskDialog
          title={tell(policyTexts.sure)}
          onClose={() => question.answer(false)}
          actions={
            <>
              <Button onClick={() => question.answer(false)}>{tell(policyTexts.cancel)}</Button>
              <Button variant="contained" autoFocus onClick={() => question.answer(true)}>
                {tell(policyTexts.saveAnyway)}
              </Button>
            </>
          }
        >
          <PreviewShown preview={question.preview} zone={question.zone} />
        </DeskDialog>
      )}
    </>
  );
}
