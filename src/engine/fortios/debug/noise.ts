import { SIGN_LINES } from './login-signs.ts';
import { createMultiPatternMatcher, type MultiPatternMatcher } from './multi-pattern-matcher.ts';

/** A daemon whose debug prints far more than a diagnosis looks at. */
export type NoiseDaemon = 'sslvpn' | 'fnbamd' | 'ike';

/**
 * Parts of every message that the program reads after the prefixes below. A new message needs an entry here (a test
 * compares all known messages with this list). Case-sensitive.
 */
export const MEANINGFUL_WORDS: readonly string[] = [
  'authenticate user',
  'fnbam_auth',
  'task finished with',
  'ng id ',
  'token',
  'Token',
  'two factor',
  'uses 2FA',
  'Groups sent to',
  'FNBAM opt',
  'Receive Manually',
  'Auth successful',
  'return auth success',
  'Add auth logon',
  ' failed',
  ';fails=',
  'locked: rowid',
  ' req ',
  'req id: ',
  'Found a matching user',
  'not require 2fa',
  'Failed group matching',
  'ocal password',
  'tication passed',
  'eap_local=1',
  'saml_user=',
  'ftm2_auth',
  'Sending result',
  'Push msg',
  'delete s',
  'Connecting to server',
  '{"sender"',
  'SSL: ',
  'FCT',
  'FortiClient',
  'forticlient',
  'EAP',
  'allocate IPv6',
  'XAUTH',
  'egotiation timeout',
  'authenticated group',
  'RADIUS, Access-',
  'RADIUS resp',
  'req to ser',
  ', state ',
  'Socket ',
  'DNS re',
  'req_id=',
  ...new Set(
    [...SIGN_LINES.sslvpn, ...SIGN_LINES.fnbamd, ...SIGN_LINES.ike]
      .map(([, starts]) => starts)
      .filter((starts) => starts !== 'sconn 0x'),
  ),
  'oo many bad',
  'idate the s',
];

/**
 * Of those, a part of what sslvpn prints about every connection. Such a line only matters if its session goes on with
 * another message.
 */
export const OPENING_WORDS: readonly string[] = ['SSL state:SSLv3/TLS read client hello'];

const STAMP = '(?:\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d )?';
const STAMP_LENGTH = 20;
/** A prefix of sslvpn ends with a bracket, of fnbamd with a dash, of ike otherwise. */
const HEAD = new RegExp(
  `${STAMP}(?:\\[\\d{1,10}:[\\w.-]{0,15}[A-Za-z][\\w.-]{0,15}:[0-9a-f]{1,16}\\](?=[\\w'"[])|\\[\\d{1,6}\\] [A-Za-z]{0,20}_\\w{1,40}-|ike (?:\\d{1,10}:|V=[\\w-]{1,31}:\\d))`,
  'y',
);
const DAEMONS: Readonly<Record<string, NoiseDaemon>> = { ']': 'sslvpn', '-': 'fnbamd' };
/** A second message directly after the first: `[5784:`, `[378] `; `0` is any digit. */
export const SECOND_MESSAGES: readonly string[] = Array.from({ length: 11 }, (_, more) => {
  const open = `[${'0'.repeat(more + 1)}`;
  return [`${open}:`, `${open}] `];
}).flat();
/** Columns; a line of exactly this length may continue in the next. */
const TERMINAL_COLUMNS = 80;
export const MAX_NOISE_LENGTH = 4_000;

/** The daemon whose message begins at `at`, and where its prefix begins behind a time. */
export function messageAt(
  text: string,
  at: number,
): { readonly daemon: NoiseDaemon; readonly from: number } | undefined {
  HEAD.lastIndex = at;
  if (!HEAD.test(text)) return undefined;
  const daemon = DAEMONS[text.charAt(HEAD.lastIndex - 1)] ?? 'ike';
  return { daemon, from: text.charAt(at + 4) === '-' ? at + STAMP_LENGTH : at };
}

let matcher: MultiPatternMatcher | undefined;

/**
 * The daemon of a debug line that is complete and that no part of the program uses. Of such lines only their presence
 * is recorded.
 */
export function noiseDaemon(line: string): NoiseDaemon | undefined {
  if (line.length === TERMINAL_COLUMNS || line.length > MAX_NOISE_LENGTH) return undefined;
  const message = messageAt(line, 0);
  if (!message) return undefined;
  matcher ??= createMultiPatternMatcher([], [...MEANINGFUL_WORDS, ...SECOND_MESSAGES]);
  // The bracket of the prefix begins no second message.
  return matcher.scan(line, message.from + 1) < 0 ? undefined : message.daemon;
}
