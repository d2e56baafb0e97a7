import { Alert, Button } from '@mui/material';
import { useEffect, useRef, useState } from 'react';
import { useFormContext, useFormState, useWatch } from 'react-hook-form';
import { type Claim, claimDraft, type Draft, dropDraft, saveDraft } from '../../platform/drafts.ts';
import { formatDateTime } from '../../platform/format.ts';
import { useSay } from '../../platform/i18n/index.ts';
import type { Values } from '../../platform/mutations.ts';
import { communityOf } from '../../platform/viewer.ts';
import { deskTexts } from './texts.ts';

const kind = 'ticket.';
const pauseMs = 300;

interface DraftKeeperProps {
  /** The form was opened for somebody (a ringing call): an older draft is offered, not put in its place. */
  given: boolean;
  /** What the form begins with when a draft is discarded. */
  fresh: Values;
  /** Told how to forget the draft once its ticket is filed. */
  onReady(forget: () => void): void;
}

/** Keeps what is typed into the surrounding form while it is typed, and brings back what was left unsent. */
export function DraftKeeper({ given, fresh, onReady }: DraftKeeperProps) {
  const { tell } = useSay();
  const form = useFormContext();
  const { isDirty } = useFormState();
  const values = useWatch();
  const claim = useRef<Claim>(undefined);
  const sent = useRef(false);
  const [offered, setOffered] = useState<Draft>();
  const [restored, setRestored] = useState<Draft>();
  const restore = (draft: Draft) => {
    // Over the same beginnings, so that the form knows that it holds something unsent.
    for (const [name, value] of Object.entries(draft.values))
      form.setValue(name, value, { shouldDirty: true });
    setOffered(undefined);
    setRestored(draft);
  };
  const discard = () => {
    if (claim.current) dropDraft(claim.current.slot);
    form.reset(fresh);
    setOffered(undefined);
    setRestored(undefined);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form opens
  useEffect(() => {
    let gone = false;
    void claimDraft(kind).then((taken) => {
      if (gone) return taken.release();
      claim.current = taken;
      onReady(() => {
        sent.current = true;
        dropDraft(taken.slot);
      });
      if (!taken.draft) return;
      // Whoever has begun to type already wants a new ticket.
      if (given || form.formState.isDirty) setOffered(taken.draft);
      else restore(taken.draft);
    });
    return () => {
      gone = true;
      claim.current?.release();
    };
  }, []);
  useEffect(() => {
    // An offered draft is not written over before it is taken or thrown away.
    if (!isDirty || offered) return undefined;
    const timer = setTimeout(() => {
      if (claim.current && !sent.current) void saveDraft(claim.current.slot, values);
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [values, isDirty, offered]);
  const shown = offered ?? restored;
  if (!shown) return null;
  const when = formatDateTime(new Date(shown.savedAt).toISOString(), communityOf(undefined).timeZone);
  return (
    <Alert
      severity="info"
      role="status"
      action={
        <>
          {offered && (
            <Button color="inherit" size="small" onClick={() => restore(offered)}>
              {tell(deskTexts.restore)}
            </Button>
          )}
          <Button color="inherit" size="small" onClick={discard}>
            {tell(deskTexts.discard)}
          </Button>
        </>
      }
    >
      {tell(offered ? deskTexts.draftOffered : deskTexts.draftFound, { when })}
    </Alert>
  );
}
