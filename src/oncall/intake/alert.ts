import { z } from 'zod';
import { ALERT_ASKER } from '../../platform/runs/run.ts';

/** An alert from outside that may name a device, in a provider-independent form. */
export const incomingAlert = z.object({
  source: z.enum(['alertmanager', 'pagerduty', 'generic']),
  /** The provider's id, the same for each delivery of the same alert, and for the message that it is over. */
  id: z.string(),
  title: z.string(),
  /** Candidate device names and addresses, the most specific first. */
  names: z.array(z.string()),
  /** The incident that gets the findings as a note. */
  incident: z.string().optional(),
});

export type IncomingAlert = z.infer<typeof incomingAlert>;

/** Stands where a person's Slack id would: who asked, in runs and on the audit trail. */
export function alertSender(source: IncomingAlert['source']): string {
  return `${ALERT_ASKER}${source}`;
}

export type AlertTaken =
  | { readonly kind: 'started'; readonly alias: string; readonly runId: string }
  /** The device is being checked, or was just checked: its incident gets the same note. */
  | { readonly kind: 'joined'; readonly alias: string; readonly runId: string }
  | { readonly kind: 'ignored'; readonly reason: string };
