import { resolve } from 'node:path';
import { z } from 'zod';

const flag = z.stringbool().default(false);

/** Every knob of the API, read once. Defaults make one command on a bare machine work. */
const environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  /** Files of the embedded PostgreSQL and of the product; ignored for the database when `DATABASE_URL` is set. */
  DATA_DIR: z.string().default('.data'),
  /** A PostgreSQL 18 server of your own; its user must be able to create roles and extensions. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** The database of `DATABASE_URL` for what serves requests: a login that is `desk_app` or a member of it, and not the owner. */
  APP_DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Connections of one API process. */
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(20),
  /** Seconds that one statement of a read may take before it is answered TIMEOUT: what no index serves must not hold a connection. */
  READ_SECONDS: z.coerce.number().int().min(1).max(600).default(20),
  /** Redis pub/sub or NATS: tells the other API processes of commits, so that they need not look so often. */
  WAKE_URL: z.url({ protocol: /^(rediss?|nats|tls)$/ }).optional(),
  /** Days for which events are kept, and their cursors can be resumed. */
  EVENT_DAYS: z.coerce.number().int().min(1).max(365).default(7),
  /** Origins besides its own that may use the API from a browser, separated by commas. */
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((origin) => origin.trim())
        .filter(Boolean),
    ),
  /** Address that browsers use, when it differs from HOST:PORT (behind a proxy). */
  PUBLIC_URL: z.url().optional(),
  /** Key of the session cookies, at least 32 characters; made and kept in DATA_DIR when absent. */
  AUTH_SECRET: z.string().min(32).optional(),
  /** Loads the demo organisation into an empty database. */
  DEMO: z.stringbool().default(true),
  /** Directory of the built console; absent: the API runs without it. */
  CONSOLE_DIR: z.string().optional(),
  /** Runs the timers (deadlines, expiries, nightly work) in this process; at least one process has to. */
  JOBS: z.stringbool().default(true),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  /** Trusts X-Forwarded-* of a proxy in front. */
  TRUST_PROXY: flag,
  /** Live connections of one process; more are answered 503. Each takes about 20 KB and one file descriptor (`ulimit -n`). */
  SOCKETS: z.coerce.number().int().min(1).default(20_000),
  /** Live connections that one token or session may hold in one process; more are closed with 1013. */
  SOCKETS_PER_TOKEN: z.coerce.number().int().min(1).default(1_000),
  /** Requests a minute and address before 429. */
  RATE_LIMIT: z.coerce.number().int().min(1).default(60_000),
});

export type Environment = z.infer<typeof environment>;
export interface Config extends Environment {
  DATA_DIR: string;
}

/** Parses the environment; throws one message naming each wrong variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`These environment variables are wrong:\n${lines.join('\n')}`);
  }
  return { ...parsed.data, DATA_DIR: resolve(parsed.data.DATA_DIR) };
}
