import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    // graphql ships the same code twice (mjs and cjs), and its types must be the same objects for every library.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    // Two cores, and PostgreSQL wants its share.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'schema', root: 'packages/schema', include: ['{src,test}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'api',
          root: 'packages/api',
          include: ['{src,test}/**/*.test.ts'],
          globalSetup: ['./test/harness/postgres-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'admin',
          root: 'packages/admin',
          include: ['{src,test}/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, 'test/**/*.browser.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          root: 'packages/admin',
          include: ['test/**/*.browser.test.{ts,tsx}'],
          // One Chromium at a time.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
