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

/**
 * Most lines hold no part of these words, which a matcher tells in a fifth of the time of the expression. It is made for
 * a long log only: that and its first use take 3 ms.
 */
const LINES_OF_A_SHORT_LOG = 2_000;
let linesSeen = 0;
let matcher: MultiPatternMatcher | undefined;
const MEANINGFUL = new RegExp(
  MEANINGFUL_WORDS.map((word) => word.replaceAll(/[{()}[\]?]/g, '\\$&')).join('|'),
);
const STAMP = '(?:\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d )?';
const HEAD = new RegExp(
  `^${STAMP}(?:(\\[\\d{1,10}:[\\w.-]{0,15}[A-Za-z][\\w.-]{0,15}:[0-9a-f]{1,16}\\](?=[\\w'"[]))|(\\[\\d{1,6}\\] [A-Za-z]{0,20}_\\w{1,40}-)|ike (?:\\d{1,10}:|V=[\\w-]{1,31}:\\d))`,
);
/** A second message directly after the first. */
const SECOND = /\[\d{1,11}:|\[\d{1,11}\] [A-Za-z_]/g;
/** Columns; a line of exactly this length may continue in the next. */
const TERMINAL_COLUMNS = 80;
const MAX_LINE_LENGTH = 4_000;

/**
 * The daemon of a debug line that is complete and that no part of the program uses. Of such lines only their presence
 * is recorded.
 */
export function noiseDaemon(line: string): NoiseDaemon | undefined {
  if (line.length === TERMINAL_COLUMNS || line.length > MAX_LINE_LENGTH) return undefined;
  const head = HEAD.exec(line);
  if (!head || isMeaningful(line)) return undefined;
  if (hasSecond(line, head[0].length)) return undefined;
  if (head[1] !== undefined) return 'sslvpn';
  return head[2] === undefined ? 'ike' : 'fnbamd';
}

function hasSecond(line: string, from: number): boolean {
  SECOND.lastIndex = line.indexOf('[', from);
  return SECOND.lastIndex >= from && SECOND.test(line);
}

function isMeaningful(line: string): boolean {
  linesSeen += 1;
  if (linesSeen > LINES_OF_A_SHORT_LOG) {
    matcher ??= createMultiPatternMatcher(
      MEANINGFUL_WORDS.map((word) => ({ word, isExact: true, isEnough: true })),
    );
    if (!matcher.find(line)) return false;
  }
  return MEANINGFUL.test(line);
}
