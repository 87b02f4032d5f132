import { LOG_EVENTS } from '../../fortios/debug/event-log.ts';
import { readLogFields } from '../../fortios/debug/log-fields.ts';
import { SAYING_FIELDS, VPN_EVENTS } from '../../fortios/debug/vpn-events.ts';

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
const BEGINNINGS: ReadonlySet<string> = new Set(
  [...BY_SPELLING.keys()].flatMap((name) => Array.from(name, (_, at) => name.slice(0, at + 1))),
);
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

/** Part of the words of each event. */
const ABOUT = /ssl-|SSL |tunnel-|negotiate|phase 1|XAUTH|IPsec|FortiToken|Authentication failed/;

/** Part of a value of each event: an id, pairs, or words. */
const TELLS = new RegExp(`^\\s*\\d{5,10}\\s*$|logid=|${ABOUT.source}`);

export type Fields = Iterable<readonly [name: string, value: string]>;

/**
 * Converts a record of any format to the line that FortiOS itself writes; `undefined` if it is no record of a log that the
 * diagnosis uses. The names of FortiOS take precedence over other spellings.
 */
export function eventLine(fields: Fields): string | undefined {
  const all = [...fields];
  if (!all.some(([, value]) => TELLS.test(value))) return undefined;
  const exact = new Map<string, string>();
  const spelled = new Map<string, string>();
  const spread = all.flatMap((field) =>
    fieldName(field[0]) === 'details' ? [...readLogFields(field[1])] : [field],
  );
  for (const [raw, value] of spread) {
    const name = fieldName(raw);
    const names = name === raw || name === plainName(raw) ? exact : spelled;
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
  const said = SAYING_FIELDS.flatMap((name) => known.get(name) ?? []).join(' ');
  if (!ABOUT.test(said)) return undefined;
  return [...VPN_EVENTS, ...LOG_EVENTS].find(([, , words]) => words?.test(said))?.[0];
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

/** The name of a field of FortiOS in any spelling. */
export function fieldName(raw: string): string | undefined {
  return BY_SPELLING.get(raw) ?? BY_SPELLING.get(plainName(raw));
}

/** Whether a label may begin with this word: most lines of a text do not. */
export function beginsFieldName(word: string): boolean {
  return BEGINNINGS.has(word.toLowerCase());
}

function plainName(raw: string): string {
  const name = raw.slice(0, 80).toLowerCase();
  const path = name.includes('.')
    ? name
        .split('.')
        .filter((part) => !CONTAINERS.has(part))
        .join('')
    : name;
  return path.replaceAll(/[^a-z\d]/g, '').replace(VENDOR_PREFIX, '');
}
