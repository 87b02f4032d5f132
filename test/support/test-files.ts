/** Tests of very many cases, which try a sample in `npm test` and every case in `npm run test:long` (test/support/amount.ts). */
export const SAMPLED = [
  'test/audit/removed.test.ts',
  'test/case/{section-stream,skip-scanner,stream-case}.test.ts',
  'test/cli/each/case-row-of.test.ts',
  'test/closed-loop/{closed-loop,pairs,unfilled}.test.ts',
  'test/config/ssh-config/oracle.test.ts',
  'test/device/faults.test.ts',
  'test/e2e/{autodetect,buttons-twice,refused-by-slack}.test.ts',
  'test/escalation/{page-limits,year-of-shifts}.test.ts',
  'test/evidence/sections-of-other-text.test.ts',
  'test/facts/config/read-blocks.test.ts',
  'test/fuzz/fuzz.test.ts',
  'test/invariants/*.test.ts',
  'test/noise/noise.test.ts',
  'test/redact/{may-hold-secret,placements,redact-case}.test.ts',
  'test/report/{largest,render-html,render-slack,render-text}.test.ts',
  'test/scenarios/forms.test.ts',
];
/**
 * `npm run test:long`: whole systems that are killed or wait for minutes, programs of others, and processes of our own
 * beyond one for each way in, each of which takes a second or two to start.
 */
export const LONG = [
  'test/bench/bench.test.ts',
  'test/browser/**/*.test.ts',
  'test/chaos/chaos.test.ts',
  'test/cli/{completion-shells,live-signals,process/limit-heap}.test.ts',
  'test/cli/each/backup-recipes.test.ts',
  'test/device/{cut,flood-memory}.test.ts',
  'test/documentation/**/*.test.ts',
  'test/e2e/{group-killed,live-killed}.test.ts',
  'test/escalation/kill{,-alerts,-schedules}.test.ts',
  'test/escalation/processes.test.ts',
  'test/helm/{alerts,autoscaling,chart,security,settings}.test.ts',
  'test/http/serve-{behind-proxy,inventory,pages,start}.test.ts',
  'test/peers/*.test.ts',
  'test/queue/{failover,sentinel-tls}.test.ts',
  'test/tools/{image,release}.test.ts',
];
/** Tests that count and hardly ever wait. */
export const PURE = [
  'test/{block-kit,case,diagnosis,escalation,evidence,facts,fortios}/**/*.test.ts',
  'test/{fuzz,invariants,page,picture,redact,report,rules,scenarios}/**/*.test.ts',
];

/**
 * These take longest, or wait most. Vitest begins with those that took longest the last time, and in a fresh checkout with
 * the largest files: one of these would then run alone at the end.
 */
export const FIRST = [
  'device/flood',
  'noise/noise',
  'device/hard-cases',
  'closed-loop/closed-loop',
  'device/faults',
  'e2e/refused-by-slack',
  'e2e/live',
  'e2e/queue-position',
  'slack/install',
  'device/replay',
  'queue/bullmq-queue',
  'e2e/progress',
  'http/serve-operations',
  'cli/live',
  'e2e/buttons-twice',
  'e2e/autodetect',
  'cli/each/analyze-each',
].map((name) => `test/${name}.test.ts`);
