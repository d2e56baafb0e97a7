import type { Values } from '../../platform/mutations.ts';

/** A matter to be split off: of the ticket's kind until said otherwise. */
export const blankMatter = (kind: unknown): Values => ({ title: '', kind, problem: '', description: '' });

/** A line that was opened and left empty is no matter; the first is one, so that it can be asked for. */
export const isMatter = ({ title, description }: Values, index: number): boolean =>
  index === 0 || Boolean(title || description);
