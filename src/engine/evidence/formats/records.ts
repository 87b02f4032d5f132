import { readLogFields } from '../../fortios/debug/log-fields.ts';
import { eventLine } from './event-fields.ts';

/** `CEF:0|Fortinet|Fortigate|v7.4.8|32161|event:system|7|…`, `CEF: 0|Fortinet|…`, `LEEF:1.0|Fortinet|FortiGate|7.4|39426|…` */
const HEAD =
  /\b(?:CEF: ?\d\|Fortinet\|(?:[^|\\]|\\.){0,100}\|(?:[^|\\]|\\.){0,40}\|(?:[^|\\]|\\.){0,40}\|(?:[^|\\]|\\.){0,200}\|(?:[^|\\]|\\.){0,20}\||LEEF: ?\d\.\d\|Fortinet\|(?:[^|]{0,100}\|){3})/;
/** Date in the syslog header. */
const DATE = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?/;
/** `=` after a name that tells what happened. */
const TELLS = /\b(?:logid|action|logdesc)=/;
/** `date=2026-03-02,time=…`, `"logid=0101039426","type=…`, `user=wren; action=…`, `level=alert|vd=…`, `logid=""0101039426""` */
const SEPARATED =
  /(?:\b|")(?:date|time|logid|type|level|user|action)="{0,3}[\w.:@+/\\-]{1,120}"{0,3}(?:[ \t]{0,2}[,;|\t]|[ \t]{2})|\blogid=(?:""|\\")/;
/** `logdesc=SSL VPN login fail action=…` */
const UNQUOTED = /\b(?:logdesc|msg|reason)=[^\s",;|=]{1,80} (?![\w.]{1,60}=)[^\s=]/;
/** Characters; what stands between the fields is the same in the whole line. */
const SEPARATED_WITHIN = 300;
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
  if (SEPARATED.test(line.slice(0, SEPARATED_WITHIN)) || UNQUOTED.test(line)) return true;
  return !line.includes('logid=') && (line.match(NAMED) ?? []).length >= MIN_NAMED;
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
