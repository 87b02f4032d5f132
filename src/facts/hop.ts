/** The steps of a push login, in order (DESIGN, "Words"). */
export const HOPS = [
  'login',
  'second-factor',
  'token',
  'push-service',
  'push-request',
  'notification',
  'callback',
  'tls',
  'approval',
  'authorisation',
] as const;

export type Hop = (typeof HOPS)[number];

export type HopStatus = 'ok' | 'broken' | 'not-reached' | 'unknown';

export function hopIndex(hop: Hop): number {
  return HOPS.indexOf(hop);
}
