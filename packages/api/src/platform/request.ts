import type { Locale } from '@desk/schema';
import type { Context, Services } from './context.ts';
import { Reader } from './read/reader.ts';
import type { Viewer } from './viewer.ts';
import { Writer } from './write/writer.ts';

/** The context of one operation. */
export function contextFor(
  services: Services,
  caller: { viewer: Viewer | null; locale: Locale; idempotencyKey?: string | undefined },
): Context {
  const { viewer, locale, idempotencyKey } = caller;
  const { db, clock } = services;
  return {
    viewer,
    locale,
    clock,
    read: new Reader(viewer, locale, (...statement) => db.read(viewer?.organisationId ?? '', ...statement)),
    write: new Writer({ services, clock, viewer, locale, idempotencyKey }),
    services,
  };
}
