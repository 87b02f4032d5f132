import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHART } from '../../../scripts/chart-values.ts';
import { RULES } from '../../../src/engine/rules/all-rules.ts';
import { Metrics } from '../../../src/platform/observe/metrics.ts';

const NAMES = /\bftm_check_[a-z_]+/g;

async function values(metrics = new Metrics()): Promise<string> {
  return (await metrics.text())
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n');
}

describe('metrics', () => {
  it('count answers by verdict and rule', async () => {
    const metrics = new Metrics();
    metrics.count('runs_total', { kind: 'check', verdict: 'broken' });
    metrics.count('runs_total', { kind: 'analyze', verdict: 'failed' });
    metrics.count('findings_total', { rule: 'push-disabled' });
    const text = await values(metrics);
    expect(text).toContain('ftm_check_runs_total{kind="check",verdict="broken"} 1');
    expect(text).toContain('ftm_check_runs_total{kind="analyze",verdict="failed"} 1');
    expect(text).toContain('ftm_check_findings_total{rule="push-disabled"} 1');
  });

  it('count open pages, their age, deliveries of alerts, and sweeps', async () => {
    const metrics = new Metrics();
    let open = [
      { isAcknowledged: false, openedAt: 40_000 },
      { isAcknowledged: false, openedAt: 90_000 },
      { isAcknowledged: true, openedAt: 10_000 },
    ];
    metrics.watchPages(
      async () => open,
      () => 100_000,
    );
    metrics.watchSweeps(async () => [
      { name: 'nightly', doneAt: 5_000, dueAt: 9_000 },
      { name: 'weekly', dueAt: 7_000 },
    ]);
    metrics.count('webhook_deliveries_total', { source: 'alertmanager', result: 'refused' });
    const text = await values(metrics);
    expect(text).toContain('ftm_check_pages_open{state="unacknowledged"} 2');
    expect(text).toContain('ftm_check_pages_oldest_seconds{state="unacknowledged"} 60');
    expect(text).toContain('ftm_check_pages_oldest_seconds{state="acknowledged"} 90');
    expect(text).toContain('ftm_check_webhook_deliveries_total{source="alertmanager",result="refused"} 1');
    expect(text).toContain('ftm_check_sweep_last_success_timestamp_seconds{sweep="nightly"} 5');
    expect(text).not.toContain('last_success_timestamp_seconds{sweep="weekly"}');
    expect(text).toContain('ftm_check_sweep_due_timestamp_seconds{sweep="weekly"} 7');
    open = [];
    expect(await values(metrics)).toContain('ftm_check_pages_oldest_seconds{state="unacknowledged"} 0');
  });

  it('count from zero what alerts ask about, so that its first event is an increase', async () => {
    const text = await values(new Metrics());
    expect(text).toContain('ftm_check_escalations_total{outcome="nobody-reached"} 0');
    for (const source of ['alertmanager', 'pagerduty', 'generic'])
      for (const result of ['accepted', 'refused', 'unreadable', 'failed'])
        expect(text).toContain(`ftm_check_webhook_deliveries_total{source="${source}",result="${result}"} 0`);
  });

  it('know the name of every rule', async () => {
    const metrics = new Metrics();
    const rules = RULES.map(({ id }) => id);
    for (const rule of rules) metrics.count('findings_total', { rule });
    const text = await values(metrics);
    expect(rules.filter((rule) => !text.includes(`{rule="${rule}"} 1`))).toEqual([]);
  });

  it('measure seconds', async () => {
    const metrics = new Metrics();
    metrics.observe('phase_seconds', 1500, { phase: 'device' });
    metrics.observe('slack_delivery_seconds', 250);
    const text = await values(metrics);
    expect(text).toContain('ftm_check_phase_seconds_sum{phase="device"} 1.5');
    expect(text).toContain('ftm_check_slack_delivery_seconds_sum 0.25');
  });

  it('tell where a debug may be on, and where it should be off by now', async () => {
    const metrics = new Metrics();
    metrics.watchDebugSessions(async () => ({ open: ['a', 'b'], overdue: ['b'] }));
    const text = await values(metrics);
    expect(text).toContain('ftm_check_debug_windows_open 2');
    expect(text).toContain('ftm_check_debug_windows_overdue 1');
    metrics.watchDebugSessions(() => Promise.reject(new Error('away')));
    expect(await values(metrics)).toContain('ftm_check_debug_windows_open 2');
  });

  it('say nothing of what nobody looked at: 0 would mean that it is broken', async () => {
    const metrics = new Metrics();
    const unknown = [
      'self_check_ok',
      'self_check_last_success',
      'slack_connected',
      'queue_up',
      'queue_oldest',
    ];
    const text = await values(metrics);
    expect(unknown.filter((name) => text.includes(`ftm_check_${name}`))).toEqual([]);
    metrics.set('self_check_ok', 1);
    metrics.set('slack_connected', 0);
    expect(await values(metrics)).toMatch(/self_check_ok 1\n[\s\S]*slack_connected 0\n/);
  });

  it('tell when the queue cannot be asked, and go on', async () => {
    const metrics = new Metrics();
    let away = false;
    metrics.watchQueue({
      async counts() {
        if (away) throw new Error('away');
        return { waiting: 2, active: 1, delayed: 0, failed: 0 };
      },
      oldestWaitingMs: async () => 4000,
    });
    expect(await values(metrics)).toMatch(
      /queue_jobs\{state="waiting"\} 2[\s\S]*queue_oldest_seconds 4\n[\s\S]*queue_up 1/,
    );
    away = true;
    expect(await values(metrics)).toContain('ftm_check_queue_up 0');
  });

  it('never take anything for a label that is not a short word of ours', async () => {
    const hostile = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '192.0.2.7',
        'U0ANA',
        'fgt-1.example.com',
        'xoxb-1-2',
        'p4ss word',
        '"} 1\nevil 1',
        'Größe',
      ),
    );
    const word = /^\{(?:[a-z]+="[a-z][a-z0-9_-]*",?)+\}$/;
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const metrics = new Metrics();
        metrics.count('runs_total', { kind: text, verdict: text });
        metrics.count('findings_total', { rule: text });
        metrics.count('device_errors_total', { kind: text });
        metrics.count('refusals_total', { reason: text });
        metrics.count('escalations_total', { outcome: text });
        metrics.count('feedback_total', { reason: text });
        const ours = (await values(metrics))
          .split('\n')
          .filter((line) => /^ftm_check_(?:runs|findings|device|refusals|escal|feedback)/.test(line));
        const shown = ours.map((line) => /^[a-z_]+(\{.*\}) \d+$/.exec(line)?.[1] ?? line);
        expect(shown).toHaveLength(7);
        expect(shown.filter((each) => !word.test(each))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

describe('alerts, dashboard and scaling', () => {
  it.each(['templates/prometheusrule.yaml', 'templates/scaledobject.yaml', 'dashboards/ftm-check.json'])(
    'ask only for metrics that there are: %s',
    async (path) => {
      const metrics = new Metrics();
      metrics.observe('phase_seconds', 1, { phase: 'total' });
      metrics.observe('slack_delivery_seconds', 1);
      metrics.watchQueue({
        counts: async () => ({ waiting: 0, active: 0, delayed: 0, failed: 0 }),
        oldestWaitingMs: async () => 0,
      });
      const known = new Set((await metrics.text()).match(NAMES));
      const asked = readFileSync(join(CHART, path), 'utf8').match(NAMES) ?? [];
      expect(asked.length).toBeGreaterThan(0);
      expect(asked.filter((name) => !known.has(name))).toEqual([]);
    },
  );

  it('have a runbook each, which names no other alert', () => {
    const rules = readFileSync(join(CHART, 'templates/prometheusrule.yaml'), 'utf8');
    const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name);
    const links = [...rules.matchAll(/runbook_url: .*"(\w+)" \}\}/g)].map(([, anchor]) => anchor);
    expect(links).toEqual(alerts.map((name) => name.toLowerCase()));
    const page = readFileSync('docs/how-to/runbooks.md', 'utf8');
    expect([...page.matchAll(/^### (\w+)$/gm)].map(([, name]) => name)).toEqual(alerts);
  });
});
