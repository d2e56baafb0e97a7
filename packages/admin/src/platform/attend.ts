import type { PresenceMode } from '@desk/schema/presence';
import type { Present } from './presence.ts';
import { holdSocket } from './socket.ts';

const document =
  'subscription presence($subject: ID!, $mode: PresenceMode!) { presence(subject: $subject, mode: $mode) { people { staff { id name } mode since } } }';
const slowestRetryMs = 15_000;

interface Answer extends Record<string, unknown> {
  presence: { people: Present[] };
}

/** Is at a record until stopped, and tells who else is; comes back by itself after a lost connection. */
export function attend(
  subject: string,
  mode: PresenceMode,
  onPeople: (people: readonly Present[]) => void,
): () => void {
  const { client, release } = holdSocket();
  let stopped = false;
  let leave: (() => void) | undefined;
  let wake: (() => void) | undefined;

  const listen = async (): Promise<'refused' | 'lost'> => {
    const messages = client.iterate<Answer>({ query: document, variables: { subject, mode } });
    leave = () => void messages.return?.();
    for await (const { data, errors } of messages) {
      if (errors?.length) return 'refused'; // the record is gone, or the right to read it
      if (data && !stopped) onPeople(data.presence.people);
    }
    return 'lost';
  };
  const keep = async () => {
    for (let failures = 0; !stopped; failures += 1) {
      const began = Date.now();
      const end = await listen().catch(() => 'lost' as const);
      if (stopped || end === 'refused') return;
      onPeople([]); // nobody knows
      if (Date.now() - began > slowestRetryMs) failures = 0;
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, Math.min(slowestRetryMs, 500 * 2 ** failures));
      });
    }
  };
  void keep();
  return () => {
    stopped = true;
    leave?.();
    wake?.();
    // The goodbye has to leave before the socket may close.
    setTimeout(release, 0);
  };
}
