/** The steps of a VPN login, in order; docs/explanation/push-login.md draws them. */
export const HOPS = [
  'connection', // the client reaches the VPN: port, TLS, IKE proposal, pre-shared key, peer id
  'login', // name, password and source address are accepted
  'second-factor', // the account is asked for a token, and nothing lets it in without
  'token', // a FortiToken Mobile is assigned, activated and not locked
  'push-service', // `config system ftm-push` is enabled, with an address for the phone
  'push-request', // the FortiGate reaches Fortinet's push service
  'notification', // the phone shows the notification
  'callback', // the phone's connection reaches the FortiGate
  'tls', // the phone accepts the certificate
  'approval', // the answer arrives before the first timer ends
  'authorisation', // the user may use the VPN
  'tunnel', // portal, host check, limits and address: the tunnel is up
] as const;

export type Hop = (typeof HOPS)[number];

export type HopStatus = 'ok' | 'broken' | 'not-reached' | 'unknown';

/** The steps of a push that this FortiGate sends. */
export const SENT_PUSH_HOPS: ReadonlySet<Hop> = new Set(['push-service', 'push-request', 'callback', 'tls']);

/** The steps that only a login with a second factor of the FortiGate has. */
export const PUSH_HOPS: ReadonlySet<Hop> = new Set<Hop>([
  ...SENT_PUSH_HOPS,
  'second-factor',
  'token',
  'notification',
  'approval',
]);

export function hopIndex(hop: Hop): number {
  return HOPS.indexOf(hop);
}
