import { readLogFields } from './log-fields.ts';

/** Ids of the FortiOS Log Message Reference that concern push, tokens and directories. */
const MEANINGS = {
  '32155': 'activation-requested',
  '32156': 'activation-succeeded',
  '32159': 'activation-failed',
  '32160': 'push-sent',
  '32161': 'push-failed',
  '53050': 'cloud-login-failed',
  '22113': 'directory-failures',
} as const;

export interface EventLogEvent {
  readonly kind: 'logged';
  readonly meaning: (typeof MEANINGS)[keyof typeof MEANINGS];
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

/**
 * `logid="0100032161"` between blanks as the device prints it, or between commas as in an export, where quotes may be
 * doubled or around the whole field; or the bare number as a column of a table.
 */
const ID = /(?:\blogid="{0,3}|(?:^|,)"?)\d{5}(3215[569]|3216[01]|53050|22113)(?="{0,3}(?:[ ,\t]|$))/;
/** The id of the line itself: a later one is part of a message. */
const OWN_ID = /\blogid="{0,3}(\d{10})/;
const DATE =
  /(?:^|[ ,"])(?:date="{0,3})?(\d{4}-\d\d-\d\d)"{0,3}(?:[ ,]{1,2})"?(?:time="{0,3})?(\d\d:\d\d:\d\d)/;

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
  const id = ID.exec(text)?.[1];
  if (id === undefined || OWN_ID.exec(text)?.[1]?.endsWith(id) === false) return undefined;
  const date = DATE.exec(text);
  const fields = readLogFields(text);
  return {
    kind: 'logged',
    meaning: MEANINGS[id as keyof typeof MEANINGS],
    at: date ? `${date[1]} ${date[2]}` : undefined,
    vdom: fields.get('vd') || undefined,
    user: fields.get('user') || undefined,
    tokenSerial: fields.get('serialno') || undefined,
    message: fields.get('msg') || undefined,
  };
}
