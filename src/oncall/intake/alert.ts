import { z } from 'zod';
import { ALERT_ASKER } from '../../platform/runs/run.ts';

/** What is kept of an alert, in a provider-independent form. */
export const storedAlert = z.object({
  source: z.enum(['alertmanager', 'pagerduty', 'generic']),
  /** The provider's id, the same for each delivery of the same alert, and for the message that it is over. */
  id: z.string(),
  title: z.string(),
  /** The incident that gets the findings as a note. */
  incident: z.string().optional(),
});

export type StoredAlert = z.infer<typeof storedAlert>;

/** An alert from outside with what may name its device, which is not kept: it may be any word of a text. */
export interface IncomingAlert extends StoredAlert {
  /** The value of the label that says which device it is: it decides alone. */
  readonly device?: string | undefined;
  /** Values of other labels that may name the device, the most specific first. */
  readonly names: readonly string[];
  readonly words?: readonly string[];
}

/** Stands where a person's Slack id would: who asked, in runs and on the audit trail. */
export function alertSender(source: IncomingAlert['source']): string {
  return `${ALERT_ASKER}${source}`;
}

export type AlertTaken =
  | { readonly kind: 'started'; readonly alias: string; readonly runId: string }
  /** The device is being checked, or was just checked: its incident gets the same note. */
  | { readonly kind: 'joined'; readonly alias: string; readonly runId: string }
  | { readonly kind: 'ignored'; readonly reason: string };
