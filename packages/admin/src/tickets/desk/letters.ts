/** Keys of the desk itself; no action may take them. */
const taken = new Set(['j', 'k', 'n', 'x', 'b', 'p', 'g', 'q']);

/** Letters that a clerk would guess; an action that is not named here takes the first free letter of its own name. */
const wished: Record<string, string> = {
  confirm: 'c',
  dispatch: 'd',
  accept: 'a',
  arrive: 'o',
  finish: 'f',
  signOff: 's',
  revisit: 'v',
  rework: 'w',
  close: 'l',
  cancel: 'z',
  unmask: 'u',
  update: 'e',
  comment: 'm',
  note: 't',
};

const alphabet = 'abcdefghijklmnopqrstuvwxyz';

/**
 * A letter for each action. It depends on what the product offers, never on the state of the ticket: a finger learns a
 * place once. When the letters run out, the last actions have a button only.
 */
export function actionLetters(actions: readonly string[]): ReadonlyMap<string, string> {
  const free = new Set([...alphabet].filter((letter) => !taken.has(letter)));
  const letters = new Map<string, string>();
  const give = (action: string, candidates: Iterable<string>) => {
    for (const letter of candidates)
      if (!letters.has(action) && free.delete(letter)) letters.set(action, letter);
  };
  for (const action of actions) give(action, wished[action] ?? '');
  for (const action of actions) give(action, action.toLowerCase());
  for (const action of actions) give(action, alphabet);
  return letters;
}
