import { defineConfig } from 'vitest/config';

const PURE = 'test/{fortios,evidence,redact,facts,rules,diagnosis,case,report}/**/*.test.ts';
/** Tests of very many cases, which try a sample in `npm test` and every case in `npm run test:long` (test/support/amount.ts). */
const SAMPLED = [
  'test/audit/removed.test.ts',
  'test/closed-loop/{closed-loop,pairs}.test.ts',
  'test/fuzz/fuzz.test.ts',
  'test/invariants/{edited-names,other-addresses,other-users}.test.ts',
  'test/scenarios/forms.test.ts',
];
/** Whole systems that break or wait for minutes: `npm run test:long`. */
const LONG = [
  'test/bench/bench.test.ts',
  'test/chaos/chaos.test.ts',
  'test/browser/**/*.test.ts',
  'test/documentation/**/*.test.ts',
  'test/device/cut.test.ts',
  'test/e2e/live-killed.test.ts',
  'test/escalation/kill.test.ts',
  'test/e2e/group-killed.test.ts',
  'test/queue/failover.test.ts',
  'test/tools/image.test.ts',
  'test/tools/release.test.ts',
];

/**
 * No test is about speed, so that none fails because a machine is slow: this only ends a test that hangs. In the long form
 * of the invariants one test takes every device of every release, which is work for an hour on a busy machine.
 */
const HANG_MS = process.env.INVARIANTS === 'all' ? 14_400_000 : 120_000;
const HANGS = { testTimeout: HANG_MS, hookTimeout: HANG_MS };
/**
 * Files share a process and what it has loaded: a quarter of the time was spent on loading it again. No file changes what
 * another one could see: no mocks, no fake clocks, no changed environment.
 */
const SHARED = { isolate: false };

export default defineConfig({
  test: {
    ...HANGS,
    projects: [
      {
        test: {
          name: 'pure',
          ...HANGS,
          include: [PURE],
          ...SHARED,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Most of these wait for servers of their own: five keep two cores busy.
        test: {
          name: 'parts',
          ...HANGS,
          include: ['test/**/*.test.ts'],
          exclude: [PURE, ...LONG],
          ...SHARED,
          maxWorkers: 5,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'long',
          ...HANGS,
          include: [...LONG, ...SAMPLED],
          env: { INVARIANTS: 'long' },
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
