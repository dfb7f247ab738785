import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/walks/**'],
    // No test leaves anything behind (they take ports, and put back what they stub), so files share a process and its
    // modules: loading them anew for each file took more than half of the time.
    pool: 'forks',
    isolate: false,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
    maxWorkers: 2,
    // For a machine that stands still for a while; none takes a tenth of it.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
