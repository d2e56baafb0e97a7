import { z } from 'zod';
import { longText, optional, shortText } from '../limits.ts';
import { noticeKindNames } from './enums.ts';

const ids = z.array(z.string().max(100));

export const noticeInput = z.object({
  kind: z.enum(noticeKindNames),
  sudden: optional(z.boolean()),
  title: shortText,
  content: longText,
  startsAt: z.string().nullish(),
  endsAt: z.string().nullish(),
  buildings: optional(ids.max(100)),
  units: optional(ids.max(500)),
});

export const noticeChange = noticeInput.partial();
