import { defineConfig } from 'vitest/config';

const usesDatabase = ['test/{data,use-cases,web,jobs,cli,db}/**/*.test.ts'];
const ownProjects = ['test/races/**', 'test/browser/**'];
const globalSetup = ['test/support/global-setup.ts'];

export default defineConfig({
  test: {
    // The app is Node's own type stripping away from running: nothing is bundled, nothing is mocked.
    environment: 'node',
    pool: 'forks',
    // Half the time of a test file was loading the app again. Nothing of the app lives in a module's state, so that files may share it.
    isolate: false,
    // One a core: the default leaves a core for a watcher that nobody starts.
    maxWorkers: '100%',
    restoreMocks: true,
    // No measure of speed: what hangs is to end, what a busy machine holds up is not to fail.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        test: {
          name: 'sqlite',
          include: ['test/**/*.test.ts'],
          exclude: ownProjects,
          env: { KUNDIZ_TEST_DATABASE: 'sqlite' },
        },
      },
      {
        test: {
          name: 'postgres',
          include: usesDatabase,
          env: { KUNDIZ_TEST_DATABASE: 'postgres' },
          globalSetup,
        },
      },
      {
        test: {
          name: 'races',
          include: ['test/races/**/*.test.ts'],
          fileParallelism: false,
          testTimeout: 20 * 60_000,
          hookTimeout: 3 * 60_000,
          globalSetup,
        },
      },
      {
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          fileParallelism: false,
          maxConcurrency: 2,
          expect: { poll: { timeout: 10_000 } },
          testTimeout: 5 * 60_000,
          hookTimeout: 3 * 60_000,
        },
      },
    ],
  },
});
