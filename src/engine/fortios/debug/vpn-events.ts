import { readLogFields } from './log-fields.ts';

/** Event-log lines about VPN logins, by id and action (Log Message Reference; domain notes on VPN logins, section 4). */
const SIGNS = {
  '39426': 'event-login-failed',
  '39424': 'event-login',
  '39946': 'sslvpn-no-address',
  '39947': 'event-tunnel-up',
  '39948': 'event-tunnel-down',
  '37124': 'event-ike-failed',
  '37121': 'event-xauth-failed',
  '37133': 'event-tunnel-up',
} as const;

export type EventSign = (typeof SIGNS)[keyof typeof SIGNS];

export interface VpnEvent {
  readonly sign: EventSign;
  readonly vpn: 'sslvpn' | 'ike';
  /** Values by field name, without `N/A` and `(null)`. */
  readonly fields: Readonly<Record<string, string>>;
}

/** `logid="0101039426"` between blanks, or without quotes. */
const ID = /\blogid="{0,3}01010(39426|39424|3994[6-8]|37124|37121|37133)(?="{0,3}(?:[ ,\t]|$))/;
const KEPT =
  'date time vd user group remip reason action xauthuser xauthgroup vpntunnel tunnelip assignip duration status fctuid tunneltype'.split(
    ' ',
  );
const EMPTY = new Set(['N/A', '(null)', '', 'n/a']);
/** Other vendors' and invented lines carry the id of another event. */
const ACTIONS: Readonly<Partial<Record<EventSign, RegExp>>> = {
  'event-login-failed': /^ssl-login-fail$/,
  'event-ike-failed': /^negotiate$/,
  'sslvpn-no-address': /^ssl-exit-error$/,
};

/** Reasons of a failed IKE negotiation, wherever an export puts them. Sample: `status="negotiate_error: probable pre-shared secret mismatch"` */
const IKE_REASON =
  /\bprobable pre-shared (?:secret|key) mismatch\b|\bpeer SA proposal not match local policy\b/;

export function readVpnEvent(line: string): VpnEvent | undefined {
  const id = ID.exec(line)?.[1];
  if (id === undefined) return undefined;
  const fields: Record<string, string> = {};
  const keep = (name: string, value: string) => {
    if (!EMPTY.has(value)) fields[name] ??= value;
  };
  const named = readLogFields(line);
  for (const name of KEPT) keep(name, named.get(name) ?? '');
  // Some collectors write it under the id of another event.
  const sign = fields.action === 'ssl-login-fail' ? 'event-login-failed' : SIGNS[id as keyof typeof SIGNS];
  if (sign === 'event-ike-failed') keep('reason', IKE_REASON.exec(line.slice(0, 4_096))?.[0] ?? '');
  const { action = '', reason } = fields;
  // An exit error has many reasons, and most are no matter of the pool.
  if (sign === 'sslvpn-no-address' && !/no more IP address/.test(reason ?? '')) return undefined;
  // Between two gateways: `user="198.51.100.77" remip=198.51.100.77`, where a person’s tunnel has a name.
  if (id === '37133' && fields.xauthuser === undefined && fields.user && fields.user === fields.remip)
    return undefined;
  if (ACTIONS[sign]?.test(action) === false && !(action === '' && reason !== undefined)) return undefined;
  return { sign, vpn: id.startsWith('37') ? 'ike' : 'sslvpn', fields };
}
