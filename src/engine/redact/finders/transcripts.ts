import type { SecretKind } from '../kinds.ts';
import type { Span } from '../spans.ts';
import { lineEnd, toSpan } from '../values.ts';

interface Typed {
  readonly kind: SecretKind;
  /** Everything before the secret, which is the rest of the line. Words may be abbreviated as FortiOS allows. */
  readonly lead: RegExp;
}

const WORD = '[^\\s]{1,128}[ \\t]{1,16}';

function typed(kind: SecretKind, lead: string): Typed {
  return {
    kind,
    lead: new RegExp(
      `(?<!\\w|\\w-)${lead.replaceAll('~', '[ \\t]{1,16}').replaceAll('@', WORD)}(?=\\S)`,
      'i',
    ),
  };
}

/** Commands that take a password or a code in clear text. */
const COMMANDS: readonly Typed[] = [
  typed('password', 'diag\\w{0,5}~test~auth\\w{0,8}~rad\\w{0,4}~@@@'),
  typed('password', 'diag\\w{0,5}~test~auth\\w{0,8}~(?:ldap|tac[\\w+]{0,5}|local|pop3|cert|peer)~@@'),
  typed('secret', 'diag\\w{0,5}~test~auth\\w{0,8}~(?:radius|ldap)-direct~@@'),
  typed('secret', 'diag\\w{0,5}~test~auth\\w{0,8}~tacacs\\+-direct~@@'),
  typed('password', 'exe\\w{0,4}~(?:backup|restore)~[\\w-]{1,40}~(?:[\\w-]{1,40}~){0,2}s?ftp~@@@'),
  typed('password', 'exe\\w{0,4}~(?:backup|restore)~[\\w-]{1,40}~tftp~@@'),
  typed('password', 'exe\\w{0,4}~(?:backup|restore)~[\\w-]{1,40}~usb~@'),
  typed('password', 'exe\\w{0,4}~vpn~cert\\w{0,8}~local~export~tftp~@p12~@@'),
  typed('password', 'exe\\w{0,4}~vpn~cert\\w{0,8}~local~import~tftp~@@p12~'),
  typed('password', 'exe\\w{0,4}~forticloud~(?:login|activate|join|create-account|migrate)~@'),
  typed('password', 'exe\\w{0,4}~central-mgmt~register-device~@'),
  typed('activation-code', 'exe\\w{0,4}~vm-licen\\w{0,3}~(?:install~)?'),
  typed('activation-code', 'exe\\w{0,4}~fortitoken-mobile~import~'),
];

export function findTypedSecrets(line: string): readonly Span[] {
  if (!/diag|exe/i.test(line)) return [];
  return COMMANDS.flatMap(({ kind, lead }) => {
    const match = lead.exec(line);
    if (!match) return [];
    const start = match.index + match[0].length;
    return toSpan(line, { start, end: lineEnd(line), next: line.length }, kind);
  });
}
