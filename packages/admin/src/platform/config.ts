declare global {
  interface Window {
    /** Set by `config.js`, which an operator may edit beside the bundle. */
    DESK_CONFIG?: { api?: string };
  }
}

/** The API's origin without a trailing slash; empty means the origin that serves the console. */
export const apiOrigin = (globalThis.window?.DESK_CONFIG?.api ?? '').replace(/\/$/, '');

/** The absolute WebSocket address of the API. */
export function socketUrl(): string {
  const url = new URL('/graphql', apiOrigin || window.location.origin);
  url.protocol = url.protocol.replace('http', 'ws');
  return url.href;
}
