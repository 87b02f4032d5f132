import { BARE_FNBAMD, BARE_SSLVPN } from '../fortios/debug/bare-lines.ts';

/** The characteristic part of a line is near its start; the rest of a very long line is not searched. */
const LOOKAHEAD_CHARS = 4_096;
const STAMP = '^[ \\t]*(?=\\S)(?:\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})? )?';

/**
 * How lines begin, behind a time, that only the debug, sniffer or event log of a FortiGate (or FortiAuthenticator)
 * prints. Grammar: the field notes on push, section 3.
 */
const BEGINNINGS: readonly RegExp[] = [
  /\[\d{1,6}\] (?=[A-Za-z]{0,30}_)[A-Za-z_]\w{1,63}-/,
  /Connecting to server address: \S{1,64}, port n/,
  /User-Agent: fortinet\//,
  /id=\d{1,10} trace_id=\d{1,10} func=/,
  // `ike Negotiate ISAKMP SA Error: ike 0:c0ffee5a/0000:720: no SA proposal chosen`
  /(?:ike Negotiate (?:ISAKMP )?SA Error: ?)?ike (?:\d{1,10}:|V=[\w-]{1,40}:\d)/,
  /(?:\d{10}\.\d{6}: )?(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?(?:EAP: EAP entering state |EAP-[A-Z0-9]{2,12}: |eap_comm_\w{1,40}:\d|CTRL-EVENT-EAP-)/,
  /_{0,2}samld_\w{1,40} \[\d|Failed to process response message\. [Rr]et=|\[authd_\w{1,60}:\d/,
];
const BARE_BEGINNINGS: readonly RegExp[] = [new RegExp(BARE_FNBAMD), new RegExp(BARE_SSLVPN)];
const ALL_BEGINNINGS = [...BEGINNINGS, ...BARE_BEGINNINGS];
const SESSION = /\[\d{1,10}:(?=[^:\][\s]{0,63}[A-Za-z])[^:\][\s]{1,64}:[0-9a-f]{1,16}\](?=[\w['"])/;
/**
 * Other marks of such lines. A VDOM name needs a letter here, so that `[12:30:45]` stays a time of day.
 */
const PARTS: readonly RegExp[] = [
  SESSION,
  /SSL: \(where=0x[0-9a-f]{1,8} ret=|\bSSL_(?:accept|connect):/,
  /\{"sender": ?"FGT-/,
  // Behind the sender of a chat: `[11:03, 06/03/2026] Wren: id=20085 trace_id=7 func=…`
  /^\[[\d:,/ .]{8,40}\] [^:]{1,60}: id=\d{1,10} trace_id=\d{1,10} func=/,
  /\blogid="{0,3}\d{10}"{0,3}(?=[ ,]|$)/,
  /\bpushd\[\d{1,7}\]: (?:MAIN|Broker|Worker)\b/,
  /\bradiusd\[\d{1,7}\]: (?:\(\d{1,9}\) )?(?:facauth: |Reply-Message [+:]?= )/,
  // The log of a RADIUS server: its times are evidence.
  /\b(?:Sending push message\[|Push approved by user |Received Access-Request from |Sending Access-(?:Accept|Reject) to |duoauthproxy\.lib\.log#)/,
  /"__type": ?"SoftToken\./,
  /\btokeninfo=ftm_push\b/,
  /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:)?\d{1,10}\.\d{6} (?:[\w.-]{1,35} (?:in|out|--) )?[0-9a-f.:]{3,60} -> [0-9a-f.:]{3,60}: /,
  /^(?:interfaces|filters)=\[[^\]]{0,400}\]\s*$/,
];
/** One search for all of them takes a quarter of the time. */
const BEGINNING = new RegExp(`${STAMP}(?:${joinPatterns(ALL_BEGINNINGS)})`);
const PART = new RegExp(joinPatterns(PARTS));
/** Where a message may begin in a line: at its start, or behind what another program printed. */
export const BEGINS_TEXT = '(?<=^|[\\s:|>"\'*`+,;•–]|\\d-)';
const OWN_STAMP = STAMP.replace('^[ \\t]*', '');
const BEHIND_MARKS = new RegExp(
  `^[^A-Za-z]{0,60}?(?=${BEGINS_TEXT}${OWN_STAMP}(?:${joinPatterns([...ALL_BEGINNINGS, SESSION])}))`,
);
/** The same behind words, such as the name of a host or a file. */
const BEHIND_WORDS = new RegExp(
  `${BEGINS_TEXT}${OWN_STAMP}(?:${joinPatterns([...BEGINNINGS, SESSION])}|\\d{4}-\\d\\d-\\d\\dT[\\d:.+-]{8,22} \\S{1,60} (?:pushd\\[\\d{1,7}\\]: (?:MAIN|Broker|Worker)|radiusd\\[\\d{1,7}\\]: (?:\\(\\d{1,9}\\) )?(?:facauth: |Reply-M)))`,
);
const WORDS = ['[', 'ike ', 'trace_id=', 'samld_', 'EAP'];

const COMMAND =
  /^(?:[\w~-]{1,40}(?:\(\w{1,12}\))?(?: \([^()]{1,80}\))? [#$])?[ \t]*diag(?:nose)?[ \t]+(?:deb(?:ug)?|sniff?(?:er)?)[ \t]/;

/** Lines that belong to a push request if a debug line is near, and could belong to any HTTP exchange otherwise. */
const COMPANIONS = new RegExp(
  `${STAMP}(?:Connection: keep-alive|Accept-Encoding: |Accept: \\*/\\*|Content-Type: application/json|Content-Length: \\d)|^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d `,
);

/** Characters of the shortest mark, `ike 0:`. */
const SHORTEST_MARK = 6;

export function isDebugMark(line: string): boolean {
  if (line.length < SHORTEST_MARK) return false;
  const head = line.slice(0, LOOKAHEAD_CHARS);
  return BEGINNING.test(head) || PART.test(head);
}

/** Where a debug message begins in a line, if it does. */
export function findDebugMark(line: string): number | undefined {
  const marks = BEHIND_MARKS.exec(line)?.[0].length;
  if (marks !== undefined) return marks;
  return WORDS.some((word) => line.includes(word)) ? BEHIND_WORDS.exec(line)?.index : undefined;
}

/** `diagnose debug …` and `diagnose sniffer …`, typed at a prompt or on a line of their own. */
export function isDebugCommand(line: string): boolean {
  return COMMAND.test(line.slice(0, 300));
}

export function isDebugCompanion(line: string): boolean {
  return COMPANIONS.test(line.slice(0, 200));
}

function joinPatterns(patterns: readonly RegExp[]): string {
  return patterns.map(({ source }) => source).join('|');
}
