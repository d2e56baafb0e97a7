import { useEffect, useRef } from 'react';

/** What a key does; answers false when it does nothing here, and the browser goes on with it. */
export type KeyMap = Record<string, (event: KeyboardEvent) => unknown>;

/** Inputs in which letters are text, however they look. */
const typed =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]), textarea, select, [contenteditable=true]';

/** Whether the key belongs to whoever types: a text field, or an input method in the middle of a word. */
export function isTyping(event: KeyboardEvent): boolean {
  // 229: the key went to the input method, also where `isComposing` comes one event late.
  if (event.isComposing || event.keyCode === 229) return true;
  return event.target instanceof Element && event.target.closest(typed) !== null;
}

/** Something in front of the desk (a dialog, a menu, an open list) has the keyboard. */
const covered = () =>
  document.querySelector('.MuiModal-root:not([aria-hidden=true]), .MuiAutocomplete-popper') !== null;

/** `j`, `shift+j`, `?`, `arrowdown`, `shift+arrowdown`: as they stand in a key map; of a sign, Shift is a part. */
export function nameOf({ key, shiftKey }: KeyboardEvent): string {
  const name = key.toLowerCase();
  return shiftKey && (key.length > 1 || /[a-z]/.test(name)) ? `shift+${name}` : name;
}

/**
 * Keys of the whole page. They rest while somebody types or something lies over the page, and leave the browser's own
 * combinations alone. What stands in `always` also works out of a text field.
 */
export function useKeys(keys: KeyMap, always: KeyMap = {}): void {
  const latest = useRef({ keys, always });
  latest.current = { keys, always };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || covered()) return;
      const map = isTyping(event)
        ? latest.current.always
        : { ...latest.current.always, ...latest.current.keys };
      if (event.isComposing || event.keyCode === 229) return;
      const act = map[nameOf(event)];
      if (act && act(event) !== false) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
