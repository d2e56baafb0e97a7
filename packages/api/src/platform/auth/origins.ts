import type { Config } from '../config.ts';

/** Where requests that carry the session cookie may come from. */
export class Origins {
  readonly #trusted: ReadonlySet<string>;
  /** Browsers reach the API by https: cookies are then for https only. */
  readonly secure: boolean;
  /** The console may live on another site: its requests carry the cookie only with SameSite=None, which needs https. */
  readonly elsewhere: boolean;

  constructor({ ALLOWED_ORIGINS, PUBLIC_URL }: Pick<Config, 'ALLOWED_ORIGINS' | 'PUBLIC_URL'>) {
    const own = PUBLIC_URL && new URL(PUBLIC_URL).origin;
    this.#trusted = new Set([...ALLOWED_ORIGINS, ...(own ? [own] : [])]);
    this.secure = PUBLIC_URL?.startsWith('https:') ?? false;
    this.elsewhere = this.secure && ALLOWED_ORIGINS.some((origin) => origin !== own);
  }

  /** All of them, with the address under which this request came in. */
  of(host: string | null | undefined): string[] {
    return [...this.#trusted, ...(host ? [`http://${host}`, `https://${host}`] : [])];
  }

  /** Whether a page of `origin` may use the cookie. Clients that are no browser send no origin. */
  trusts(origin: string | undefined, host: string | undefined): boolean {
    return origin === undefined || this.of(host).includes(origin);
  }
}
