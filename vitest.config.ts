import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // Most files of long tests wait for servers of their own: three keep two cores busy, more would starve each other.
    maxWorkers: 3,
  },
});
