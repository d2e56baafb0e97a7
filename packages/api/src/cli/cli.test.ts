import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { signedIn } from '../../test/harness/accounts.ts';
import { startTestApp, type TestApp } from '../../test/harness/app.ts';
import { databaseUrl, withClient } from '../../test/harness/postgres.ts';
import { client } from '../../test/harness/world.ts';
import { run } from './run.ts';

// Ten programs in a row, some of them processes of their own: slow beside other tests.
const patience = 60_000;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

interface Ended {
  code: number;
  out: string;
  err: string;
}

const database = () => ({ DATABASE_URL: app.databaseUrl });

/** Runs a command line in this process. */
async function cli(args: string[], env: Record<string, string> = database()): Promise<Ended> {
  const said = { out: '', err: '' };
  const keep = (stream: keyof typeof said) => (text: string | Uint8Array) => {
    said[stream] += text;
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('err')),
    vi.spyOn(console, 'log').mockImplementation(() => undefined), // as in cli.ts
  ];
  try {
    return { code: await run(args, env), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** The same as a program of its own, as operators call it. */
function program(args: string[], databaseUrl = app.databaseUrl): Promise<Ended> {
  const file = fileURLToPath(new URL('../cli.ts', import.meta.url));
  const options = { env: { PATH: process.env.PATH, DATABASE_URL: databaseUrl } };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), file, ...args],
      options,
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
      },
    );
  });
}

const person = ['--email', 'wang@example.test', '--name', '王芳'];

test(
  'an empty database becomes one that people and machines can use',
  async () => {
    const early = await cli(['token', 'create', '--role', 'dashboard']);
    expect(early).toMatchObject({ code: 1, out: '' });
    expect(early.err).toContain('organisation create');

    const organisation = await cli(['organisation', 'create', '--name', '好管家物业']);
    expect(organisation).toMatchObject({ code: 0, out: expect.stringMatching(/^org_\w{26}\n$/) });
    expect(await cli(['organisation', 'create', '--name', '好管家物业'])).toMatchObject({ code: 1, out: '' });

    const user = await cli(['user', 'create', ...person, '--role', 'administrator']);
    expect(user.code).toBe(0);
    const admin = await signedIn(app, 'wang@example.test', user.out.trim());
    expect((await admin.query('{ viewer { name } }')).viewer.name).toBe('王芳');

    const { community } = await admin.mutate(
      'communityCreate',
      { code: 'YGHY', name: '阳光花园' },
      'community { id }',
    );
    const token = await program([
      'token',
      'create',
      '--role',
      'front-desk',
      '--community',
      'YGHY',
      '--expires',
      '1d',
    ]);
    expect(token).toMatchObject({ code: 0, out: expect.stringMatching(/^psd_[\w-]{43}\n$/) });
    const machine = client(app, '', { authorization: `Bearer ${token.out.trim()}` });
    const { viewer } = await machine.query('{ viewer { kind assignments { role communityId } } }');
    expect(viewer).toEqual({
      kind: 'TOKEN',
      assignments: [{ role: 'FRONT_DESK', communityId: community.id }],
    });

    const { apiTokens } = await admin.query('{ apiTokens { nodes { expiresAt createdBy } } }');
    expect(apiTokens.nodes).toEqual([{ expiresAt: expect.any(String), createdBy: 'cli' }]);
    expect((Date.parse(apiTokens.nodes[0].expiresAt) - Date.now()) / 3_600_000).toBeCloseTo(24, 1);

    const { rows } = await app.db.owner.query(
      'select distinct actor_kind, actor_name from history where type <> $1 order by 1',
      ['community.created'],
    );
    expect(rows).toEqual([{ actor_kind: 'SYSTEM', actor_name: 'cli' }]);

    const again = await cli(['user', 'create', ...person, '--role', 'cashier'], {
      ...database(),
      LANG: 'zh_CN.UTF-8',
    });
    expect(again).toMatchObject({ code: 1, out: '', err: '已存在相同的“邮箱”。\n' });

    await cli(['organisation', 'create', '--name', '第二物业']);
    const which = await cli(['token', 'create', '--role', 'dashboard']);
    expect(which).toMatchObject({ code: 2, out: '' });
    expect(which.err).toContain('第二物业');
    expect(await cli(['token', 'create', '--role', 'dashboard', '--organisation', '第二物业'])).toMatchObject(
      {
        code: 0,
      },
    );
  },
  patience,
);

test(
  'an empty server gets its tables without a word on stdout',
  async () => {
    const server = inject('postgresUrl');
    const name = `test_cli_${process.pid}`;
    await withClient(server, (one) => one.query(`create database ${name}`));
    try {
      const { code, out } = await program(
        ['organisation', 'create', '--name', '新物业'],
        databaseUrl(server, name),
      );
      expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^org_\w{26}\n$/) });
    } finally {
      await withClient(server, (one) => one.query(`drop database ${name} with (force)`));
    }
  },
  patience,
);

describe('a wrong command line ends with 2 and says why', () => {
  test.each([
    [['token', 'create'], '--role'],
    [['token', 'create', '--role', 'boss'], 'front-desk'],
    [['token', 'create', '--role', 'dashboard', '--expires', 'soon'], '12h'],
    [['user', 'create', '--role', 'cashier'], '--email'],
    [['user', 'create', ...person, '--role', 'dashboard'], 'cashier'],
    [['nonsense'], 'nonsense'],
  ])('%j', async (args, said) => {
    const { code, out, err } = await cli(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(said);
    expect(err).not.toMatch(/^\s+at /m);
  });
});

test('help needs no database', async () => {
  for (const args of [
    ['--help'],
    ['token', 'create', '--help'],
    ['user', 'create', '--help'],
    ['organisation', 'create', '--help'],
  ]) {
    const { code, out } = await cli(args, { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect(code).toBe(0);
    expect(out).toContain('Usage: npm run cli --');
  }
});

test('a database that cannot be reached is told in one line', async () => {
  const { code, out, err } = await cli(['token', 'create', '--role', 'dashboard'], {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(/^The database cannot be used: .*ECONNREFUSED.*\n$/);
});
