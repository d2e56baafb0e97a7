/** API processes as an installation runs them, to be killed and started again. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const packageDir = join(import.meta.dirname, '../..');
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
// Whatever becomes of the test run, its processes end with it.
const lifeline = pathToFileURL(join(packageDir, '../../scripts/lifeline.mjs')).href;

export interface ProcessOptions {
  port: number;
  dataDir: string;
  databaseUrl: string;
  /** Without it the app logs in as the owner and sets its role. */
  appDatabaseUrl?: string;
  env?: Record<string, string>;
}

/** `main.ts` in a process of its own. */
export class ApiProcess {
  readonly url: string;
  #child: ChildProcess | undefined;
  #ready = false;
  #wanted = false;

  constructor(readonly options: ProcessOptions) {
    this.url = `http://127.0.0.1:${options.port}`;
  }

  /** Whether it has answered since it was started last, and nobody has killed it. */
  get ready(): boolean {
    return this.#ready && this.running;
  }

  get running(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Resolves when it serves. A start that fails because the database is away is repeated, as a supervisor would. */
  async start(patienceMs = 300_000): Promise<void> {
    this.#wanted = true;
    for (const end = Date.now() + patienceMs; Date.now() < end; await pause(50)) {
      if (!this.#wanted) throw new Error('killed while it started');
      if (!this.running) this.#launch();
      const ready = await fetch(`${this.url}/ready`, { signal: AbortSignal.timeout(2_000) }).then(
        (response) => response.ok,
        () => false,
      );
      if (ready && this.running) {
        this.#ready = true;
        return;
      }
    }
    throw new Error(`${this.url} did not start within ${patienceMs / 1000} s`);
  }

  /** As `kill -9` does. */
  async kill(): Promise<void> {
    this.#ready = false;
    this.#wanted = false;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  #launch(): void {
    const { port, dataDir, databaseUrl, appDatabaseUrl = '', env } = this.options;
    this.#child = spawn(process.execPath, ['--import', lifeline, '--import', tsx, 'src/main.ts'], {
      cwd: packageDir,
      env: {
        ...process.env,
        PORT: String(port),
        DATA_DIR: dataDir,
        DATABASE_URL: databaseUrl,
        APP_DATABASE_URL: appDatabaseUrl,
        DEMO: 'false',
        LOG_LEVEL: 'fatal',
        RATE_LIMIT: '1000000',
        DATABASE_POOL: '10',
        NODE_COMPILE_CACHE: join(tmpdir(), 'desk-compile-cache'),
        ...env,
      },
      stdio: ['ignore', 'ignore', 'ignore'],
    });
  }
}

// biome-ignore lint/suspicious/noExplicitAny: tests read answers of documents written beside them
export type Data = any;

/** One mutation as the holder of a token; throws when it was not answered, and when it was refused. */
export async function mutate(
  url: string,
  token: string,
  name: string,
  input: object,
  selection: string,
): Promise<Data> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code message } } }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables: { input } }),
    signal: AbortSignal.timeout(30_000),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: { message: string }[] };
  if (errors) throw new Error(errors[0]?.message);
  const { userErrors } = data[name];
  if (userErrors.length > 0) throw new Refused(JSON.stringify(userErrors));
  return data[name];
}

/** An expected refusal: repeating changes nothing. */
export class Refused extends Error {}
