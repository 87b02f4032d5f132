import { SSL_EVENT_IDS } from '../../fortios/debug/vpn-events.ts';

/** Fields of an event log that the diagnosis uses, in the order in which FortiOS prints them. */
const NAMES = [
  'date',
  'time',
  'logid',
  'type',
  'subtype',
  'level',
  'vd',
  'logdesc',
  'user',
  'ui',
  'action',
  'tunneltype',
  'remip',
  'tunnelip',
  'group',
  'xauthuser',
  'xauthgroup',
  'assignip',
  'vpntunnel',
  'duration',
  'status',
  'reason',
  'serialno',
  'msg',
] as const;

type FieldName = (typeof NAMES)[number];

/** Other spellings in CSV headings, CEF and REST; in lower case, without blanks and punctuation. */
const ALIASES: Readonly<Record<string, FieldName>> = {
  logidentifier: 'logid',
  virtualdomain: 'vd',
  vdom: 'vd',
  logdescription: 'logdesc',
  duser: 'user',
  suser: 'user',
  username: 'user',
  remoteip: 'remip',
  assignedip: 'assignip',
  usergroup: 'group',
  act: 'action',
  outcome: 'status',
  serialnumberoftoken: 'serialno',
  tokenserial: 'serialno',
  message: 'msg',
};
const STAMPS: ReadonlySet<string> = new Set([
  'datetime',
  'absolutedatetime',
  'timestamp',
  'eventdatetime',
  'itimestring',
]);
/** `2026-03-02 09:12:04`, and on the page `2026/03/02 09:12:04`. */
const STAMP = /(\d{4}[-/]\d\d[-/]\d\d)[T ](\d\d:\d\d:\d\d)/;
const LOG_ID = /^0?1\d{8}$/;
const MAX_VALUE = 400;

export type Fields = Iterable<readonly [name: string, value: string]>;

/**
 * Converts a record of any format to the line that FortiOS itself writes; `undefined` if it is not an event of the
 * log.
 */
export function eventLine(fields: Fields): string | undefined {
  const known = new Map<FieldName, string>();
  let stamp: RegExpExecArray | null = null;
  for (const [raw, value] of fields) {
    const name = fieldName(raw);
    if (name && value !== '' && !known.has(name)) known.set(name, value.slice(0, MAX_VALUE));
    else if (STAMPS.has(plainName(raw))) stamp ??= STAMP.exec(value.slice(0, 64));
  }
  const id = known.get('logid')?.trim() ?? idOfAction(known);
  if (id === undefined || !LOG_ID.test(id)) return undefined;
  known.set('logid', id.padStart(10, '0'));
  const [, date, time] = stamp ?? STAMP.exec(known.get('time') ?? '') ?? [];
  if (date !== undefined && time !== undefined && !known.has('date')) {
    known.set('date', date.replaceAll('/', '-'));
    known.set('time', time);
  }
  return NAMES.flatMap((name) => {
    const value = known.get(name);
    if (value === undefined) return [];
    const bare = name === 'date' || name === 'time';
    return [
      bare ? `${name}=${value.trim()}` : `${name}="${value.replaceAll('"', "'").replaceAll(/\s+/g, ' ')}"`,
    ];
  }).join(' ');
}

/** Ids by action and what else tells the events of one action apart, where neither the id nor the type of tunnel is there. */
const IDS: Readonly<Record<string, string>> = {
  'tunnel-up login successfully': SSL_EVENT_IDS['tunnel-up ssl-web'] ?? '',
  'ssl-login login successfully': SSL_EVENT_IDS['tunnel-up ssl-web'] ?? '',
  'tunnel-up tunnel established': SSL_EVENT_IDS['tunnel-up ssl-tunnel'] ?? '',
  'negotiate failure': '0101037124',
  'negotiate negotiate_error': '0101037124',
};

function idOfAction(known: ReadonlyMap<FieldName, string>): string | undefined {
  const of = (name: FieldName) => `${known.get('action') ?? ''} ${known.get(name) ?? ''}`;
  if (known.has('tunneltype')) return SSL_EVENT_IDS[of('tunneltype')];
  if (known.get('action') === 'ssl-login-fail') return SSL_EVENT_IDS['ssl-login-fail ssl-web'];
  return IDS[of('reason')] ?? IDS[of('status')];
}

export function fieldName(raw: string): FieldName | undefined {
  const name = plainName(raw);
  return NAMES.find((each) => each === name) ?? (Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined);
}

function plainName(raw: string): string {
  return raw
    .slice(0, 60)
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '')
    .replace(/^ftntfgt/, '');
}

/** The time in milliseconds since the Unix epoch on a clock with this offset, `+0100` or `+01:00`; else in UTC. */
export function timeOnDevice(ms: number, zone = ''): string {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(ms + (sign === '-' ? -offset : offset)).toISOString();
}
