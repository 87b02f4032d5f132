import { readLogFields } from './log-fields.ts';

/** Events of the FortiOS Log Message Reference that concern push, tokens and directories, with their words as in `VPN_EVENTS`. */
export const LOG_EVENTS = [
  ['0100032155', 'activation-requested', undefined],
  ['0100032156', 'activation-succeeded', undefined],
  ['0100032159', 'activation-failed', /\bFortiToken activation failed\b/],
  ['0100032160', 'push-sent', /\bFortiToken mobile push message succeeded\b/],
  ['0100032161', 'push-failed', /\bFortiToken mobile push message failed\b/],
  ['0100053050', 'cloud-login-failed', /\bFortiToken Cloud authentication failure\b/],
  ['0100022113', 'directory-failures', /\bAuthentication failed \d{1,6} times in the last\b/],
] as const;
const MEANINGS = new Map(LOG_EVENTS.map(([id, meaning]) => [id as string, meaning]));

export interface EventLogEvent {
  readonly kind: 'logged';
  readonly meaning: (typeof LOG_EVENTS)[number][1];
  /** `2025-11-24 10:15:02`, on the device's clock. */
  readonly at?: string;
  readonly vdom?: string;
  readonly user?: string;
  readonly tokenSerial?: string;
  readonly message?: string;
}

/** A connection to the FortiGate itself that a local-in policy denied; policy 0 where no service accepts the port. */
export interface LocalDenial {
  readonly kind: 'local-denied';
  readonly protocol: number;
  readonly source: { readonly address: string; readonly port?: number };
  readonly destination: { readonly address: string; readonly port: number };
  readonly interface?: string;
  readonly vdom?: string;
  readonly policy: number;
  /** Of the source, as FortiOS places it: `Singapore`. */
  readonly country?: string;
}

const LOGGED = new RegExp([...MEANINGS.keys()].join('|'));
/** The id as a column of a table without its heading: `"2025-11-24","10:17:40","0100032160","notice"` */
const COLUMN = new RegExp(`(?:[,;|\\t]"?|^"?(?=\\d{10}"?[,;|\\t]))(${LOGGED.source})(?="?(?:[,;|\\t\\r]|$))`);
const DATE =
  /(?:^|[ ,;|\t"])(?:date="{0,3})?(\d{4}-\d\d-\d\d)"{0,3}(?:[ ,;|\t]{1,2})"?(?:time="{0,3})?(\d\d:\d\d:\d\d)/;

const LOCAL = /\bsubtype="{0,3}local\b/;
const TCP = 6;

/** `type="traffic" subtype="local" … action="deny" policyid=7 policytype="local-in-policy"` */
export function readLocalDenial(text: string): LocalDenial | undefined {
  if (!LOCAL.test(text)) return undefined;
  const fields = readLogFields(text);
  const field = (name: string) => fields.get(name) || undefined;
  const [address, to, toPort] = [field('srcip'), field('dstip'), field('dstport')];
  const [policy, protocol] = [field('policyid'), field('proto')];
  if (field('action') !== 'deny' || address === undefined || to === undefined) return undefined;
  if (toPort === undefined || policy === undefined) return undefined;
  const port = field('srcport');
  return {
    kind: 'local-denied',
    protocol: Number(protocol ?? TCP),
    source: { address, ...(port !== undefined && { port: Number(port) }) },
    destination: { address: to, port: Number(toPort) },
    interface: field('srcintf'),
    vdom: field('vd'),
    policy: Number(policy),
    country: field('srccountry'),
  };
}

export function readEventLog(text: string): EventLogEvent | undefined {
  if (!LOGGED.test(text)) return undefined;
  const fields = readLogFields(text);
  const meaning = MEANINGS.get(fields.get('logid') ?? COLUMN.exec(text)?.[1] ?? '');
  if (meaning === undefined) return undefined;
  const date = DATE.exec(text);
  return {
    kind: 'logged',
    meaning,
    at: date ? `${date[1]} ${date[2]}` : undefined,
    vdom: fields.get('vd') || undefined,
    user: fields.get('user') || undefined,
    tokenSerial: fields.get('serialno') || undefined,
    message: fields.get('msg') || undefined,
  };
}
