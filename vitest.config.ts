import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/**
 * No test is about speed, so that none fails because a machine is slow: this only ends a test that hangs. In the long form
 * of the invariants one test takes every device of every release, which is work for an hour on a busy machine.
 */
const HANG_MS = process.env.INVARIANTS === 'all' ? 14_400_000 : 300_000;
/**
 * Node loads the files itself, as it does the program: nothing is mocked. Through Vite each use of an import is a call of a
 * getter, and the suite took a quarter more processor time.
 */
const NATIVE = { experimental: { viteModuleRunner: false, nodeLoader: false } };
const EVERYWHERE = {
  ...NATIVE,
  testTimeout: HANG_MS,
  hookTimeout: HANG_MS,
  setupFiles: ['test/support/refuse-patterns.ts', 'test/support/property-seed.ts'],
};
/** Tests make much garbage: with more room for young objects less of them is copied before it is let go. */
const ROOM = '--max-semi-space-size=32';
/**
 * Files share a process and what it has loaded: a quarter of the time was spent on loading it again. No file changes what
 * another one could see: no mocks, no fake clocks, no changed environment.
 */
const SHARED = {
  isolate: false,
  execArgv: [ROOM],
};
/** Whole systems that are killed or wait for minutes, and programs of others: only in `npm run test:long`. */
const LONG = ['test/**/*.long.test.ts'];
/** Tests of very many cases: `npm test` tries a sample, `npm run test:long` every case (test/support/amount.ts). */
const SAMPLED = ['test/**/*.sampled.test.ts'];
/** Tests of pure code, which hardly ever wait. */
const PURE = [
  'test/{architecture,closed-loop,engine,report,fuzz,invariants,scenarios}/**/*.test.ts',
  'test/cli/page/*.test.ts',
];

/** Processes of tests, and programs that these start, compile nothing that another one has compiled. */
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/ftm-check');

export default defineConfig({
  test: {
    ...EVERYWHERE,
    projects: [
      {
        // A process for each core: every further one would load and optimise the same code again. Code that runs often
        // and not often enough to be optimised is compiled at once rather than interpreted first: 6 to 10 % less
        // processor time. The other tests, which load more and run less, took 2 % more so.
        test: {
          name: 'pure',
          ...EVERYWHERE,
          include: PURE,
          exclude: LONG,
          ...SHARED,
          execArgv: [ROOM, '--always-sparkplug'],
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 0 },
        },
      },
      {
        // These wait for servers of their own twice as long as they compute: six keep two cores busy. Each further one takes
        // two seconds of processor time, to load and optimise the same code again.
        test: {
          name: 'world',
          ...EVERYWHERE,
          include: ['test/**/*.test.ts'],
          exclude: [...PURE, ...LONG],
          ...SHARED,
          maxWorkers: 6,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'every-case',
          ...EVERYWHERE,
          include: SAMPLED,
          ...SHARED,
          env: { INVARIANTS: 'long' },
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // These come first, and while they wait the samples in full keep the cores busy.
        test: {
          name: 'long',
          ...EVERYWHERE,
          include: LONG,
          env: { INVARIANTS: 'long' },
          maxWorkers: 3,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
