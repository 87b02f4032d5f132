import type { SecretKind } from '../../kinds.ts';
import { isOrdinary } from '../../ordinary-words.ts';
import { secretKindOf } from '../../secret-names.ts';
import type { Span } from '../../spans.ts';
import { readQuoted, readWord, SECRET_LIKE, toSpan } from '../../values.ts';
import { WRITTEN } from './statement.ts';

/** One line holds the whole path to a setting: Junos, PAN-OS, VyOS, Check Point. */
const FIRST = /^(?:set|add|edit|merge|replace)$/;
const WORD = /"[^"]{0,400}"|'[^']{0,400}'|\S{1,400}/g;
const MAX_LINE = 2000;
/** Words between the name and the value. */
const BETWEEN = new RegExp(`^(?:${WRITTEN}|key|value|text|\\d{1,2})$`);
/** Names that only such a path has. */
const NAMES: Readonly<Record<string, SecretKind>> = {
  phash: 'password-hash',
  'password-hash': 'password-hash',
  'expert-password-hash': 'password-hash',
  'community-name': 'community',
  'snmp-community-string': 'community',
  'auth-pass-phrase': 'password',
  'privacy-pass-phrase': 'password',
  'plain-text-password-value': 'password',
};

export function isPath(first: string): boolean {
  return FIRST.test(first);
}

/**
 * The word behind the name of a secret, from the third word on: `set NAME VALUE` is FortiOS's, and its other words are
 * values themselves. It has letters and digits, because a description may contain the same names.
 */
export function findPathSecrets(line: string, from: number): readonly Span[] {
  if (line.length > MAX_LINE) return [];
  const words = Array.from(line.slice(from).matchAll(WORD), (word) => ({
    text: word[0],
    at: from + word.index,
  }));
  return words.flatMap(({ text }, index): readonly Span[] => {
    if (index < 2 || index === words.length - 1 || /["']/.test(text)) return [];
    const kind = kindOfName(text, words[index - 1]?.text ?? '');
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
  return NAMES[name] ?? secretKindOf(name, 'set');
}

/** A word as the last one of a path, and no name of a setting: `set apply-to admin-password ipsec-preshared-key`. */
function isChosenWord(value: string): boolean {
  return (
    /^(?:[\p{L}\p{N}$!#%&*+.?@_-]{4,64})$/u.test(value) &&
    !/^\d{1,3}$/.test(value) &&
    !isOrdinary(value) &&
    secretKindOf(value, 'set') === undefined
  );
}

function isSecret(value: string): boolean {
  return SECRET_LIKE.test(value.slice(0, 256)) || /^(?:\$\w{1,6}\$|-AQ==|%\^%#|#\$)\S{8}/.test(value);
}
