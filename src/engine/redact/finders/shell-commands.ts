import { hint, hintOfForm, joinHints } from '../hint.ts';
import type { SecretKind } from '../kinds.ts';
import { isListed, isOrdinary } from '../ordinary-words.ts';
import { findSecretKind, NAME_HINT } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { findMatches, readQuoted, readWord, SECRET_LIKE, textRange, toSpan } from '../values.ts';
import { SHELL_TOOLS, TOOL_HINT } from './shell-tools.ts';

/** `--password X` of any tool; `--password=X` is found as `name=value`, and `-psk follows` is a sentence in a diff. */
const OPTION =
  /(?<!\S)(?:-{1,2}([A-Za-z][\w-]{2,40})|\/(d))[ \t]{1,4}(?=[^\s(-])(?!=>|(?:below|follows|folgt|anbei|siehe unten)$|[^:"']{1,48}:$)/g;
/** The value of what another word of the command names: `put-parameter --name /vpn/psk --value …`. */
const HOLDER = /^(?:value|body|secret-string|secret-value|d)$/i;
/** A user and a password of any tool: `-u wren … -p X`, `/ud:wren /pd:X`, `-a wren@example.com -p X`. */
/** `-auth wren:…`, `--user wren:…` of any tool. */
const LOGIN_OPTION =
  /(?<!\S)--?(?:auth|user|userpass|basic|login)[ =]["']?[\w.@-]{1,64}:(?![a-z]+\d*(?:\s|$))(?=[^\s:"']{8,128}["']?(?:\s|$))/g;
const USER_OPTION =
  /(?<!\S)(?:--?|\/)(?:u(?:ser)?[do]?|username|a(?=[ \t]{1,4}["']?[^\s@]{1,64}@))[ \t:=]{0,4}[^\s:=]/i;
const PASSWORD_OPTION =
  /(?<!\S)[-/](?:p[do]?|pw|pass(?:word)?[do]?)(?:[ \t]{1,4}|[:=]|(?<=-p)(?=\S{8}))(?=[^\s/.-])/gi;
/** A port, or what a container publishes. */
const NO_PASSWORD = /^[\d.:,/-]+$/;

/** What a protocol or a script sends: FTP, SMTP, IMAP, expect. */
const SENT = [
  {
    hint: joinHints(
      hint('ftp> |admin:', 'PASS |AUTH |AUTHENTICATE | LOGIN '),
      hintOfForm(/^[\s>|+*•-]{0,16}root:/),
    ),
    leads: [
      /^(?:(?:.{0,160}[ ])?(?:Request:|Client:|Command:|(?:FTP|POP3?|C):|\[R\]|quote)[ ])?PASS[ ](?!\S+\.(?:test|spec)\.)(?=\S{1,128}$)/,
      /^(?:\w{1,8}>[ ]|(?:.{0,160}[ ])?(?:Request:|Client:|(?:SMTP|C):)[ ](?:\w{1,8}[ ])?|.{0,160}[ ](?=AUTH\w{0,8}[ ]\S+[ ](?=\S*[a-z])(?=\S*[A-Z])(?=\S*[\d=])"?[\w+/]{8,512}={0,2}"?$))?AUTH(?:ENTICATE)?[ ]"?(?:PLAIN|LOGIN)"?[ ](?![A-Z\d -]{4,80}$|[a-z]{2,8}[ ])(?=\S)/,
      /^ftp>[ ]user[ ]\S{1,64}[ ](?=\S{1,128}$)/,
      /^AUTH[ ](?![A-Z\d-]{1,20}$)(?=\S{4,128}$)/,
      /^(?:root|admin):(?!x:|\*|!)(?=[^\s:]{5,64}$)/,
      /^(?:(?:.{0,160}[ ])?(?:Request:|Client:|(?:IMAP|C):)[ ])?(?!create|alter|AUTH|\d{3}[ ])\w{1,8}[ ]LOGIN[ ](?:"[^"]{1,64}"|\S{1,64})[ ](?=\S)/,
    ],
  },
  // `.pgpass`: host, port, database, user, password; `router.db`: host, model, user, password; grep prints the file before it.
  {
    hint: hint(
      ':forti|:ios|:nxos:|:junos:|:asa:|:eos:|:panos:|:procurve:|:routeros:|router.db:|:*:|assword|admin:',
      ':5432:|:3306:|:1433:|:1521:|:27017:',
    ),
    leads: [
      /^(?:[\w./-]{0,100}(?:\.pgpass|router\.db):[ ]?)?[\w.*-]{1,100}:(?:(?:\d{2,5}|\*):[\w*-]{1,64}|(?:forti(?:os|gate)|ios\w{0,3}|nxos|junos|asa|eos|panos|procurve|routeros)):[\w.@*-]{1,64}:(?=[^\s:]{1,128}(?::[^\s:]{0,128})?$)/,
    ],
  },
];
const SCRIPTED = /(?<!\w)send(?:_user)?[ \t]{1,4}(?:--[ \t]{1,4})?"(?=[^"\s\\]{4,64}\\{1,2}[rn]")/g;
const SCRIPTED_HINT = hint('sendline|send "|send -|send_user|assword');
const OPTION_HINT = hint(
  '-auth |-user |--user=|-basic |-login |-cred| -p| /p|"-p"|\'-p\'| -u | -u:|/u:|/ud:|/userd:',
);
export const SHELL_HINT = joinHints(
  TOOL_HINT,
  NAME_HINT,
  OPTION_HINT,
  SCRIPTED_HINT,
  ...SENT.map((each) => each.hint),
);

/** Between the arguments of a command in a list: `["radtest", "wren", "X"]`. */
const ARGUMENTS = /[[(] ?["'](?=[^"']{1,60}["'],)|["'], ?["']/g;

export function findShellSecrets(text: string): readonly Span[] {
  const line = /["'], ?["']/.test(text)
    ? text.replaceAll(ARGUMENTS, ({ length }) => ' '.repeat(length))
    : text;
  return [
    ...(TOOL_HINT.test(line) ? toolSecrets(line) : []),
    ...(/(?<!\S)[-/]{1,2}\w/.test(line) ? optionSpans(line) : []),
    ...SENT.flatMap((sent) => (sent.hint.test(line) ? sentSecrets(line, sent.leads) : [])),
    ...(SCRIPTED_HINT.test(line) ? scriptedSecrets(line) : []),
  ];
}

function toolSecrets(line: string): readonly Span[] {
  return SHELL_TOOLS.flatMap(({ command, leads, kind }) => {
    const match = command.exec(line);
    if (!match) return [];
    const from = match.index + match[0].length;
    const rest = line.slice(from);
    return leads.flatMap((lead) => {
      const led = lead.exec(rest);
      return led
        ? // A word of a sentence about the tool.
          wordAt(line, from + led.index + led[0].length, kind).filter(
            ({ start }) => !line.startsWith('Access-', start),
          )
        : [];
    });
  });
}

function optionSpans(line: string): readonly Span[] {
  const named = findMatches(OPTION, line).flatMap((option) => {
    const name = (option[1] ?? option[2]) as string;
    const kind = HOLDER.test(name)
      ? namedBefore(line.slice(0, option.index))
      : findSecretKind(name, 'equals');
    return kind
      ? wordAt(line, option.index + option[0].length, kind).filter(
          (span) => !isListed(line.slice(span.start, span.end)),
        )
      : [];
  });
  named.push(
    ...findMatches(LOGIN_OPTION, line).flatMap((option) =>
      wordAt(line, option.index + option[0].length, 'password'),
    ),
  );
  return USER_OPTION.test(line) && !/(?<!\w)(?:mysql|mariadb)\w{0,6} .{0,300}-p /.test(line)
    ? [...named, ...passwordOptions(line)]
    : named;
}

function namedBefore(command: string): SecretKind | undefined {
  const words = command.slice(-200).split(/[\s=/]+/);
  return words.map((word) => findSecretKind(word, 'equals')).find((kind) => kind !== undefined);
}

function passwordOptions(line: string): readonly Span[] {
  return findMatches(PASSWORD_OPTION, line).flatMap((option) =>
    wordAt(line, option.index + option[0].length, 'password').filter(
      ({ start, end }) => !NO_PASSWORD.test(line.slice(start, end)),
    ),
  );
}

function sentSecrets(line: string, leads: readonly RegExp[]): readonly Span[] {
  const { start, end } = textRange(line);
  const text = line.slice(start, Math.min(end, start + 400));
  return leads.flatMap((lead) => {
    const led = lead.exec(text);
    return led ? wordAt(line, start + led[0].length, 'password') : [];
  });
}

function scriptedSecrets(line: string): readonly Span[] {
  return findMatches(SCRIPTED, line).flatMap((match): readonly Span[] => {
    const at = match.index + match[0].length;
    const value = readWord(line, at, '\\"');
    const word = line.slice(at, value.end);
    return SECRET_LIKE.test(word) || /assword/.test(line) || !isOrdinary(word)
      ? toSpan(line, value, 'password')
      : [];
  });
}

function wordAt(line: string, at: number, kind: SecretKind): readonly Span[] {
  // `--askpass <(echo …)`, `-y <(printf %s …)`
  const from =
    at +
    (/^<\((?:echo|printf)[ ](?:-n[ ]|["']?%s(?:\\n)?["']?[ ])?/.exec(line.slice(at, at + 24))?.[0].length ??
      0);
  const value = readQuoted(line, from) ?? readWord(line, from, from > at ? `"')` : `"'`);
  return toSpan(line, value, kind);
}
