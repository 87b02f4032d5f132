import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { CHART } from '../../scripts/chart-values.ts';
import { BASE, find, helm, manifests } from './chart.ts';

const run = promisify(execFile);

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: Readonly<Record<string, string>>;
}

const hasPromtool = await run('promtool', ['--version']).then(
  () => true,
  () => false,
);
if (!hasPromtool)
  process.stderr.write(
    '\n*** SKIPPED: tests of the alerts need promtool on PATH (Debian: promtool). ***\n\n',
  );

let folder: string;
let groups: readonly { readonly rules: readonly Rule[] }[];
let rules: readonly Rule[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ftm-alerts-'));
  if (helm === undefined) return;
  const all = await manifests({ ...BASE, 'metrics.prometheusRule.enabled': true });
  ({ groups } = find(all, 'PrometheusRule', 'prod-ftm-check').spec as { groups: typeof groups });
  rules = groups.flatMap((group) => group.rules);
  await writeFile(join(folder, 'rules.yaml'), stringify({ groups }));
});
afterAll(() => rm(folder, { recursive: true }));

interface Series {
  readonly series: string;
  readonly values: string;
}

const series = (name: string, values: string, labels: Readonly<Record<string, string>> = {}): Series => {
  const all = { namespace: 'support', pod: 'a', ...labels };
  const text = Object.entries(all).map(([label, value]) => `${label}="${value}"`);
  return { series: `ftm_check_${name}{${text.join()}}`, values };
};

/** A bot and a worker for half an hour with nothing amiss, and other ones in another namespace, which are in trouble. */
const WELL: readonly Series[] = [
  ...['a', 'b'].flatMap((pod) => [
    series('queue_up', '1x30', { pod }),
    series('slack_connected', '1x30', { pod }),
    series('queue_oldest_seconds', '4x30', { pod }),
    // One that its own worker is late with, and a sweep takes care of.
    series('debug_windows_overdue', '0x10 1x2 0x18', { pod }),
    series('inventory_reloads_total', '0x30', { pod, result: 'rejected' }),
    series('pages_oldest_seconds', '0x5 0+60x20 0x5', { pod, state: 'unacknowledged' }),
    series('pages_oldest_seconds', '3600+60x30', { pod, state: 'acknowledged' }),
    series('webhook_deliveries_total', '0+1x30', { pod, source: 'alertmanager', result: 'accepted' }),
    series('webhook_deliveries_total', '0x30', { pod, source: 'alertmanager', result: 'refused' }),
    series('escalations_total', '0x30', { pod, outcome: 'nobody-reached' }),
    series('escalations_total', '0+1x30', { pod, outcome: 'paged' }),
    series('sweep_due_timestamp_seconds', '-3600x30', { pod, sweep: 'nightly' }),
    series('slack_delivery_seconds_bucket', '0+2x30', { pod, le: '1' }),
    series('slack_delivery_seconds_bucket', '0+2x30', { pod, le: '+Inf' }),
  ]),
  // Bots do not check themselves: `FtmCheckUnwell` must not mind.
  series('self_check_ok', '1x30', { pod: 'b' }),
  series('device_errors_total', '0x5 1x25', { pod: 'b', kind: 'ftm_device_unreachable' }),
  series('queue_up', '0x30', { namespace: 'theirs' }),
  series('self_check_ok', '0x30', { namespace: 'theirs' }),
];

const without = (name: string) =>
  WELL.filter((each) => !each.series.includes(`_${name}{namespace="support"`));

const TROUBLE: readonly (readonly [string, readonly Series[], Readonly<Record<string, string>>])[] = [
  ['FtmCheckGone', without('queue_up'), {}],
  ['FtmCheckQueueUnreachable', [...WELL, series('queue_up', '1x5 0x25', { pod: 'c' })], {}],
  ['FtmCheckUnwell', [...WELL, series('self_check_ok', '1x5 0x25', { pod: 'c' })], {}],
  ['FtmCheckSlackAway', [...WELL, series('slack_connected', '0x30', { pod: 'c' })], {}],
  ['FtmCheckQueueOld', [...WELL, series('queue_oldest_seconds', '0+60x30', { pod: 'c' })], {}],
  [
    'FtmCheckDevicesFail',
    [...WELL, series('device_errors_total', '0+1x30', { pod: 'c', kind: 'ftm_device_timeout' })],
    { kind: 'ftm_device_timeout' },
  ],
  [
    'FtmCheckAnswersSlow',
    [
      ...without('slack_delivery_seconds_bucket'),
      series('slack_delivery_seconds_bucket', '0x30', { le: '20' }),
      series('slack_delivery_seconds_bucket', '0+2x30', { le: '40' }),
      series('slack_delivery_seconds_bucket', '0+2x30', { le: '+Inf' }),
    ],
    {},
  ],
  ['FtmCheckDebugLeftOn', [...WELL, series('debug_windows_overdue', '0x10 1x20', { pod: 'c' })], {}],
  [
    'FtmCheckInventoryRejected',
    [...WELL, series('inventory_reloads_total', '0x20 1x10', { pod: 'c', result: 'rejected' })],
    {},
  ],
  [
    'FtmCheckNobodyReached',
    [...WELL, series('escalations_total', '0x20 1x10', { pod: 'c', outcome: 'nobody-reached' })],
    {},
  ],
  [
    'FtmCheckPageUnacknowledged',
    [...WELL, series('pages_oldest_seconds', '600+60x30', { pod: 'c', state: 'unacknowledged' })],
    {},
  ],
  [
    'FtmCheckPageForgotten',
    [...WELL, series('pages_oldest_seconds', '86000+60x30', { pod: 'c', state: 'acknowledged' })],
    {},
  ],
  [
    'FtmCheckWebhooksFail',
    [
      ...WELL,
      series('webhook_deliveries_total', '0x20 1x10', { pod: 'c', source: 'pagerduty', result: 'refused' }),
    ],
    { source: 'pagerduty' },
  ],
  [
    'FtmCheckSweepLate',
    [...WELL, series('sweep_due_timestamp_seconds', '-10800x30', { pod: 'c', sweep: 'weekly' })],
    { sweep: 'weekly' },
  ],
];

describe.skipIf(helm === undefined || !hasPromtool)('alert rules', () => {
  it('are read by Prometheus without an objection', async () => {
    const { stdout } = await run('promtool', ['check', 'rules', '--lint-fatal', join(folder, 'rules.yaml')]);
    expect(stdout).toContain(`${rules.length} rules found`);
  });

  it('are each tried', () => {
    expect(TROUBLE.map(([alert]) => alert).sort()).toEqual(rules.map(({ alert }) => alert).sort());
  });

  it('are silent while all is well', async () => {
    await unitTest(
      WELL,
      rules.map(({ alert }) => ({ eval_time: '25m', alertname: alert, exp_alerts: [] })),
    );
  });

  it.each(TROUBLE)('%s tells of its trouble', async (alertname, input, labels) => {
    const rule = rules.find(({ alert }) => alert === alertname);
    const filledIn = Object.entries(rule?.annotations ?? {}).map(([name, text]) => [
      name,
      text.replaceAll(/\{\{ \$labels\.(\w+) \}\}/g, (_all, label: string) => labels[label] ?? ''),
    ]);
    const expected = {
      exp_labels: {
        ...labels,
        ...(alertname === 'FtmCheckGone' ? { namespace: 'support' } : {}),
        ...rule?.labels,
      },
      exp_annotations: Object.fromEntries(filledIn) as Record<string, string>,
    };
    await unitTest(input, [{ eval_time: '25m', alertname, exp_alerts: [expected] }]);
  });

  it('and panels of the dashboard are queries that Prometheus understands', async () => {
    const text = await readFile(join(CHART, 'dashboards/ftm-check.json'), 'utf8');
    const { panels } = JSON.parse(text) as { panels: { targets: { expr: string }[] }[] };
    const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(queries.length).toBeGreaterThan(10);
    const recorded = queries.map((query, index) => ({
      record: `panel:${index}`,
      expr: query.replaceAll(/\$__(?:rate_interval|range)/g, '5m').replaceAll('$namespace', 'support'),
    }));
    const path = join(folder, 'panels.yaml');
    await writeFile(path, stringify({ groups: [{ name: 'panels', rules: recorded }] }));
    const { stdout } = await run('promtool', ['check', 'rules', path]);
    expect(stdout).toContain(`${queries.length} rules found`);
  });
});

/** Rejects with promtool's own words. */
async function unitTest(input: readonly Series[], checks: readonly object[]): Promise<void> {
  const path = join(folder, 'test.yaml');
  await writeFile(
    path,
    stringify({
      rule_files: ['rules.yaml'],
      evaluation_interval: '1m',
      tests: [{ interval: '1m', input_series: input, alert_rule_test: checks }],
    }),
  );
  await run('promtool', ['test', 'rules', path]).catch((error: unknown) => {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${stdout}${stderr}`);
  });
}
