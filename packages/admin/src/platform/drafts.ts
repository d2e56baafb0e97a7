import type { Values } from './mutations.ts';
import { currentViewer } from './viewer.ts';

/**
 * Unsent work, kept on the device so that it survives a crash, a closed tab and the end of a session. It holds residents'
 * names and telephones, and the next clerk sits at the same machine: each draft is encrypted (AES-GCM) by a key that the
 * API tells only to the person who wrote it, and thrown away after a week.
 */
export interface Draft {
  slot: string;
  savedAt: number;
  values: Values;
}

const prefix = 'desk.draft.';
const keptMs = 7 * 24 * 3_600_000;

const own = () => `${prefix}${currentViewer()?.id ?? ''}.`;

async function key(): Promise<CryptoKey | undefined> {
  const text = currentViewer()?.localKey;
  if (!text) return undefined;
  const raw = bytes(text.replaceAll('-', '+').replaceAll('_', '/'));
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

const bytes = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const base64 = (data: Uint8Array) => btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(''));

/** Keeps what was typed so far. A full or forbidden store loses the draft, never the form. */
export async function saveDraft(slot: string, values: Values): Promise<void> {
  const place = own();
  const secret = await key();
  if (!secret) return;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(values));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, secret, plain));
  try {
    localStorage.setItem(`${place}${slot}`, `${Date.now()}.${base64(iv)}.${base64(sealed)}`);
  } catch {
    // The store is full or switched off: there is no draft then.
  }
}

export const dropDraft = (slot: string): void => localStorage.removeItem(`${own()}${slot}`);

/** The viewer's drafts of one kind, the newest first; what is too old is thrown away, whoever wrote it. */
async function drafts(kind: string): Promise<Draft[]> {
  const secret = await key();
  const found: Draft[] = [];
  for (const name of Object.keys(localStorage).filter((one) => one.startsWith(prefix))) {
    const [savedAt = '', iv = '', sealed = ''] = localStorage.getItem(name)?.split('.') ?? [];
    if (!(Date.now() - Number(savedAt) < keptMs)) localStorage.removeItem(name);
    else if (secret && name.startsWith(`${own()}${kind}`)) {
      const values = await opened(secret, iv, sealed);
      if (values) found.push({ slot: name.slice(own().length), savedAt: Number(savedAt), values });
    }
  }
  return found.sort((one, other) => other.savedAt - one.savedAt);
}

async function opened(secret: CryptoKey, iv: string, sealed: string): Promise<Values | undefined> {
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes(iv) }, secret, bytes(sealed));
    return JSON.parse(new TextDecoder().decode(plain)) as Values;
  } catch {
    // Written with another key, or damaged: nobody can read it.
    return undefined;
  }
}

/** A place for a draft that no other tab is writing to. */
export interface Claim {
  slot: string;
  draft: Draft | undefined;
  release(): void;
}

/** Takes the newest draft of a kind that is not open in another tab, or else a fresh place. */
export async function claimDraft(kind: string): Promise<Claim> {
  const found = await drafts(kind);
  for (const draft of found) {
    const release = await lock(draft.slot);
    if (release) return { slot: draft.slot, draft, release };
  }
  const slot = `${kind}${crypto.randomUUID()}`;
  return { slot, draft: undefined, release: (await lock(slot)) ?? (() => undefined) };
}

/** Held until it is released or the tab is gone, however that happens. */
function lock(slot: string): Promise<(() => void) | undefined> {
  return new Promise((settle) => {
    void navigator.locks.request(`${own()}${slot}`, { ifAvailable: true }, (held) => {
      if (!held) return settle(undefined);
      return new Promise<void>((release) => settle(release));
    });
  });
}
