import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { JobQueue } from '../queue/job-queue.ts';
import { METRICS, type MetricDefinition, type MetricName } from './metric-definitions.ts';

export type Phase = 'waiting' | 'device' | 'delivery' | 'total';

export interface AnsweredRun {
  readonly kind: string;
  /** The verdict of the diagnosis, or `failed`. */
  readonly verdict: string;
  /** Ids of the rules found broken. */
  readonly rules: readonly string[];
}

type QueueView = Pick<JobQueue<unknown, unknown>, 'counts' | 'oldestWaitingMs'>;

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640];

export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'ftm_check_' });
  const settings = (name: keyof typeof METRICS) => {
    const { help, labels }: MetricDefinition = METRICS[name];
    return { name: `ftm_check_${name}`, help, labelNames: labels, registers };
  };
  const counter = (name: MetricName<'counter'>) => new Counter(settings(name));
  const gauge = (name: MetricName<'gauge'>) => new Gauge(settings(name));
  const seconds = (name: MetricName<'histogram'>) => new Histogram({ ...settings(name), buckets: SECONDS });

  const runs = counter('runs_total');
  const findings = counter('findings_total');
  const phases = seconds('phase_seconds');
  const delivery = seconds('slack_delivery_seconds');
  const deviceErrors = counter('device_errors_total');
  const refusals = counter('refusals_total');
  const feedback = counter('feedback_total');
  const escalations = counter('escalations_total');
  const selfCheck = gauge('self_check_ok');
  const selfCheckAt = gauge('self_check_last_success_timestamp_seconds');
  const slack = gauge('slack_connected');
  const devices = gauge('inventory_devices');
  const reloads = counter('inventory_reloads_total');
  const queueJobs = gauge('queue_jobs');
  const queueOldest = gauge('queue_oldest_seconds');
  const queueUp = gauge('queue_up');
  // A gauge that this process does not set must not be exported as 0, which would mean "broken".
  for (const unknown of [selfCheck, selfCheckAt, slack, queueOldest, queueUp]) unknown.remove();
  const sessionsOpen = gauge('debug_windows_open');
  const sessionsOverdue = gauge('debug_windows_overdue');
  const pages = gauge('pages_open');
  const oldestPage = gauge('pages_oldest_seconds');
  const deliveries = counter('webhook_deliveries_total');
  // Counters start at 0, so that "never" differs from "not scraped" and a rate includes the first event.
  for (const result of ['taken', 'rejected']) reloads.inc({ result }, 0);
  escalations.inc({ outcome: 'nobody-reached' }, 0);
  for (const source of ['alertmanager', 'pagerduty', 'generic'])
    for (const result of ['accepted', 'refused', 'unreadable', 'failed'])
      deliveries.inc({ source, result }, 0);
  const sweepDone = gauge('sweep_last_success_timestamp_seconds');
  const sweepDue = gauge('sweep_due_timestamp_seconds');

  const readers: (() => Promise<void>)[] = [];
  /** If the store is away, the last known values stay; `queue_up` shows that they are not current. */
  function onScrape(read: () => Promise<void>): void {
    readers.push(() => read().catch(() => undefined));
  }

  let queue: QueueView | undefined;
  async function readQueue(): Promise<void> {
    if (!queue) return;
    try {
      const [states, oldestMs] = await Promise.all([queue.counts(), queue.oldestWaitingMs()]);
      for (const [state, count] of Object.entries(states)) queueJobs.set({ state }, count);
      queueOldest.set(oldestMs / 1000);
      queueUp.set(1);
    } catch {
      queueUp.set(0);
    }
  }

  return {
    answered({ kind, verdict, rules }: AnsweredRun) {
      runs.inc({ kind: labelValue(kind), verdict: labelValue(verdict) });
      for (const rule of rules) findings.inc({ rule: labelValue(rule) });
    },
    phase: (phase: Phase, ms: number) => phases.observe({ phase }, ms / 1000),
    /** Time from the diagnosis to the answer in the thread. */
    delivered: (ms: number) => delivery.observe(ms / 1000),
    /** `kind` is the error code. */
    deviceFailed: (kind: string) => deviceErrors.inc({ kind: labelValue(kind) }),
    refused: (reason: string) => refusals.inc({ reason: labelValue(reason) }),
    /** A person said that an answer did not help. */
    notHelpful: (reason: string) => feedback.inc({ reason: labelValue(reason) }),
    escalated: (outcome: string) => escalations.inc({ outcome: labelValue(outcome) }),
    selfChecked(ok: boolean, at: number) {
      selfCheck.set(ok ? 1 : 0);
      if (ok) selfCheckAt.set(at / 1000);
    },
    slackConnected: (connected: boolean) => slack.set(connected ? 1 : 0),
    inventory: (count: number) => devices.set(count),
    inventoryReload: (result: 'taken' | 'rejected') => reloads.inc({ result }),
    /** Called at every scrape; a rejection means that the queue is unavailable. */
    watchQueue(watched: QueueView) {
      queue = watched;
    },
    /** Counts debug sessions on devices and those that should be closed by now. Called at every scrape. */
    watchDebugSessions: (
      source: () => Promise<{ readonly open: readonly unknown[]; readonly overdue: readonly unknown[] }>,
    ) =>
      onScrape(async () => {
        const { open, overdue } = await source();
        sessionsOpen.set(open.length);
        sessionsOverdue.set(overdue.length);
      }),
    webhookDelivered: (source: string, result: 'accepted' | 'refused' | 'unreadable' | 'failed') =>
      deliveries.inc({ source: labelValue(source), result }),
    /** Counts open pages and their age at every scrape. `openedAt`: milliseconds since the Unix epoch. */
    watchPages: (
      view: () => Promise<readonly { readonly isAcknowledged: boolean; readonly openedAt: number }[]>,
      now: () => number,
    ) =>
      onScrape(async () => {
        const open = await view();
        for (const state of ['unacknowledged', 'acknowledged']) {
          const ofState = open.filter(({ isAcknowledged }) => isAcknowledged === (state === 'acknowledged'));
          pages.set({ state }, ofState.length);
          const oldest = Math.min(now(), ...ofState.map(({ openedAt }) => openedAt));
          oldestPage.set({ state }, (now() - oldest) / 1000);
        }
      }),
    /** Times in milliseconds since the Unix epoch, read at every scrape. */
    watchSweeps: (
      source: () => Promise<
        readonly { readonly name: string; readonly doneAt?: number | undefined; readonly dueAt: number }[]
      >,
    ) =>
      onScrape(async () => {
        const sweeps = await source();
        sweepDone.reset();
        sweepDue.reset();
        for (const { name, doneAt, dueAt } of sweeps) {
          const sweep = labelValue(name);
          if (doneAt !== undefined) sweepDone.set({ sweep }, doneAt / 1000);
          sweepDue.set({ sweep }, dueAt / 1000);
        }
      }),
    /** Returns the text format of Prometheus. */
    async text() {
      await Promise.all([readQueue(), ...readers.map((read) => read())]);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

/**
 * Metrics of the program. Every label value comes from a closed set of short words, so no host, person, text or
 * secret can become one.
 */
export type Metrics = ReturnType<typeof createMetrics>;

/** Last protection of the labels: label values are short lower-case words; anything else becomes `other`. */
function labelValue(label: string): string {
  return /^[a-z][a-z0-9_-]{0,47}$/.test(label) ? label : 'other';
}
