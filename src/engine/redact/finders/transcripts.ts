import { hint } from '../hint.ts';
import type { SecretKind } from '../kinds.ts';
import type { Span } from '../spans.ts';
import { lineEnd, toSpan } from '../values.ts';

interface Typed {
  readonly kind: SecretKind;
  /** Everything before the secret, which is the rest of the line. Words may be abbreviated as FortiOS allows. */
  readonly lead: RegExp;
}

const WORD = '(?:"[^"]{0,128}"|[^\\s]{1,128})[ \\t]{1,16}';

function typed(kind: SecretKind, lead: string): Typed {
  return {
    kind,
    lead: new RegExp(
      `(?<!\\w|\\w-)${lead.replaceAll('~', '[ \\t]{1,16}').replaceAll('@', WORD)}(?:\\$[A-Za-z_]\\w{1,40}[ \\t]{1,16}(?=[^\\s#<]))?(?=\\S)`,
      'i',
    ),
  };
}

const TEST_AUTH = 'dia\\w{0,6}~te\\w{0,2}~aut\\w{0,9}';

export const TYPED_HINT = hint('exe|diag|dia t|dia d|dia s');
/** Commands that take a password or a code in clear text. */
const COMMANDS: readonly Typed[] = [
  typed('password', `${TEST_AUTH}~rad\\w{0,4}~@@@`),
  typed('password', `${TEST_AUTH}~(?:ldap|tac[\\w+]{0,5}|local|pop3|cert|peer)~@@`),
  typed('secret', `${TEST_AUTH}~(?:radius|ldap)-direct~@@`),
  typed('secret', `${TEST_AUTH}~tacacs\\+-direct~@@`),
  typed('password', 'exe\\w{0,4}~(?:backup|restore)~[\\w-]{1,40}~(?:[\\w-]{1,40}~){0,2}(?:s?ftp|scp)~@@@'),
  typed('password', 'exe\\w{0,4}~(?:backup|restore)~[\\w-]{1,40}~tftp~@@'),
  typed('password', 'exe\\w{0,4}~(?:backup|restore)~[\\w-]{1,40}~usb~@'),
  typed('password', 'exe\\w{0,4}~(?:backup|restore)~config~usb-mode~'),
  typed('password', 'exe\\w{0,4}~vpn~cert\\w{0,8}~local~export~tftp~@p12~@@'),
  typed(
    'password',
    'exe\\w{0,4}~vpn~cert\\w{0,8}~local~import~(?:tftp~|(?:s?ftp|scp)~@)@@(?:(?:cer|p12)~)?(?!(?:cer|p12)\\s*$)',
  ),
  typed('password', 'exe\\w{0,4}~vpn~cert\\w{0,8}~key~(?:im|ex)port~(?:local~)?(?:tftp~|(?:s?ftp|scp)~@)@@'),
  typed(
    'password',
    'exe\\w{0,4}~(?:forticloud|fortiguard-log)~(?:login|activate|join|create-account|migrate)~@',
  ),
  typed('password', 'exe\\w{0,4}~central-mgmt~register-device~@'),
  typed('activation-code', 'exe\\w{0,4}~vm-licen[cs]e(?:(?:~|-)install)?~(?!install|options)'),
  typed('password', 'exe\\w{0,4}~vm-licen[cs]e-options~account-password~'),
  typed('password', 'exe\\w{0,4}~device~(?:add~@@@|replace~pw~@)'),
  typed('password', 'dia\\w{0,6}~dvm~device~add~@@@'),
  typed('password', 'exe\\w{0,4}~migrate~all-settings~(?:s?ftp|scp)~@@'),
  typed('password', 'exe\\w{0,4}~vpn~cert\\w{0,8}~local~generate~\\w{2,8}~@@@@@@@@@@'),
  typed('password', 'exe\\w{0,4}~vpn~cert\\w{0,8}~local~generate~[\\w-]{2,12}~.{1,200}~https?://\\S{1,200}~'),
  typed('password', 'exe\\w{0,4}~vpn~cert\\w{0,8}~local~generate~cmp~@@@@@@@'),
  typed('api-key', 'dia\\w{0,6}~sys~csf~auth\\w{0,9}~\\w{4,8}~@token~'),
  typed('otp', 'exe\\w{0,4}~fortitoken~sync~@(?=\\d{6,8}(?!\\d))'),
  // Zeros are no code: they ask for the free trial tokens.
  typed(
    'activation-code',
    'exe\\w{0,4}~fortitoken(?:-mobile~import|~import~ftm)~(?!0{4}(?:-0{4}){2,9}(?![\\w-]))',
  ),
];

export function findTypedSecrets(line: string): readonly Span[] {
  return COMMANDS.flatMap(({ kind, lead }) => {
    const match = lead.exec(line);
    if (!match) return [];
    const start = match.index + match[0].length;
    // The help of the command: `<password>`, `[<user>]`.
    if (/^\[?<(?![a-z-]{3,20}#\d)[A-Za-z]|<[a-z][\w |-]{0,60}>\s*$/i.test(line.slice(start, start + 200)))
      return [];
    return toSpan(line, { start, end: lineEnd(line), next: line.length }, kind);
  });
}
