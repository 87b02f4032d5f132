import {
  Counter,
  type CounterConfiguration,
  collectDefaultMetrics,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';
import type { JobQueue } from '../queue/job-queue.ts';
import { type LabelsOf, METRICS, type MetricDefinition, type MetricName } from './metric-definitions.ts';

const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640];

/** A gauge that a process does not set must not be exported as 0, which would mean "broken". */
const UNKNOWN_AT_FIRST = [
  'self_check_ok',
  'self_check_last_success_timestamp_seconds',
  'slack_connected',
  'queue_oldest_seconds',
  'queue_up',
] as const;

/**
 * Metrics of the program. Every label value comes from a closed set of short words, so no host, person, text or
 * secret can become one.
 */
export class Metrics {
  readonly #registry = new Registry();
  readonly #counters = this.#create('counter', (settings) => new Counter(settings));
  readonly #gauges = this.#create('gauge', (settings) => new Gauge(settings));
  readonly #histograms = this.#create(
    'histogram',
    (settings) => new Histogram({ ...settings, buckets: SECONDS }),
  );
  readonly #readers: (() => Promise<void>)[] = [];

  constructor() {
    collectDefaultMetrics({ register: this.#registry, prefix: 'ftm_check_' });
    for (const name of UNKNOWN_AT_FIRST) this.#gauges[name].remove();
    // Counters start at 0, so that "never" differs from "not scraped" and a rate includes the first event.
    for (const result of ['taken', 'rejected']) this.count('inventory_reloads_total', { result }, 0);
    this.count('escalations_total', { outcome: 'nobody-reached' }, 0);
    for (const source of ['alertmanager', 'pagerduty', 'generic'])
      for (const result of ['accepted', 'refused', 'unreadable', 'failed'])
        this.count('webhook_deliveries_total', { source, result }, 0);
  }

  count<Name extends MetricName<'counter'>>(name: Name, labels: LabelsOf<Name>, by = 1): void {
    this.#counters[name].inc(safeLabels(labels), by);
  }

  set<Name extends MetricName<'gauge'>>(name: Name, value: number, labels?: LabelsOf<Name>): void {
    this.#gauges[name].set(safeLabels(labels), value);
  }

  observe<Name extends MetricName<'histogram'>>(name: Name, ms: number, labels?: LabelsOf<Name>): void {
    this.#histograms[name].observe(safeLabels(labels), Math.max(0, ms) / 1000);
  }

  /** Called at every scrape; a rejection means that the queue is unavailable. */
  watchQueue(queue: Pick<JobQueue<unknown, unknown>, 'counts' | 'oldestWaitingMs'>): void {
    this.#onScrape(async () => {
      try {
        const [states, oldestMs] = await Promise.all([queue.counts(), queue.oldestWaitingMs()]);
        for (const [state, count] of Object.entries(states)) this.set('queue_jobs', count, { state });
        this.set('queue_oldest_seconds', oldestMs / 1000);
        this.set('queue_up', 1);
      } catch {
        this.set('queue_up', 0);
      }
    });
  }

  watchDebugSessions(
    source: () => Promise<{ readonly open: readonly unknown[]; readonly overdue: readonly unknown[] }>,
  ): void {
    this.#onScrape(async () => {
      const { open, overdue } = await source();
      this.set('debug_windows_open', open.length);
      this.set('debug_windows_overdue', overdue.length);
    });
  }

  /** Counts open pages and their age at every scrape. `openedAt`: milliseconds since the Unix epoch. */
  watchPages(
    source: () => Promise<readonly { readonly isAcknowledged: boolean; readonly openedAt: number }[]>,
    now: () => number,
  ): void {
    this.#onScrape(async () => {
      const open = await source();
      for (const state of ['unacknowledged', 'acknowledged']) {
        const pages = open.filter(({ isAcknowledged }) => isAcknowledged === (state === 'acknowledged'));
        this.set('pages_open', pages.length, { state });
        const oldest = Math.min(now(), ...pages.map(({ openedAt }) => openedAt));
        this.set('pages_oldest_seconds', (now() - oldest) / 1000, { state });
      }
    });
  }

  /** Times in milliseconds since the Unix epoch, read at every scrape. */
  watchSweeps(
    source: () => Promise<
      readonly { readonly name: string; readonly doneAt?: number; readonly dueAt: number }[]
    >,
  ): void {
    this.#onScrape(async () => {
      const sweeps = await source();
      this.#gauges.sweep_last_success_timestamp_seconds.reset();
      this.#gauges.sweep_due_timestamp_seconds.reset();
      for (const { name: sweep, doneAt, dueAt } of sweeps) {
        if (doneAt !== undefined) this.set('sweep_last_success_timestamp_seconds', doneAt / 1000, { sweep });
        this.set('sweep_due_timestamp_seconds', dueAt / 1000, { sweep });
      }
    });
  }

  /** Returns the text format of Prometheus. */
  async text(): Promise<string> {
    await Promise.all(this.#readers.map((read) => read()));
    return this.#registry.metrics();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** If the store is away, the last known values stay; `queue_up` shows that they are not current. */
  #onScrape(read: () => Promise<void>): void {
    this.#readers.push(() => read().catch(() => undefined));
  }

  #create<Type extends MetricDefinition['type'], Metric>(
    type: Type,
    create: (settings: Omit<CounterConfiguration<string>, 'collect'>) => Metric,
  ): Record<MetricName<Type>, Metric> {
    const defined = Object.entries<MetricDefinition>(METRICS).filter(([, metric]) => metric.type === type);
    return Object.fromEntries(
      defined.map(([name, { help, labels: labelNames }]) => [
        name,
        create({ name: `ftm_check_${name}`, help, labelNames, registers: [this.#registry] }),
      ]),
    ) as Record<MetricName<Type>, Metric>;
  }
}

/** Last protection of the labels: label values are short lower-case words; anything else becomes `other`. */
function safeLabels(labels: Readonly<Record<string, string>> = {}): Record<string, string> {
  const safe = (value: string): string => (/^[a-z][a-z0-9_-]{0,47}$/.test(value) ? value : 'other');
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, safe(value)]));
}
