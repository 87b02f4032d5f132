import type { SecretKind } from '../../kinds.ts';
import { isOrdinary } from '../../ordinary-words.ts';
import { findSecretKind, isHarmlessName } from '../../secret-names.ts';
import type { Span } from '../../spans.ts';
import { findMatches, readQuoted, readWord, SECRET_LIKE, toSpan } from '../../values.ts';
import { secretAt, WRITTEN } from './statement.ts';

/** One line holds the whole path to a setting: Junos, PAN-OS, VyOS, Check Point. */
const PATH = new Set(['set', 'add', 'edit', 'merge', 'replace']);
/** First words of IOS, NX-OS, ASA, ProVision, Comware and VRP: behind the name of a secret any word is one. */
const SWITCH = new Set(
  `area authentication authentication-key authentication-mode bfd configure create crypto crypto-local digest enable glbp hwtacacs-server ip ipsec isis
   key-string line local-user ntp ospf passwd password peer ppp pre-shared-key primary radius-server secondary
   server-private snmp-agent snmp-server snmpv3 standby super syscon tacacs-server username vrrp wpa-psk`.split(
    /\s+/,
  ),
);
const WORD = /"[^"]{0,400}"|'[^']{0,400}'|\S{1,400}/g;
const MAX_LINE = 2000;
/** Words between the name and the value: how it is written, and its number. */
const BETWEEN = new RegExp(`^(?:${WRITTEN}|key|value|text|\\d{1,2})$`, 'i');
const ALGORITHM = /^(?:md5|sha[\w-]{0,8}|hmac-[\w-]{2,12}|3?des|aes[\w-]{0,8}|text|ascii)$/i;
const SWITCH_BETWEEN =
  /^(?:level|role|\d{1,10}|mode|key-id|inbound|outbound|esp|ah|local|remote|password|key-string|manager|operator|user-name)$/i;
/** Names that only such a path has. */
const NAMES: Readonly<Record<string, SecretKind>> = {
  'Shared-Sec': 'psk',
  phash: 'password-hash',
  'password-hash': 'password-hash',
  'expert-password-hash': 'password-hash',
  'community-name': 'community',
  'snmp-community-string': 'community',
  'auth-pass-phrase': 'password',
  'privacy-pass-phrase': 'password',
  'plain-text-password-value': 'password',
};
/** `standby 1 authentication …` */
const GATEWAY = /^(?:standby|vrrp|glbp)$/;
/** Of a switch, where an algorithm follows: `auth sha …`. */
const BEFORE_ALGORITHM = /^(?:auth|priv|authentication|authentication-mode|privacy|privacy-mode)$/i;

interface Word {
  readonly text: string;
  readonly at: number;
}

/** The words behind the names of secrets, in a line that begins like a statement. */
export function findPathSecrets(line: string, from: number, first: string): readonly Span[] {
  const isSwitch = SWITCH.has(first);
  if ((!isSwitch && !PATH.has(first)) || line.length > MAX_LINE) return [];
  const words = findMatches(WORD, line.slice(from)).map((word) => ({ text: word[0], at: from + word.index }));
  return isSwitch ? inStatement(line, words, first) : inPath(line, words);
}

/** `username wren privilege 15 secret 5 …`, `snmp-server user wren all v3 auth sha … priv aes 128 …` */
function inStatement(line: string, words: readonly Word[], first: string): readonly Span[] {
  return words.flatMap(({ text }, index): readonly Span[] => {
    const behind = words[index + 1]?.text ?? '';
    const isBefore = BEFORE_ALGORITHM.test(text);
    const isCoded = isBefore && !GATEWAY.test(first);
    if (isCoded && !ALGORITHM.test(behind) && !/^0x[\da-f]{16}/.test(behind)) return [];
    if (/[^a-z\d-]/.test(text)) return [];
    const kind = isBefore ? 'password' : findSecretKind(text.replace(/-cipher$/, ''), 'set');
    if (kind === undefined || kind === 'community') return [];
    if (isHarmlessName(`${words[index - 1]?.text} ${text}`)) return [];
    // `Password expires in 14 days`
    if (index === 0 && /^pass/i.test(text) && words.length > 2 && !isBetween(behind)) return [];
    let next = index + 1;
    while (isBetween(words[next]?.text ?? '') && !isLastNumber(words, next))
      next += words[next]?.text === 'user-name' ? 2 : 1;
    const at = words[next]?.at;
    return at === undefined || /[=|:]/.test(line[at] ?? '') ? [] : secretAt(line, at, kind);
  });
}

/** `tacacs-server host 192.0.2.1 key 66108671`; the number of a key is short. */
function isLastNumber(words: readonly Word[], at: number): boolean {
  return at === words.length - 1 && /^\d{4,10}$/.test(words[at]?.text ?? '');
}

function isBetween(word: string): boolean {
  return BETWEEN.test(word) || SWITCH_BETWEEN.test(word) || ALGORITHM.test(word);
}

/**
 * From the third word on: `set NAME VALUE` is FortiOS's, and its other words are values themselves. The value has letters
 * and digits, because a description may contain the same names.
 */
function inPath(line: string, words: readonly Word[]): readonly Span[] {
  return words.flatMap(({ text }, index): readonly Span[] => {
    const name = text.replaceAll('"', '');
    if (index < 2 || index === words.length - 1 || /["' ]/.test(name)) return [];
    const kind = kindOfName(name, words[index - 1]?.text ?? '');
    if (kind === undefined) return [];
    let next = index + 1;
    while (next - index < 3 && BETWEEN.test(words[next]?.text ?? '')) next++;
    const at = words[next]?.at;
    if (at === undefined) return [];
    const value = readQuoted(line, at) ?? readWord(line, at, ';');
    const word = line.slice(value.start, value.end);
    const isLast = words[next + 1] === undefined && words[1]?.text !== 'description';
    return isSecret(word) || (isLast && isChosenWord(word)) ? toSpan(line, value, kind) : [];
  });
}

function kindOfName(name: string, before: string): SecretKind | undefined {
  if (name === 'community' && before === 'snmp') return 'community';
  return NAMES[name] ?? findSecretKind(name, 'set');
}

/** A word as the last one of a path, and no name of a setting: `set apply-to admin-password ipsec-preshared-key`. */
function isChosenWord(value: string): boolean {
  return (
    /^(?:[\p{L}\p{N}$!#%&*+.?@_-]{4,64})$/u.test(value) &&
    !/^\d{1,3}$/.test(value) &&
    !isOrdinary(value) &&
    findSecretKind(value, 'set') === undefined
  );
}

function isSecret(value: string): boolean {
  return SECRET_LIKE.test(value.slice(0, 256)) || /^(?:\$\w{1,6}\$|-AQ==|%\^%#|#\$)\S{8}/.test(value);
}
