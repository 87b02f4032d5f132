import type { SecretKind } from '../kinds.ts';
import { secretKindOf } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { readQuoted, readWord, toSpan } from '../values.ts';

interface ShellCommand {
  readonly command: RegExp;
  /** Everything before a secret, searched after the command. */
  readonly leads: readonly RegExp[];
  readonly kind: SecretKind;
}

/** Tools that support engineers use to test a FortiGate; one of their words is a secret. */
const COMMANDS: readonly ShellCommand[] = [
  {
    command: /(?<!\w|\w-)radtest[ \t]/,
    leads: [
      /^(?:-\w(?:[ \t]{1,4}(?:pap|chap|mschap|eap-md5))?[ \t]{1,4}){0,4}\S{1,128}[ \t]{1,4}/,
      /^.{1,300}[ \t]\d{1,5}[ \t]{1,4}(?=\S{1,128}\s*$)/,
    ],
    kind: 'password',
  },
  {
    command: /(?<!\w|\w-)radclient[ \t]/,
    leads: [/[ \t](?:auth|acct|status|coa|disconnect|auto)[ \t]{1,4}/],
    kind: 'secret',
  },
  {
    command: /(?<!\w|\w-)ldap(?:search|modify|compare)[ \t]/,
    leads: [/(?<!\S)-w[ \t]{0,4}/],
    kind: 'password',
  },
  {
    command: /(?<!\w|\w-)snmp(?:walk|get|bulkwalk|getnext|set|table)[ \t]/,
    leads: [/(?<!\S)-c[ \t]{0,4}/, /(?<!\S)-A[ \t]{0,4}/, /(?<!\S)-X[ \t]{0,4}/],
    kind: 'community',
  },
  {
    command: /(?<!\w|\w-)(?:curl|wget)[ \t]/,
    leads: [/(?<!\S)(?:-u|-U|--user|--proxy-user)[ \t=]{0,4}["']?[^\s:"']{1,128}:/],
    kind: 'password',
  },
  {
    command: /(?<!\w|\w-)(?:plink|pscp|putty)(?:\.exe)?[ \t]/,
    leads: [/(?<!\S)-pw[ \t]{1,4}/],
    kind: 'password',
  },
  {
    command: /(?<!\w|\w-)(?:ssh|scp|sftp|rsync)[ \t]/,
    leads: [/(?<!\S)[^\s:@/]{1,64}:(?=(?=\S{0,63}\d)[^\s@/]{8,64}@)/],
    kind: 'password',
  },
  { command: /(?<!\w|\w-)sshpass[ \t]/, leads: [/^[ \t]{0,4}-p[ \t]{0,4}/], kind: 'password' },
  { command: /(?<!\w|\w-)openfortivpn[ \t]/, leads: [/(?<!\S)-[po][ \t]{1,4}/], kind: 'password' },
];
/** Names of the commands; much cheaper to search for. */
const HINT = /radtest|radclient|ldap|snmp|curl|wget|plink|pscp|putty|ssh|scp|sftp|rsync|openfortivpn/;
/** `--password X` of any tool; `--password=X` is found as `name=value`. */
const OPTION = /(?<!\S)-{1,2}([a-z][\w-]{2,40})[ \t]{1,4}(?=[^\s-])/g;

export function findShellSecrets(line: string): readonly Span[] {
  const options = line.includes('-') ? optionSpans(line) : [];
  if (!HINT.test(line)) return options;
  const found = COMMANDS.flatMap(({ command, leads, kind }) => {
    const match = command.exec(line);
    if (!match) return [];
    const from = match.index + match[0].length;
    const rest = line.slice(from);
    return leads.flatMap((lead) => {
      const led = lead.exec(rest);
      return led ? wordAt(line, from + led.index + led[0].length, kind) : [];
    });
  });
  return [...found, ...options];
}

function optionSpans(line: string): readonly Span[] {
  return Array.from(line.matchAll(OPTION)).flatMap((option) => {
    const kind = secretKindOf(option[1] as string, 'equals');
    return kind ? wordAt(line, option.index + option[0].length, kind) : [];
  });
}

function wordAt(line: string, at: number, kind: SecretKind): readonly Span[] {
  const value = readQuoted(line, at) ?? readWord(line, at, `"'`);
  return toSpan(line, value, kind);
}
