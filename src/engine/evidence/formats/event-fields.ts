import { readLogFields } from '../../fortios/debug/log-fields.ts';

/** Fields of a log that the diagnosis uses, in the order in which the device prints them. */
const NAMES: readonly string[] =
  'date time devname oid logid subcat type subtype level vd logdesc user ui action tunneltype remip tunnelip group xauthuser xauthgroup assignip vpntunnel srcip srcport srcintf dstip dstport srccountry proto policyid policytype duration status reason serialno msg'.split(
    ' ',
  );

/**
 * Other spellings in headings of tables, CEF, LEEF, the page, and members of log servers; in lower case, letters only.
 * The last four names tell the time or hold pairs, and are not printed.
 */
const SPELLINGS: Readonly<Record<string, string>> = {
  devname: 'dvchost devicename',
  logid: 'logidentifier eventcode',
  vd: 'virtualdomain vdom',
  logdesc: 'logdescription',
  user: 'duser suser usrname username sourceusername destinationusername',
  action: 'act vendoraction deviceaction eventaction',
  remip: 'remoteip',
  assignip: 'assignedip',
  group: 'usergroup',
  srcip: 'src sourceip',
  dstip: 'dst destinationip',
  status: 'outcome',
  reason: 'eventreason',
  serialno: 'serialnumberoftoken tokenserial',
  msg: 'message',
  stamp: 'datetime absolutedatetime timestamp eventdatetime itimestring timegenerated devtime',
  eventtime: 'eventtimestamp',
  tz: 'eventtimezone',
  details: 'additionalextensions',
};
const BY_SPELLING: ReadonlyMap<string, string> = new Map([
  ...[...NAMES, ...Object.keys(SPELLINGS)].map((name) => [name, name] as const),
  ...Object.entries(SPELLINGS).flatMap(([name, others]) =>
    others.split(' ').map((other) => [other, name] as const),
  ),
]);
/** Members of log servers that hold the fields of FortiOS. */
const CONTAINERS: ReadonlySet<string> = new Set(
  '_source fields result data log json fgt fortigate fortinet firewall ad'.split(' '),
);
const VENDOR_PREFIX = /^(?:ftntfgt|fortinetfortigate|fgt)(?=.)/;

/** `2026-03-02 09:12:04`, on the page `2026/03/02 09:12:04`, of a log server `2026-03-02T08:12:04.000Z`. */
const STAMP = /(\d{4}[-/]\d\d[-/]\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,]\d{1,9})?(Z|[+-]\d\d:?\d\d)?/;
const DAY = /^\d{4}[-/]\d\d[-/]\d\d$/;
/** Seconds since the Unix epoch, to which newer releases add the digits of nanoseconds. */
const EVENT_TIME = /^(\d{10})(\d{3})?(?:\d{3}){0,2}$/;
/** An event, and a connection to the device itself; an export as numbers drops the zeros. */
const LOG_ID = /^(?:0?1\d{8}|0{0,3}1\d{6})$/;
/** Values that the device prints without quotes. */
const BARE = /^(?:[\d.:/+-]{1,45}|\d{5})$/;
const MAX_VALUE = 400;

/** Ids of events by their words: action, type of tunnel, status, reason, description, message. */
const IDS_BY_WORDS: readonly (readonly [id: string, words: RegExp])[] = [
  ['0101039426', /^ssl-login-fail\b|\bSSL VPN login fail\b/],
  ['0101039424', /^(?:tunnel-up|ssl-login)\b.{0,99} ?\b(?:ssl-web|login successfully)\b/],
  ['0101039947', /^tunnel-up\b.{0,99} (?:ssl-tunnel|(?<!SSL )tunnel established)\b/],
  ['0101039948', /^tunnel-down ssl-tunnel\b|\bSSL tunnel shutdown\b/],
  ['0101039946', /^ssl-exit-error\b|\bSSL VPN exit error\b/],
  ['0101037124', /^negotiate (?:failure|negotiate_error)|\bIPsec phase 1 error\b/],
  ['0101037121', /\bXAUTH authentication failed\b/],
  ['0101037133', /\bIPsec SA installed\b/],
  ['0100032161', /\bFortiToken mobile push message failed\b/],
  ['0100032160', /\bFortiToken mobile push message succeeded\b/],
  ['0100032159', /\bFortiToken activation failed\b/],
  ['0100053050', /\bFortiToken Cloud authentication failure\b/],
  ['0100022113', /\bAuthentication failed \d{1,6} times in the last\b/],
];
const WORDS = ['action', 'tunneltype', 'status', 'reason', 'logdesc', 'msg'];

export type Fields = Iterable<readonly [name: string, value: string]>;

/**
 * Converts a record of any format to the line that FortiOS itself writes; `undefined` if it is no record of a log that the
 * diagnosis uses. The names of FortiOS take precedence over other spellings.
 */
export function eventLine(fields: Fields): string | undefined {
  const exact = new Map<string, string>();
  const spelled = new Map<string, string>();
  for (const [raw, value] of withDetails(fields)) {
    const plain = plainName(raw);
    const name = BY_SPELLING.get(plain);
    const names = name === plain ? exact : spelled;
    if (name !== undefined && value !== '' && !names.has(name)) names.set(name, value.slice(0, MAX_VALUE));
  }
  const known = new Map([...spelled, ...exact]);
  const id = readId(known);
  if (id === undefined) return undefined;
  known.set('logid', id);
  const [date, time] = readTime(known) ?? [];
  if (date !== undefined && time !== undefined)
    known.set('date', date.replaceAll('/', '-')).set('time', time);
  const client = known.get('remip') ?? known.get('srcip') ?? known.get('dstip');
  if (client !== undefined && id.startsWith('0101')) known.set('remip', client);
  return NAMES.flatMap((name) => {
    const value = known.get(name)?.trim();
    if (value === undefined) return [];
    const isBare = BARE.test(value) && !(name === 'logid' && value.length === LOG_ID_LENGTH);
    return [isBare ? `${name}=${value}` : `${name}="${value.replaceAll('"', "'").replaceAll(/\s+/g, ' ')}"`];
  }).join(' ');
}

const LOG_ID_LENGTH = 10;

/** A record of a FortiAuthenticator keeps its short id. */
function readId(known: ReadonlyMap<string, string>): string | undefined {
  const id = known.get('logid')?.trim();
  if (id !== undefined && known.has('oid') && known.has('subcat')) return id;
  if (id !== undefined) return LOG_ID.test(id) ? id.padStart(LOG_ID_LENGTH, '0') : undefined;
  const said = WORDS.flatMap((name) => known.get(name) ?? []).join(' ');
  return IDS_BY_WORDS.find(([, words]) => words.test(said))?.[0];
}

/** Date and time on the clock of the device. */
function readTime(known: ReadonlyMap<string, string>): readonly [date: string, time: string] | undefined {
  const day = known.get('date') ?? '';
  if (DAY.test(day) && known.has('time')) return [day, known.get('time') ?? ''];
  const text = (known.get('stamp') ?? (day || (known.get('time') ?? ''))).slice(0, 64);
  const [stamp = '', date, time, zone] = STAMP.exec(text) ?? [];
  const isLocal = date !== undefined && time !== undefined;
  if (isLocal && zone === undefined) return [date, time];
  const [, seconds, thousandths = '0'] = EVENT_TIME.exec(known.get('eventtime') ?? '') ?? [];
  const tz = known.get('tz');
  const ms =
    seconds === undefined
      ? Date.parse(tz === undefined ? '' : stamp)
      : Number(seconds) * 1000 + Number(thousandths);
  if (Number.isNaN(ms)) return isLocal ? [date, time] : undefined;
  const [today = '', clock = ''] = timeOnDevice(ms, tz).split('T');
  return [today, clock.slice(0, 8)];
}

/** The time in milliseconds since the Unix epoch on a clock with this offset, `+0100` or `+01:00`; else in UTC. */
function timeOnDevice(ms: number, zone = ''): string {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return new Date(ms + (sign === '-' ? -offset : offset)).toISOString();
}

function* withDetails(fields: Fields): Fields {
  for (const field of fields) {
    if (fieldName(field[0]) === 'details') yield* readLogFields(field[1]);
    else yield field;
  }
}

/** The name of a field of FortiOS in any spelling. */
export function fieldName(raw: string): string | undefined {
  return BY_SPELLING.get(plainName(raw));
}

function plainName(raw: string): string {
  const name = raw.slice(0, 80).toLowerCase();
  const own = name.includes('.')
    ? name
        .split('.')
        .filter((part) => !CONTAINERS.has(part))
        .join('')
    : name;
  return own.replaceAll(/[^a-z\d]/g, '').replace(VENDOR_PREFIX, '');
}
