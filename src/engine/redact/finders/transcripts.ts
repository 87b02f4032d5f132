import { hint, splitCells } from '../hint.ts';
import type { SecretKind } from '../kinds.ts';
import type { Span } from '../spans.ts';
import { lineEnd, toSpan } from '../values.ts';

interface Typed {
  readonly kind: SecretKind;
  /** Everything before the secret, which is the rest of the line. Words may be abbreviated as FortiOS allows. */
  readonly lead: RegExp;
}

const WORD = '(?:"[^"]{0,128}"|[^\\s]{1,128})[ \\t]{1,16}';

/** Words that may be abbreviated. */
const ABBREVIATED: Readonly<Record<string, string>> = {
  exe: 'exe\\w{0,4}',
  dia: 'dia\\w{0,6}',
  cert: 'cert\\w{0,8}',
};

function typedCommand(strings: TemplateStringsArray): Typed {
  const [kind, lead = ''] = splitCells(strings);
  const words = lead.replaceAll(/\b(exe|dia|cert)(?=~)/g, (word) => ABBREVIATED[word] ?? word);
  return {
    kind: kind as SecretKind,
    lead: new RegExp(
      `(?<!\\w|\\w-)${words.replaceAll('~', '[ \\t]{1,16}').replaceAll('@', WORD)}(?:\\$[A-Za-z_]\\w{1,40}[ \\t]{1,16}(?=[^\\s#<]))?(?=\\S)`,
      'i',
    ),
  };
}

export const TYPED_HINT = hint('exe|diag|dia t|dia d|dia s');
/** Commands that take a password or a code in clear text. */
const COMMANDS: readonly Typed[] = [
  typedCommand`password ⟶ dia~te\w{0,2}~aut\w{0,9}~rad\w{0,4}~@@@`,
  typedCommand`password ⟶ dia~te\w{0,2}~aut\w{0,9}~(?:ldap|tac[\w+]{0,5}|local|pop3|cert|peer)~@@`,
  typedCommand`secret ⟶ dia~te\w{0,2}~aut\w{0,9}~(?:radius|ldap)-direct~@@`,
  typedCommand`secret ⟶ dia~te\w{0,2}~aut\w{0,9}~tacacs\+-direct~@@`,
  typedCommand`password ⟶ exe~(?:backup|restore)~[\w-]{1,40}~(?:[\w-]{1,40}~){0,2}(?:s?ftp|scp)~@@@`,
  typedCommand`password ⟶ exe~(?:backup|restore)~[\w-]{1,40}~tftp~@@`,
  typedCommand`password ⟶ exe~(?:backup|restore)~[\w-]{1,40}~usb~@`,
  typedCommand`password ⟶ exe~(?:backup|restore)~config~usb-mode~`,
  typedCommand`password ⟶ exe~vpn~cert~local~export~tftp~@p12~@@`,
  typedCommand`password ⟶ exe~vpn~cert~local~import~(?:tftp~|(?:s?ftp|scp)~@)@@(?:(?:cer|p12)~)?(?!(?:cer|p12)\s*$)`,
  typedCommand`password ⟶ exe~vpn~cert~key~(?:im|ex)port~(?:local~)?(?:tftp~|(?:s?ftp|scp)~@)@@`,
  typedCommand`password ⟶ exe~(?:forticloud|fortiguard-log)~(?:login|activate|join|create-account|migrate)~@`,
  typedCommand`password ⟶ exe~central-mgmt~register-device~@`,
  typedCommand`activation-code ⟶ exe~vm-licen[cs]e(?:(?:~|-)install)?~(?!install|options)`,
  typedCommand`password ⟶ exe~vm-licen[cs]e-options~account-password~`,
  typedCommand`password ⟶ (?:exe~|dia~dvm~)device~(?:add~(?:(?:\d{1,3}\.){3}\d{1,3}~@|@@@)|replace~pw~@)`,
  typedCommand`password ⟶ exe~migrate~all-settings~(?:s?ftp|scp)~@@`,
  typedCommand`password ⟶ exe~vpn~cert~local~generate~\w{2,8}~@@@@@@@@@@`,
  typedCommand`password ⟶ exe~vpn~cert~local~generate~[\w-]{2,12}~.{1,200}~https?://\S{1,200}~`,
  typedCommand`password ⟶ exe~vpn~cert~local~generate~cmp~@@@@@@@`,
  typedCommand`api-key ⟶ dia~sys~csf~auth\w{0,9}~\w{4,8}~@token~`,
  typedCommand`otp ⟶ exe~fortitoken~sync~@(?=\d{6,8}(?!\d))`,
  typedCommand`psk ⟶ exe~fortitoken~import~(?!ftm~)@(?:(?:\d{1,3}\.){3}\d{1,3}~)?`,
  // Zeros are no code: they ask for the free trial tokens.
  typedCommand`activation-code ⟶ exe~fortitoken(?:-mobile~import|~import~ftm)~(?!0{4}(?:-0{4}){2,9}(?![\w-]))`,
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
