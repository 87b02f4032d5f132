import { z } from 'zod';
import { OWN_LABEL } from '../routes/alertmanager.ts';
import {
  type HookMessage,
  notReadable,
  OWN_ALERT,
  type ReadMessages,
  splitWords,
  toMessages,
} from './message.ts';

/** Version 4 of the webhook: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
const payload = z.object({
  version: z.string(),
  truncatedAlerts: z.int().min(0).default(0),
  alerts: z.array(
    z.object({
      status: z.enum(['firing', 'resolved']),
      labels: z.record(z.string(), z.string()),
      annotations: z.record(z.string(), z.string()).default({}),
      startsAt: z.string(),
      fingerprint: z.string().min(1),
    }),
  ),
});

type Alert = z.infer<typeof payload>['alerts'][number];

/** Labels that name a device, as people and exporters use them. */
const DEVICE_LABELS = 'device fortigate hostname host target instance alias name'.split(' ');

/** `labels`: those that say which device an alert is about; they come before the usual ones, and decide alone. */
export function readAlertmanager(body: unknown, labels: readonly string[] = []): ReadMessages {
  const parsed = payload.safeParse(body);
  if (!parsed.success) return notReadable('not a webhook of Alertmanager (version 4)');
  const { alerts, truncatedAlerts: missing } = parsed.data;
  const read = alerts.map((alert) => readAlert(alert, labels));
  if (missing === 0) return toMessages(...read);
  const reason = `Alertmanager left out ${missing} alerts (max_alerts of the receiver)`;
  return toMessages(...read, { kind: 'nothing', reason });
}

function readAlert(
  { status, labels, annotations, startsAt, fingerprint }: Alert,
  deciding: readonly string[],
): HookMessage {
  if (labels[OWN_LABEL] !== undefined) return OWN_ALERT;
  const title = annotations.summary ?? labels.alertname ?? 'alert';
  const label = deciding.find((each) => labels[each] !== undefined);
  return {
    kind: status === 'resolved' ? 'over' : 'alert',
    alert: {
      source: 'alertmanager',
      id: `${fingerprint} ${startsAt}`,
      title,
      device: label === undefined ? undefined : labels[label],
      names: DEVICE_LABELS.flatMap((each) => labels[each] ?? []),
      words: splitWords(title),
    },
  };
}
