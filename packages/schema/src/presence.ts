import type { Text } from './text.ts';

/** What somebody does with a record now. */
export const presenceModes = {
  VIEWING: { zh: '正在查看', en: 'Viewing' },
  EDITING: { zh: '正在编辑', en: 'Editing' },
} as const satisfies Record<string, Text>;
export type PresenceMode = keyof typeof presenceModes;
