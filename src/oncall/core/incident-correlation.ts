import { z } from 'zod';
import type { Diagnosis } from '../../engine/diagnosis/diagnosis.ts';

export const occurrence = z.object({
  device: z.string(),
  runId: z.string(),
  /** Milliseconds since the Unix epoch. */
  at: z.number(),
});
export type Occurrence = z.infer<typeof occurrence>;

/** Names the external cause that failing devices can share; `undefined` if the cause is on the device. */
export function nameCause({ verdict, firstBrokenHop, findings }: Diagnosis): string | undefined {
  if (verdict !== 'broken' || firstBrokenHop === null) return undefined;
  const [first] = findings;
  return first?.hop === firstBrokenHop ? `${firstBrokenHop}/${first.rule}` : firstBrokenHop;
}

/** Returns the devices seen within the window, each once, in the order of their first failure. */
export function devicesWithin(
  occurrences: readonly Occurrence[],
  now: number,
  withinMs: number,
): readonly Occurrence[] {
  const first = new Map<string, Occurrence>();
  for (const occurrence of [...occurrences].sort((a, b) => a.at - b.at)) {
    if (occurrence.at < now - withinMs || occurrence.at > now) continue;
    if (!first.has(occurrence.device)) first.set(occurrence.device, occurrence);
  }
  return [...first.values()];
}

const HOP_FAILURE_TEXT: Readonly<Record<string, string>> = {
  login: 'refuse the login itself',
  'second-factor': 'do not ask for the second factor',
  token: 'cannot use the token',
  'push-service': 'cannot reach the push service',
  'push-request': 'cannot send the push',
  notification: 'send pushes that reach no phone',
  callback: 'do not get the phone’s answer',
  tls: 'have a certificate that phones do not accept',
  approval: 'get the approval too late',
  authorisation: 'refuse users after they approved',
};

/** Hops outside the devices: when several devices fail there at once, the devices are probably not the cause. */
const EXTERNAL_HOPS: ReadonlySet<string> = new Set(['push-service', 'push-request', 'notification']);

/** `4 devices cannot reach the push service since 09:40 UTC: probably a common cause`. */
export function correlationText(signature: string, devices: readonly Occurrence[]): string {
  const [step = ''] = signature.split('/');
  const since = new Date(devices[0]?.at ?? 0).toISOString().slice(11, 16);
  const what = HOP_FAILURE_TEXT[step] ?? 'fail at the same step';
  const why = EXTERNAL_HOPS.has(step)
    ? 'probably a common cause'
    : 'look for a common cause before checking each device';
  return `${devices.length} devices ${what} since ${since} UTC: ${why}`;
}
