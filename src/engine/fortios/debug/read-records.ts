import { BARE_FNBAMD, BARE_SSLVPN } from './bare-lines.ts';
import { splitEndpointLine } from './endpoint-signs.ts';
import type { DebugDaemon, DebugRecord, SslVpnSession } from './record.ts';
import { splitLine } from './split-line.ts';
import { afterTimestamp, readTimestamp, type Timestamp } from './timestamp.ts';

const SSLVPN = /^\[(\d{1,10}):([^:\][]{1,64}):([0-9a-f]{1,16})\]/;
const SSLVPN_FUNCTION = /^(?:\[[A-Za-z_]\w{0,80}:\d{1,6}\]|[A-Za-z_]\w{0,80}:\d{1,6}(?= )) ?/;
const FNBAMD = /^\[\d{1,6}\] [A-Za-z_]\w{1,63}-/;
const FNBAMD_WITHOUT_PREFIX = new RegExp(`^${BARE_FNBAMD}`);
/** Lines of sslvpn without a function, too: `invalid auth params for user 'rook'`, `group_desc[0].grpname = staff`. */
const SSLVPN_WITHOUT_PREFIX = new RegExp(
  `^(?:${BARE_SSLVPN}|invalid auth params for user '|group_desc\\[\\d|req: /remote/|SSL established: |SSL state:|client cert requirement: )`,
);
const UNKNOWN_SESSION: SslVpnSession = { pid: '', sid: '' };
const OPEN = 0x5b;
const BLANK = 0x20;
const TAB = 0x09;
/**
 * Characters. A placeholder is shorter than the value that it replaced; a terminal line does not grow beyond this by
 * it.
 */
const MAX_HIDDEN = 400;
const HIDDEN = /<[a-z][a-z-]{0,40}#\d{1,6}>/;
/** ftm-push prints no prefix; these are its known lines (domain notes §3.3, rows 3, 12, 13). */
const FTM_PUSH =
  /^(?:SSL: | ?SSL_(?:accept|connect):|Connecting to server address: |\{"sender": ?"FGT-|User-Agent: fortinet\/|Connection: keep-alive|Accept-Encoding: gzip, deflate|Accept: \*\/\*|Content-Type: application\/json|Content-Length: \d)/;
/** Announces each step of a handshake and carries no information (SSL_CB_ACCEPT_LOOP, SSL_CB_CONNECT_LOOP). */
const SILENT_STEP = /^SSL: \(where=0x[12]001 /;
/** Also behind the sender of a chat: `[11:03, 06/03/2026] Wren: id=20085 trace_id=7 func=…` */
const FLOW = /^(?:\[[\d:,/ .]{8,40}\] [^:]{1,60}: )?id=\d{1,10} trace_id=\d{1,10} /;
const IKE = /^ike (?:\d{1,10}:|V=|Negotiate )/;
/**
 * eap_proxy is an internal RADIUS server for EAP. Its lines are those of hostapd; on some releases after a time in
 * seconds since the epoch, which another time of day may follow (article 227138). They name no
 * user and no session: they only show that the debug was enabled.
 */
const EAP_PROXY =
  /^(?:\d{10}\.\d{6}: )?(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?(?:EAP: |EAP-[A-Z0-9]{2,12}: |eap_comm_\w{1,40}:\d|RADIUS SRV: |CTRL-EVENT-EAP-)/;
/** `samld_process_request [145]: len=228, cmd=0`; the document that it dumps has no prefix. */
const SAMLD =
  /^(?:_{0,2}samld_\w|__update_sp_|IDP sig verify|Failed to process response message\. ret=|<saml2?p:)/i;
/** `[authd_local_saml_auth:5778]: SAML login with UID …` */
const AUTHD = /^\[authd_\w{1,60}:\d/;
/** Between blanks as the device prints it, between commas as in an export; or a table with the id as a column. */
const EVENT = /\blogid="{0,3}\d{10}"{0,3}(?:[ ,]|$)|(?:^|[,;|\t])"?01\d{8}"?(?:[,;|\t\r]|$)/;
/** Characters. Key=value lines have the id near the start; searching further would waste time on very long lines. */
const EVENT_ID_WITHIN = 400;

/**
 * Columns of a terminal that splits long lines: then no line is longer, and every split line has exactly this length.
 */
const TERMINAL_COLUMNS = 80;
const MAX_JOINED_LENGTH = 16_384;
/** The beginning of a line that does not continue a message: a prompt, a command, an export. */
const OWN_LINE =
  /^(?:[\w~-]{1,40}(?:\(\w{1,12}\))?(?: \([^()]{1,80}\))? [#$](?: |$)|diag|config |date=|"date=|\d{1,10}\.\d{6} )/;

export interface RecordReader {
  /** Returns the messages that are complete with this line; a line that a terminal split waits for the next. */
  line(text: string, number: number): readonly DebugRecord[];
  /** Lines that were not kept: only the time of the last and the length of the longest matter. */
  pass(last: string, longest: number): readonly DebugRecord[];
  end(): readonly DebugRecord[];
}

/**
 * Reads lines as messages. A line without a time stamp and without a daemon's prefix takes the time (not the stamp) of
 * the line before: of a message of several lines, such as an HTTP header, only the first line is stamped. A line with
 * a daemon's prefix that lost its stamp takes none, because it may be of any later time. Lines that an 80-column
 * terminal split are joined.
 */
export function createRecordReader(): RecordReader {
  let before: Timestamp | undefined;
  let wrapped = true;
  let held: { text: string; readonly number: number } | undefined;
  /** A line without a session is about the one before it. */
  let session = UNKNOWN_SESSION;

  function read(text: string, number: number): DebugRecord[] {
    let own: Timestamp | undefined;
    const records: DebugRecord[] = [];
    for (const raw of splitLine(text)) {
      if (SILENT_STEP.test(raw)) continue;
      own = readTimestamp(trimIndent(raw)) ?? own;
      const record = toRecord(raw, number, own, before);
      if (record.daemon === 'sslvpn') record.session ??= session;
      session = record.session ?? session;
      records.push(record);
    }
    before = own ?? before;
    return records;
  }

  function release(): DebugRecord[] {
    const ready = held;
    held = undefined;
    return ready ? read(ready.text, ready.number) : [];
  }

  return {
    end: release,

    line(text, number) {
      if (text.length > TERMINAL_COLUMNS && !(text.length < MAX_HIDDEN && HIDDEN.test(text))) wrapped = false;
      if (held && wrapped && continuesMessage(text) && held.text.length < MAX_JOINED_LENGTH) {
        held.text += text;
        return text.length === TERMINAL_COLUMNS ? [] : release();
      }
      const ready = release();
      if (wrapped && text.length === TERMINAL_COLUMNS && isMarked(text)) {
        held = { text, number };
        return ready;
      }
      return ready.length > 0 ? [...ready, ...read(text, number)] : read(text, number);
    },

    pass(last, longest) {
      const ready = release();
      if (longest > TERMINAL_COLUMNS) wrapped = false;
      before = readTimestamp(last) ?? before;
      return ready;
    },
  };
}

/** The messages in a run of lines; `start` is the number of the first line. */
export function* readRecords(lines: Iterable<string>, start = 1): Generator<DebugRecord> {
  const reader = createRecordReader();
  let number = start;
  for (const line of lines) {
    yield* reader.line(line, number);
    number += 1;
  }
  yield* reader.end();
}

/** Whether a line continues a message that the terminal split: it has no beginning of its own. */
function continuesMessage(text: string): boolean {
  return text !== '' && !isMarked(text) && !OWN_LINE.test(text);
}

function isMarked(text: string): boolean {
  if (readTimestamp(text)) return true;
  return (
    SSLVPN.test(text) ||
    FNBAMD.test(text) ||
    FNBAMD_WITHOUT_PREFIX.test(text) ||
    detectDaemon(text) !== 'other'
  );
}

/** A paste may be indented, as in a mail or a code block. */
function trimIndent(raw: string): string {
  const first = raw.charCodeAt(0);
  return first === BLANK || first === TAB ? raw.trimStart() : raw;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function toRecord(
  raw: string,
  line: number,
  own: Timestamp | undefined,
  before: Timestamp | undefined,
): Writable<DebugRecord> {
  const text = trimIndent(raw);
  const once = readTimestamp(text) ? afterTimestamp(text) : text;
  // fnbamd ends a line with a stamp, and ike continues in it with its own.
  const body = once !== text && readTimestamp(once) ? afterTimestamp(once) : once;
  const record = readBody(body, line, raw);
  if (own) record.stamp = own.stamp;
  const time = own ?? (record.daemon === 'ftm-push' || record.daemon === 'other' ? before : undefined);
  if (time) record.at = time.at;
  return record;
}

function readBody(body: string, line: number, raw: string): Writable<DebugRecord> {
  const bracket = body.charCodeAt(0) === OPEN;
  const sslvpn = bracket ? SSLVPN.exec(body) : null;
  if (sslvpn) {
    const [prefix, pid = '', vdom = '', sid = ''] = sslvpn;
    return { ...readSslvpnBody(body.slice(prefix.length), line, raw), session: { pid, vdom, sid } };
  }
  const fnbamd = bracket ? FNBAMD.exec(body) : null;
  const [prefix] = fnbamd ?? FNBAMD_WITHOUT_PREFIX.exec(body) ?? [];
  if (prefix !== undefined) return { daemon: 'fnbamd', line, raw, text: body.slice(prefix.length) };
  const daemon = detectDaemon(body);
  if (daemon === 'other' && SSLVPN_WITHOUT_PREFIX.test(body)) return readSslvpnBody(body, line, raw);
  const endpoint = daemon === 'other' ? splitEndpointLine(body) : undefined;
  return endpoint ? { ...endpoint, line, raw } : { daemon, line, raw, text: body };
}

function readSslvpnBody(body: string, line: number, raw: string): Writable<DebugRecord> {
  return { daemon: 'sslvpn', line, raw, text: body.replace(SSLVPN_FUNCTION, '') };
}

function detectDaemon(body: string): DebugDaemon {
  if (FTM_PUSH.test(body)) return 'ftm-push';
  if (FLOW.test(body)) return 'flow';
  if (IKE.test(body)) return 'ike';
  if (EAP_PROXY.test(body)) return 'eap_proxy';
  if (SAMLD.test(body)) return 'samld';
  if (AUTHD.test(body)) return 'authd';
  return EVENT.test(body.slice(0, EVENT_ID_WITHIN)) ? 'event' : 'other';
}
