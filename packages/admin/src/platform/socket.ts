import { type Client, createClient } from 'graphql-ws';
import { socketUrl } from './config.ts';
import { currentLocale } from './i18n/index.ts';

let shared: Client | undefined;
let holders = 0;

/** The page's socket, open while anybody holds it and has something to ask. */
export function holdSocket(): { client: Client; release(): void } {
  shared ??= createClient({
    url: socketUrl(),
    lazy: true,
    retryAttempts: 0,
    connectionParams: () => ({ locale: currentLocale() }),
    onNonLazyError: () => undefined,
  });
  holders += 1;
  let held = true;
  return {
    client: shared,
    release: () => {
      if (!held) return;
      held = false;
      holders -= 1;
      if (holders > 0) return;
      void shared?.dispose();
      shared = undefined;
    },
  };
}
