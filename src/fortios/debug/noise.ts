/** A daemon whose debug prints far more than a diagnosis looks at. */
export type NoiseDaemon = 'sslvpn' | 'fnbamd' | 'ike';

/**
 * Words of every message that this house reads behind the prefixes below; whoever teaches it a new one adds its words
 * here (a test holds all known messages against this list). Case matters.
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
  'XAUTH',
  'egotiation timeout',
  'authenticated group',
  'RADIUS, Access-',
  'RADIUS resp',
  'req to ser',
  'oo many bad',
  'idate the s',
];

const MEANINGFUL = new RegExp(MEANINGFUL_WORDS.map((word) => word.replaceAll(/[{()}]/g, '\\$&')).join('|'));
const STAMP = '(?:\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d )?';
const HEAD = new RegExp(
  `^${STAMP}(?:(\\[\\d{1,10}:[\\w.-]{0,15}[A-Za-z][\\w.-]{0,15}:[0-9a-f]{1,16}\\](?=[\\w'"[]))|(\\[\\d{1,6}\\] [A-Za-z]{0,20}_\\w{1,40}-)|ike (?:\\d{1,10}:|V=[\\w-]{1,31}:\\d))`,
);
/** Another message, glued to the first. */
const SECOND = /\[\d{1,11}:|\[\d{1,11}\] [A-Za-z_]/;
/** A line just as long as a terminal is wide may go on in the next. */
const TERMINAL = 80;
const MAX_LINE_LENGTH = 4_000;

/**
 * The daemon that printed a line of debug which is of no use: nothing in it is read by anything in this house, and it
 * is whole. Of such lines only that they were there is kept.
 */
export function noiseDaemon(line: string): NoiseDaemon | undefined {
  if (line.length === TERMINAL || line.length > MAX_LINE_LENGTH) return undefined;
  const head = HEAD.exec(line);
  if (!head || SECOND.test(line.slice(head[0].length)) || MEANINGFUL.test(line)) return undefined;
  if (head[1] !== undefined) return 'sslvpn';
  return head[2] === undefined ? 'ike' : 'fnbamd';
}
