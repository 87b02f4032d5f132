import { METRICS, type MetricDefinition } from '../../src/platform/observe/metric-definitions.ts';
import { code, table, WRITTEN } from './markdown.ts';

/** docs/reference/metrics.md: what `/metrics` shows. */
export function metricsPage(): string {
  const metrics: readonly (readonly [string, MetricDefinition])[] = Object.entries(METRICS);
  return `${[
    WRITTEN,
    '# Metrics',
    '`/metrics` on the internal port, for Prometheus. All names begin with `ftm_check_`. Label values are short words of closed lists:' +
      ' no name, address or text of a person is among them; `sweep` is the name of a sweep in the inventory. The metrics of Node’s process have the same prefix.',
    table(
      ['metric', 'type', 'labels', 'meaning'],
      metrics.map(([name, { type, labels, help }]) => [code(name), type, labels.map(code).join(', '), help]),
    ),
    'Alerts on these metrics are explained in [operations](../how-to/runbooks.md).',
  ].join('\n\n')}\n`;
}
