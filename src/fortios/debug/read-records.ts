import type { DebugDaemon, DebugRecord } from './record.ts';
import { splitLine } from './split-line.ts';
import { readTimestamp, type Timestamp } from './timestamp.ts';

const SSLVPN = /^\[(\d{1,10}):([^:\][]{1,64}):([0-9a-f]{1,16})\]/;
const SSLVPN_FUNCTION = /^(?:\[([A-Za-z_]\w{0,80}):\d{1,6}\]|([A-Za-z_]\w{0,80}):\d{1,6}(?= )) ?/;
const FNBAMD = /^\[\d{1,6}\] ([A-Za-z_]\w{1,63})-/;
/** ftm-push prints no prefix; these are the lines known to be its own (domain notes §3.3, rows 3, 12, 13). */
const FTM_PUSH =
  /^(?:SSL: |Connecting to server address: |\{"sender": ?"FGT-|User-Agent: fortinet\/|Connection: keep-alive|Accept-Encoding: gzip, deflate|Accept: \*\/\*|Content-Type: application\/json|Content-Length: \d)/;
const FLOW = /^id=\d{1,10} trace_id=\d{1,10} /;
const IKE = /^ike (?:\d{1,10}:|V=)/;
/** Between blanks as the device prints it, between commas as an export has it; or a table with the id as a column. */
const EVENT = /\blogid="{0,3}\d{10}"{0,3}(?:[ ,]|$)|(?:^|,)"?01\d{8}"?,/;
/** Key=value lines name the id early; looking further would cost time on giant lines for nothing. */
const EVENT_REACH = 400;

/**
 * The messages in a run of lines; `start` is the number of the first line. A line without a time stamp takes the time
 * (not the stamp) of the line before when it belongs to no daemon by prefix: only the first line of a message that
 * prints several, such as an HTTP head, is stamped.
 */
export function* readRecords(lines: Iterable<string>, start = 1): Generator<DebugRecord> {
  let number = start;
  let before: Timestamp | undefined;
  for (const line of lines) {
    let own: Timestamp | undefined;
    for (const raw of splitLine(line)) {
      own = readTimestamp(raw) ?? own;
      yield recordOf(raw, number, own, before);
    }
    before = own ?? before;
    number += 1;
  }
}

function recordOf(
  raw: string,
  line: number,
  own: Timestamp | undefined,
  before: Timestamp | undefined,
): DebugRecord {
  const body = readTimestamp(raw) ? raw.slice(20) : raw;
  const read = readBody(body);
  const time = own ?? (read.daemon === 'ftm-push' || read.daemon === 'other' ? before : undefined);
  return {
    ...read,
    line,
    raw,
    ...(own ? { stamp: own.stamp } : {}),
    ...(time ? { at: time.at } : {}),
  };
}

function readBody(body: string): Pick<DebugRecord, 'daemon' | 'text' | 'session' | 'fn'> {
  const sslvpn = SSLVPN.exec(body);
  if (sslvpn) {
    const [prefix, pid = '', vdom = '', sid = ''] = sslvpn;
    const rest = body.slice(prefix.length);
    const head = SSLVPN_FUNCTION.exec(rest);
    const fn = head?.[1] ?? head?.[2];
    return {
      daemon: 'sslvpn',
      session: { pid, vdom, sid },
      ...(fn === undefined ? {} : { fn }),
      text: rest.slice(head?.[0].length ?? 0),
    };
  }
  const fnbamd = FNBAMD.exec(body);
  if (fnbamd) return { daemon: 'fnbamd', fn: fnbamd[1] ?? '', text: body.slice(fnbamd[0].length) };
  return { daemon: daemonOf(body), text: body };
}

function daemonOf(body: string): DebugDaemon {
  if (FTM_PUSH.test(body)) return 'ftm-push';
  if (FLOW.test(body)) return 'flow';
  if (IKE.test(body)) return 'ike';
  return EVENT.test(body.slice(0, EVENT_REACH)) ? 'event' : 'other';
}
