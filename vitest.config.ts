import { configDefaults, defineConfig } from 'vitest/config';

/**
 * Files of a worker share its modules: to load the application anew for each took longer than most of them. What a test leaves
 * behind in a module, the next one finds.
 */
const sharedModules = { isolate: false };

const browserTests = 'packages/admin/test/**/*.browser.test.{ts,tsx}';

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
        test: { name: 'schema', include: ['packages/schema/{src,test}/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'api',
          include: ['packages/api/{src,test}/**/*.test.ts'],
          ...sharedModules,
          globalSetup: ['packages/api/test/harness/postgres-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Its own build: JSX and the SDL as a module.
        extends: './packages/admin/vite.config.ts',
        test: {
          name: 'admin',
          include: ['packages/admin/{src,test}/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, browserTests],
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [browserTests],
          ...sharedModules,
          globalSetup: ['packages/api/test/harness/postgres-setup.ts', 'packages/admin/test/setup.ts'],
          // One Chromium at a time, after all others.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          expect: { poll: { timeout: 8_000 } },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
