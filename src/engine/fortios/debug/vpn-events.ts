import { readLogFields } from './log-fields.ts';

/**
 * Events about VPN logins by id (Log Message Reference; domain notes on VPN logins, section 4), and the words that tell one
 * without its id: `SAYING_FIELDS` with blanks between them.
 */
export const VPN_EVENTS = [
  ['0101039426', 'event-login-failed', /^ssl-login-fail\b|\bSSL VPN login fail\b/],
  ['0101039424', 'event-login', /^(?:tunnel-up|ssl-login)\b.{0,99} (?:ssl-web|login successfully)\b/],
  ['0101039947', 'event-tunnel-up', /^tunnel-up\b.{0,99} (?:ssl-tunnel|(?<!SSL )tunnel established)\b/],
  ['0101039946', 'sslvpn-no-address', /^ssl-exit-error\b|\bSSL VPN exit error\b/],
  ['0101039948', 'event-tunnel-down', /^tunnel-down ssl-tunnel\b|\bSSL tunnel shutdown\b/],
  ['0101037124', 'event-ike-failed', /^negotiate (?:failure|negotiate_error)|\bIPsec phase 1 error\b/],
  ['0101037121', 'event-xauth-failed', /\bXAUTH authentication failed\b/],
  ['0101037133', 'event-tunnel-up', /\bIPsec SA installed\b/],
] as const;
export const SAYING_FIELDS = ['action', 'tunneltype', 'status', 'reason', 'logdesc', 'msg'];

export type EventSign = (typeof VPN_EVENTS)[number][1];

const SIGNS: ReadonlyMap<string, EventSign> = new Map(VPN_EVENTS.map(([id, sign]) => [id, sign]));

export interface VpnEvent {
  readonly sign: EventSign;
  readonly vpn: 'sslvpn' | 'ike';
  /** Values by field name, without `N/A` and `(null)`. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What is read of an event: a quote is cut around it. */
const FIELDS: ReadonlySet<string> = new Set(
  'date time vd user group remip reason action xauthuser xauthgroup vpntunnel tunnelip assignip duration status fctuid tunneltype'.split(
    ' ',
  ),
);
const LOGGED = /\blogid=["\\]{0,3}01010(?:39|37)/;
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
  const named = LOGGED.test(line) ? readLogFields(line) : undefined;
  const id = named?.get('logid') ?? '';
  const signOfId = SIGNS.get(id);
  if (named === undefined || signOfId === undefined) return undefined;
  const fields: Record<string, string> = {};
  const keep = (name: string, value: string) => {
    if (!EMPTY.has(value)) fields[name] ??= value;
  };
  for (const [name, value] of named) if (FIELDS.has(name)) keep(name, value);
  // Some collectors write it under the id of another event.
  const sign = fields.action === 'ssl-login-fail' ? 'event-login-failed' : signOfId;
  if (sign === 'event-ike-failed') keep('reason', IKE_REASON.exec(line.slice(0, 4_096))?.[0] ?? '');
  const { action = '', reason } = fields;
  // An exit error has many reasons, and most are no matter of the pool.
  if (sign === 'sslvpn-no-address' && !/no more IP address/.test(reason ?? '')) return undefined;
  // Between two gateways: `user="198.51.100.77" remip=198.51.100.77`, where a person’s tunnel has a name.
  if (id === '0101037133' && fields.xauthuser === undefined && fields.user && fields.user === fields.remip)
    return undefined;
  if (ACTIONS[sign]?.test(action) === false && !(action === '' && reason !== undefined)) return undefined;
  return { sign, vpn: id.startsWith('0101037') ? 'ike' : 'sslvpn', fields };
}
