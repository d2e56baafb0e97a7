/** Keys of the desk itself; no action may take them, alone or with Shift. */
const taken = new Set(['j', 'k', 'n', 'x', 'b', 'p']);

/** Letters that a clerk would guess, of what is done all day. What is not named here gets a letter together with Shift. */
const wished: Record<string, string> = {
  confirm: 'c',
  dispatch: 'd',
  dispatchByRule: 'r',
  accept: 'a',
  appoint: 'y',
  arrive: 'o',
  finish: 'f',
  signOff: 's',
  revisit: 'v',
  rework: 'w',
  close: 'l',
  cancel: 'z',
  merge: 'g',
  linkIncident: 'h',
  transfer: 'e',
  unmask: 'u',
  ticketItems: 'i',
  ticketQuotes: 'q',
  ticketComments: 'm',
  ticketNotes: 't',
};

const alphabet = 'abcdefghijklmnopqrstuvwxyz';

/**
 * A key for each action: a letter, or `shift+` and a letter. It depends on what the product offers, never on the state of
 * the ticket: a finger learns a place once. When all are given, the last actions have a button only.
 */
export function actionLetters(actions: readonly string[]): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  const planes = ['', 'shift+'].map(
    (plane) => new Set([...alphabet].filter((letter) => !taken.has(letter)).map((letter) => plane + letter)),
  );
  const give = (action: string, free: Set<string> | undefined, candidates: Iterable<string>) => {
    for (const key of candidates) if (!letters.has(action) && free?.delete(key)) letters.set(action, key);
  };
  const [plain, shifted] = planes;
  for (const action of actions) if (wished[action]) give(action, plain, wished[action]);
  const withShift = (text: string) => [...text].map((letter) => `shift+${letter}`);
  for (const action of actions) give(action, shifted, withShift(action.toLowerCase()));
  for (const action of actions) give(action, shifted, withShift(alphabet));
  for (const action of actions) give(action, plain, alphabet);
  return letters;
}
