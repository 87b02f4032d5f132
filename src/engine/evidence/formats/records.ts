import { readLogFields } from '../../fortios/debug/log-fields.ts';
import { eventLine } from './event-fields.ts';

/** `CEF:0|Fortinet|Fortigate|v7.4.8|32161|event:system|7|…`, `CEF: 0|Fortinet|…`, `LEEF:1.0|Fortinet|FortiGate|7.4|39426|…` */
const HEAD =
  /\b(?:CEF: ?\d\|Fortinet\|(?:[^|\\]|\\.){0,100}\|(?:[^|\\]|\\.){0,40}\|(?:[^|\\]|\\.){0,40}\|(?:[^|\\]|\\.){0,200}\|(?:[^|\\]|\\.){0,20}\||LEEF: ?\d\.\d\|Fortinet\|(?:[^|]{0,100}\|){3})/;
/** Part of a text that is one line of a log. */
export const LOG_LINE =
  /\blogid="?\d{10}|\[\d{1,10}:[^:\][\s]{1,64}:[0-9a-f]{1,16}\]|\[\d{1,6}\] [A-Za-z]{0,30}_\w{1,63}-|SSL: \(where=|CEF:\d/;
/** Date in the syslog header. */
const DATE = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/;
/** `=` after a name that tells what happened. */
const TELLS = /\b(?:logid|action|logdesc)=/;
/** `date=2026-03-02,time=…`, `"logid=0101039426","type=…`, `user=wren; action=…`, `level=alert|vd=…`, `logid=""0101039426""` */
const SEPARATED =
  /(?:\b|")(?:date|time|logid|type|level|user|action)="{0,3}[\w.:@+/\\-]{1,120}"{0,3}(?:[ \t]{0,2}[,;|\t]|[ \t]{2})|\blogid=(?:""|\\")/;
/** `logdesc=SSL VPN login fail action=…` */
const UNQUOTED = /\b(?:logdesc|msg|reason)=[^\s",;|=]{1,80} (?![\w.]{1,60}=)[^\s=]/;
/** Characters: the separator is the same in the whole line. */
const SEPARATED_WITHIN = 300;
/** `date=…`, `"date=…`, `1: date=…`, `<189>date=…`, `Mar 02 09:12:04 fgt-heron date=…`, `<189>1 2026-03-02T09:12:04Z fgt-heron - - - date=…` */
const BEGINS =
  /^\s{0,8}(?:<\d{1,3}>)?(?:\d{1,6}:? )?(?:(?:[A-Z][a-z]{2} {1,2}\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ][\d:.,]{8,18}(?:Z|[+-]\d\d:?\d\d)?)(?: {1,2}[^\s=]{1,64}){0,6} {1,2})?["([]{0,2}[A-Za-z_]\w{0,40}=/;
/** Names that other products do not use. */
const FORTIOS = /\b(?:remip|tunneltype|tunnelid|devname|devid|logdesc|vd|subtype|xauthuser)=/;
/** `product=OtherVPN` */
const OTHER_PRODUCT = /(?:product|vendor)="{0,3}(?!Forti)\w/i;
/** What a record without an id has besides the words that tell what happened. */
const MIN_NAMED = 4;
const NAMED = /(?:^|[\s,;|"])(?:date|time|user|remip|action|status|reason|logdesc|msg|tunneltype)=/g;

/** `2026/03/02 09:12:04  SSL VPN login fail  ssl-login-fail  wren  203.0.113.9  sslvpn_login_unknown_user`: copied from the log view of the GUI, without its heading. */
const ROW =
  /^(?:(\d{4}[-/]\d\d[-/]\d\d \d\d:\d\d:\d\d)(?:\t| {2,}))?[ \t]{0,8}SSL VPN [\w ]{2,30}?(?:\t| {2,})(ssl-login-fail|ssl-login|tunnel-up)(?:\t| {2,})(\S{1,120})(?:\t| {2,})(\d{1,3}(?:\.\d{1,3}){3})(?:\t| {2,})(\w[\w ]{2,60})$/;

/** A cheap test: false for lines as FortiOS writes them. */
export function mayBeRecord(line: string): boolean {
  if (!line.includes('=')) return isRow(line);
  if (line.includes('EF:') && HEAD.test(line.slice(0, 1_000))) return true;
  if (!TELLS.test(line)) return isRow(line);
  const hasId = line.includes('logid=');
  if (!hasId && !(BEGINS.test(line) && FORTIOS.test(line) && !OTHER_PRODUCT.test(line))) return false;
  if (SEPARATED.test(line.slice(0, SEPARATED_WITHIN)) || UNQUOTED.test(line)) return true;
  return !hasId && (line.match(NAMED) ?? []).length >= MIN_NAMED;
}

function isRow(line: string): boolean {
  return line.length < 300 && line.slice(0, 40).includes('SSL VPN ');
}

/** A record in one line as the line of the event log; `undefined` if it is none, or is such a line already. */
export function readRecord(line: string): string | undefined {
  if (!mayBeRecord(line)) return undefined;
  if (isRow(line)) return readRow(line);
  const head = HEAD.exec(line.slice(0, 1_000));
  if (!head) return eventLine(readLogFields(line));
  const [stamp = ''] = DATE.exec(line.slice(0, head.index)) ?? [];
  const fields = [...readLogFields(line.slice(head.index + head[0].length))].map(
    ([name, value]) => [name, value.replaceAll(/\\([=\\|])/g, '$1')] as const,
  );
  return eventLine([...fields, ['stamp', stamp]]);
}

function readRow(line: string): string | undefined {
  const [row, stamp = '', action = '', user = '', remip = '', reason = ''] = ROW.exec(line.trimEnd()) ?? [];
  return row && eventLine(Object.entries({ stamp, action, user, remip, reason }));
}
