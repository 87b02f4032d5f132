/**
 * How each command block is tried, by file and in the order of the page: `run`, with the exit status of each command; by
 * other tests, which run the same commands with parts of their own; or not at all, with the reason.
 */
export type TriedBy =
  | { readonly run: readonly ExpectedStatus[] }
  | { readonly tests: readonly string[] }
  | { readonly notTried: string };

/** `started`: a program that runs until Ctrl-C, by what it prints once it has started. */
export type ExpectedStatus = number | { readonly started: RegExp };

const CI_RUNS_IT = { notTried: '`.ci/run` calls these commands itself' };
const NO_CLUSTER = {
  notTried:
    'needs a Kubernetes cluster; test/documentation/cluster-commands.long.test.ts renders the chart with its arguments',
};

export const TRIED_BY: Readonly<Record<string, readonly TriedBy[]>> = {
  'CONTRIBUTING.md': [CI_RUNS_IT, { tests: ['test/documentation/new-rule.long.test.ts'] }],
  'README.md': [
    { tests: ['test/cli/demo/run-demo.test.ts'] },
    { run: [0] },
    // analyze, --each, check, --live, --all, compare, rules, help
    { run: [1, 1, 1, 1, 1, 1, 0, 0] },
    {
      tests: [
        'test/cli/init/init.test.ts',
        'test/cli/doctor/doctor.test.ts',
        'test/tools/systemd.long.test.ts',
      ],
    },
  ],
  'docs/how-to/alerts.md': [{ tests: ['test/e2e/paging/guide.test.ts'] }],
  'docs/how-to/backups.md': [
    { run: [1, 1, 1, 0] },
    { tests: ['test/cli/each/backup-recipes.long.test.ts'] },
    { tests: ['test/cli/each/backup-recipes.long.test.ts'] },
  ],
  'docs/how-to/compare.md': [{ tests: ['test/cli/compare/compare.test.ts'] }, { run: [1, 1] }],
  'docs/how-to/device-account.md': [{ run: [0] }, { run: [0] }],
  'docs/how-to/devices.md': [{ run: [1, 1] }, { run: [1, 1] }],
  'docs/how-to/feedback.md': [{ tests: ['test/e2e/feedback.test.ts'] }, NO_CLUSTER],
  'docs/how-to/fleet.md': [{ tests: ['test/cli/month-report.test.ts'] }],
  'docs/how-to/host-keys.md': [{ run: [0] }],
  'docs/how-to/kubernetes.md': [NO_CLUSTER, { tests: ['test/helm/values.test.ts'] }, NO_CLUSTER],
  'docs/how-to/new-rule.md': [{ tests: ['test/documentation/new-rule.long.test.ts'] }],
  'docs/how-to/operations.md': [NO_CLUSTER, NO_CLUSTER, NO_CLUSTER, NO_CLUSTER],
  'docs/how-to/privacy.md': [{ tests: ['test/cli/personal-data.test.ts'] }],
  'docs/how-to/proxy.md': [{ tests: ['test/bot/http/serve-behind-proxy.long.test.ts'] }],
  'docs/how-to/release.md': [
    { tests: ['test/tools/release.long.test.ts'] },
    { tests: ['test/browser/site.long.test.ts'] },
  ],
  'docs/how-to/replay.md': [{ tests: ['test/e2e/replay.test.ts'] }],
  'docs/how-to/terminal.md': [
    {
      // analyze, check, --live, --ssh-config, --save-evidence, bundle, scan, account, --dry-run, simulate, --group, --each,
      // compare, page, rules, explain, help
      run: [1, 1, 1, 1, 1, 0, 0, 0, 0, { started: /hostKeys/ }, 1, 1, 1, 0, 0, 0, 0],
    },
    { run: [1, 1, 1, 1, 1, 1] },
    { tests: ['test/cli/completion-shells.long.test.ts', 'test/tools/man-page.test.ts'] },
  ],
  'docs/how-to/runbooks.md': [NO_CLUSTER],
  'docs/reference/benchmarks.md': [{ tests: ['test/bench/bench.long.test.ts'] }],
  'docs/tutorial/first-diagnosis.md': Array.from({ length: 7 }, () => ({
    tests: ['test/documentation/tutorial.long.test.ts'],
  })),
};
