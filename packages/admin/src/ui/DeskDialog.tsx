import { Dialog, DialogActions, DialogContent, DialogTitle, Stack } from '@mui/material';
import { type FormEvent, type KeyboardEvent, type ReactNode, useId } from 'react';

interface DeskDialogProps {
  title: string;
  children: ReactNode;
  /** The buttons, what leads on last. */
  actions: ReactNode;
  /** Escape, or a click beside it; without it only the buttons answer. */
  onClose?: ((event: object, why: 'backdropClick' | 'escapeKeyDown') => void) | undefined;
  /** Something is under way: it stays until that is answered. */
  busy?: boolean;
  width?: 'xs' | 'sm' | 'md';
  /** Makes a form of it: Enter sends. */
  onSubmit?(): void;
  /** Ctrl and Enter send from anywhere; Enter alone is a new line in texts, and opens a choice. */
  onSend?(): void;
}

/** On a telephone as wide as it can be; the buttons end where the fields do. */
const paper = { m: { xs: 1.5, sm: 4 }, width: { xs: 'calc(100% - 24px)', sm: 'calc(100% - 64px)' } };

/** The frame of every dialog: its name, its content, its buttons. */
export function DeskDialog(props: DeskDialogProps) {
  const { title, children, actions, onClose, busy = false, width = 'sm', onSubmit, onSend } = props;
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // A dialog may be drawn within another form.
    event.stopPropagation();
    onSubmit?.();
  };
  const send = (event: KeyboardEvent) => {
    const { key, ctrlKey, metaKey, nativeEvent } = event;
    if (!onSend || key !== 'Enter' || !(ctrlKey || metaKey) || nativeEvent.isComposing) return;
    // A one-line field would send it a second time, and a choice open its list.
    event.preventDefault();
    event.stopPropagation();
    if (!busy) onSend();
  };
  const content = (
    <>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>
        {/* The label of the first field stands on its frame, and would be cut off. */}
        <Stack sx={{ gap: 2, pt: 1 }}>{children}</Stack>
      </DialogContent>
      <DialogActions sx={{ px: 3, pb: 2 }}>{actions}</DialogActions>
    </>
  );
  return (
    <Dialog
      open
      onClose={busy ? undefined : onClose}
      aria-labelledby={id}
      fullWidth
      maxWidth={width}
      onKeyDownCapture={send}
      slotProps={{ paper: { sx: paper } }}
    >
      {onSubmit ? (
        <form noValidate onSubmit={submit} style={{ display: 'contents' }}>
          {content}
        </form>
      ) : (
        content
      )}
    </Dialog>
  );
}
