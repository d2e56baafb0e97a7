import { createHash } from 'node:crypto';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { Origins } from './origins.ts';
import { accountKey, perAccount, perAddress, Throttle } from './throttle.ts';

/** Length of passwords, in characters. */
export const passwordLength = { min: 10, max: 128 } as const;

export interface AuthOptions {
  /** The owner's pool: the sign-in tables are closed to the application's role. */
  pool: pg.Pool;
  config: Pick<Config, 'ALLOWED_ORIGINS' | 'PUBLIC_URL'>;
  /** See `authSecret`. */
  secret: string;
  log: Logger;
}

/** Header by which the server tells better-auth the caller's address; whatever a caller sends under this name is replaced. */
export const addressHeader = 'x-desk-address';

const times = { createdAt: 'created_at', updatedAt: 'updated_at' };

/**
 * Sign-in by e-mail and password: sessions in PostgreSQL, cookies that scripts cannot read, foreign origins refused.
 * Nobody signs up: administrators make the accounts. It calls nothing outside (no telemetry, no mail, no providers).
 */
export function betterAuthOptions({ pool, config, secret, log }: AuthOptions): BetterAuthOptions {
  const origins = new Origins(config);
  const throttle = new Throttle(pool);
  return {
    appName: 'desk',
    // Only its path counts here: cookies and origins are decided below, and nothing redirects.
    baseURL: config.PUBLIC_URL ?? 'http://127.0.0.1',
    basePath: '/api/auth',
    secret,
    telemetry: { enabled: false },
    database: pool,
    trustedOrigins: (request) => origins.of(request?.headers.get('host')),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
    },
    user: { modelName: 'auth_user', fields: { emailVerified: 'email_verified', ...times } },
    session: {
      modelName: 'auth_session',
      fields: {
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        userId: 'user_id',
        ...times,
      },
      expiresIn: 7 * 24 * 3600,
      updateAge: 24 * 3600,
    },
    account: {
      modelName: 'auth_account',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'user_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...times,
      },
    },
    verification: { modelName: 'auth_verification', fields: { expiresAt: 'expires_at', ...times } },
    rateLimit: {
      enabled: true,
      customStorage: throttle,
      customRules: { '/sign-in/email': perAddress, '/change-password': perAddress, '/**': false },
    },
    advanced: {
      cookiePrefix: cookiePrefix(secret),
      useSecureCookies: origins.secure,
      defaultCookieAttributes: origins.elsewhere ? { sameSite: 'none', secure: true } : { sameSite: 'lax' },
      // Both default to "off" when NODE_ENV says test.
      disableCSRFCheck: false,
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: 'uuid' },
    },
    hooks: {
      before: createAuthMiddleware(async ({ path, body }) => {
        if (path !== '/sign-in/email' || typeof body?.email !== 'string') return;
        const { allowed, retryAfter } = await throttle.consume(accountKey(body.email), perAccount);
        if (allowed) return;
        throw new APIError(
          'TOO_MANY_REQUESTS',
          { message: 'Too many requests. Please try again later.' },
          { 'Retry-After': String(retryAfter) },
        );
      }),
      after: createAuthMiddleware(async ({ path, body, context }) => {
        if (path === '/sign-in/email' && context.newSession)
          await throttle.clear(accountKey(String(body.email)));
      }),
    },
    databaseHooks: {
      session: {
        create: {
          // After the password was right, so that nobody learns from outside who works here.
          before: async ({ userId }) => {
            const { rowCount } = await pool.query('select from staff where user_id = $1 and active', [
              userId,
            ]);
            if (!rowCount)
              throw new APIError('FORBIDDEN', {
                code: 'ACCOUNT_DEACTIVATED',
                message: 'The account is deactivated.',
              });
            await pool.query('delete from auth_session where expires_at < now()');
          },
        },
      },
    },
    logger: {
      // "info" is the level at which it does not also print refusals by itself.
      level: 'info',
      // Never its further arguments: errors of the database quote rows. Refused origins are no errors of ours.
      log: (level, message) =>
        log[level === 'error' && !message.startsWith('Invalid ') ? 'error' : 'debug'](
          { source: 'better-auth' },
          message,
        ),
    },
  };
}

/**
 * Cookies know hosts but no ports: a prefix drawn from the key keeps two installations on one machine from signing each
 * other's users out, and several processes of one installation agree on it.
 */
function cookiePrefix(secret: string): string {
  return `desk-${createHash('sha256').update(`cookie:${secret}`).digest('hex').slice(0, 8)}`;
}

export type BetterAuth = ReturnType<typeof makeBetterAuth>;
const makeBetterAuth = (options: BetterAuthOptions) => betterAuth(options);

/** Sign-in as the rest of the API uses it. */
export class Auth {
  readonly origins: Origins;
  readonly #auth: BetterAuth;
  readonly #cookie: RegExp;

  constructor(options: AuthOptions) {
    this.origins = new Origins(options.config);
    this.#auth = makeBetterAuth(betterAuthOptions(options));
    this.#cookie = new RegExp(
      `(?:^|;\\s*)${this.origins.secure ? '__Secure-' : ''}${cookiePrefix(options.secret)}\\.session_token=([^;\\s]+)`,
    );
  }

  /** Answers one request below /api/auth. */
  handle(request: Request): Promise<Response> {
    return this.#auth.handler(request);
  }

  /** The signed session cookie as it was sent, unchecked; undefined when there is none. */
  sessionCookie(cookies: string | undefined): string | undefined {
    return cookies && this.#cookie.exec(cookies)?.[1];
  }

  /** Whose session the cookies hold, after checking signature, expiry and the database; null when there is none. */
  async session(cookies: string): Promise<{ token: string } | null> {
    const found = await this.#auth.api.getSession({
      headers: new Headers({ cookie: cookies }),
      query: { disableRefresh: true },
    });
    return found && { token: found.session.token };
  }
}
