import { errors, type Locale, say, type Text } from '@desk/schema';
import { GraphQLError } from 'graphql';
import type { Position } from './event.ts';

/** A place in the outbox that a client may resume from, and when it was recorded (seconds since 1970). */
export interface Cursor extends Position {
  recorded: bigint;
}

const form = /^(\d{1,20})\.(\d{1,19})\.(\d{1,12})$/;

/** The opaque text of a cursor. */
export function encodeCursor({ xid, id, recorded }: Cursor): string {
  return Buffer.from(`${xid}.${id}.${recorded}`).toString('base64url');
}

/** Reads a cursor; whatever `encodeCursor` did not make is BAD_USER_INPUT. */
export function decodeCursor(text: string): Cursor {
  const parts = text.length <= 100 ? form.exec(Buffer.from(text, 'base64url').toString('latin1')) : null;
  const [xid, id, recorded] = (parts ?? []).slice(1).map(BigInt);
  if (
    xid === undefined ||
    id === undefined ||
    recorded === undefined ||
    xid >= 2n ** 64n ||
    id >= 2n ** 63n
  ) {
    throw new GraphQLError('after: not a cursor of events; use the `cursor` of an event or `eventCursor`', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
  return { xid, id, recorded };
}

/** Why a subscriber must start anew: its place is no longer in the outbox, or it did not keep up. */
export type ResyncCause = 'CURSOR_EXPIRED' | 'TOO_SLOW';

const tooSlow: Text = {
  zh: '接收过慢，等待的事件已丢弃，请从 extensions.after 的游标重新订阅。',
  en: 'You did not keep up, and what waited was dropped: subscribe again after `extensions.after`.',
};

/**
 * The typed RESYNC; its text says what to do. `extensions.cause` says why; for TOO_SLOW `extensions.after` is the last delivered cursor, from which
 * the subscription may be resumed without reading everything again.
 */
export function resync(locale: Locale, cause: ResyncCause, after?: string): GraphQLError {
  return new GraphQLError(say(cause === 'TOO_SLOW' && after ? tooSlow : errors.RESYNC.text, locale), {
    extensions: { code: 'RESYNC', cause, ...(after && { after }) },
  });
}
