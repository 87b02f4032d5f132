import { z } from 'zod';

/** An alert from outside that may name a device, in our words. */
export const incomingAlert = z.object({
  source: z.enum(['alertmanager', 'pagerduty', 'generic']),
  /** The provider's, the same for each delivery of the same alert. */
  id: z.string(),
  title: z.string(),
  /** Texts that may be a device's name or address, the most telling first. */
  names: z.array(z.string()),
  /** The incident that findings go back to as a note. */
  incident: z.string().optional(),
});

export type IncomingAlert = z.infer<typeof incomingAlert>;

export type AlertTaken =
  | { readonly kind: 'started'; readonly alias: string; readonly runId: string }
  | { readonly kind: 'ignored'; readonly reason: string };
