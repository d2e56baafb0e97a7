import type { Values } from '../../platform/mutations.ts';

/** A matter to be split off: of the ticket's kind until said otherwise. */
export const blankMatter = (kind: unknown): Values => ({ title: '', kind, problem: '', description: '' });

/** A line that was opened and left empty is no matter; the first is, so that it can be asked for. */
export const matters = (parts: readonly Values[]): Values[] =>
  parts.filter(({ title, description }, index) => index === 0 || title || description);
