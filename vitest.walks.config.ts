import { defineConfig } from 'vitest/config';

/** The long walks: every fault at every call, every crash at every await. Too long for each change, run by CI. */
export default defineConfig({
  test: {
    include: ['test/walks/**/*.walk.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
});
