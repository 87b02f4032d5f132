import type { SecretKind } from '../kinds.ts';
import { FOREIGN_HINT, FOREIGN_LINK, FOREIGN_NOUN, NOUN, PHRASE_LINK } from '../nouns.ts';
import { secretKindOf } from '../secret-names.ts';
import { cutOf, type Span } from '../spans.ts';
import { readQuoted, readWord, SECRET_LIKE, toSpan } from '../values.ts';

/** Words with other meanings too: the following value must look like a secret. */
const VAGUE_NOUN =
  /(?<!\w|\w-)(user-?password|unicodepwd|pass|seed|registration[ \t_-]id|reg[_-]id|svpncookie|credentials?)[*_~]{0,3}[ \t]{0,8}::?[ \t]{0,8}(?:[^\s:/]{1,64} ?\/ ?)?(?=\S)/gi;
/** Sentences whose last word or middle word is the secret if it looks like one. */
const SENTENCES: readonly RegExp[] = [
  /(?<!\w)(?:chang|set|reset|updat)\w{0,3}[ \t](?:[^\s:]{1,20}[ \t]){0,3}(?:password|passwd|passphrase|pw|psk|secret)[ \t](?:[^\s:]{1,20}[ \t]){0,3}?to[ \t]{1,4}(?=\S)/gi,
  /(?<!\w)(?:use|used|enter|entered|try|type|typed)[ \t]{1,4}(?=\S{8,256}[ \t]{1,4}as[ \t](?:[^\s:]{1,20}[ \t]){0,3}(?:password|passwd|passphrase|pw|psk|secret)(?!\w))/gi,
  /(?<!\w)creds?[ \t:]{1,4}[^\s:/]{1,64}[ \t:/]{1,4}(?=\S)/gi,
  /(?<!\w|\w-)pass[ \t]{0,4}=[ \t]{0,4}(?=\S)/gi,
];
const PIN = /(?<!\w|\w-)PIN[ \t]{0,4}[:=][ \t]{0,4}(?=\d{4,8}(?![\w.:]))/gi;
const REGISTRATION_LIST =
  /(?<!\w)(?:registration[ _-]|reg[_-])ids?[ \t]{0,4}[:=]?[ \t]{0,4}[[({](?=[^\])}\s"']{16,})/gi;
/** Part of every noun, and much cheaper to search for. */
const HINT = /pass|pw|psk|secret|shared|commun|api|activ|unicode|seed|reg|svpncookie|cred|pin[ \t]{0,4}[:=]/i;
const PROMPT =
  /^(?:[ \t]for[ \t][^\s:]{1,64}|[ \t]?\([^()\n]{1,32}\))?[*_~]{0,3}[ \t]{0,8}:[*_~]{0,3}(?:[ \t]{1,8}(?=[^\s`{[(])(?![|>][+-]?\s*$)|(?=\w))/;
const LINK =
  /^(?:[ \t](?:is|was|has been|string|set to|changed to|type \d|\d{1,2}))?(?:[ \t|:–=-]|\\t){1,16}/;
const CODE = /^[A-Z0-9]{12,40}$/;
const STOPS = '|,;)]}"\'';
/** Characters; after this distance a sentence is no longer about its noun. */
const LOOKAHEAD_CHARS = 96;
/** Characters; longer than a word that a person writes. */
const MAX_VALUE_LENGTH = 257;
const MAX_LIST_LENGTH = 4_096;

export function findSecretsInProse(line: string): readonly Span[] {
  return HINT.test(line) ? [...nouns(line, NOUN, LINK), ...vagueNouns(line), ...sentences(line)] : [];
}

function sentences(line: string): readonly Span[] {
  const pins = Array.from(line.matchAll(PIN)).flatMap((pin) => {
    const at = pin.index + pin[0].length;
    return toSpan(line, readWord(line, at, STOPS), 'password');
  });
  const lists = Array.from(line.matchAll(REGISTRATION_LIST)).flatMap((list) => {
    const start = list.index + list[0].length;
    const end = /[\])}]|$/.exec(line.slice(start, start + MAX_LIST_LENGTH))?.index ?? 0;
    return [{ start, end: start + end, kind: 'registration-id' } as const];
  });
  const told = SENTENCES.flatMap((sentence) =>
    Array.from(line.matchAll(sentence)).flatMap((match) =>
      said(line, match.index + match[0].length, 'password'),
    ),
  );
  return [...pins, ...lists, ...told];
}

export function findForeignSecrets(line: string): readonly Span[] {
  return FOREIGN_HINT.test(line) ? nouns(line, FOREIGN_NOUN, FOREIGN_LINK) : [];
}

function nouns(line: string, pattern: RegExp, verb: RegExp): readonly Span[] {
  const spans: Span[] = [];
  pattern.lastIndex = 0;
  for (let noun = pattern.exec(line); noun; noun = pattern.exec(line)) {
    const kind = secretKindOf(noun[0], 'colon') ?? 'password';
    const from = noun.index + noun[0].length;
    const after = line.slice(from, from + LOOKAHEAD_CHARS);
    const prompt = PROMPT.exec(after);
    if (prompt) {
      const at = from + prompt[0].length;
      const value = readQuoted(line, at) ?? readWord(line, at);
      spans.push(...toSpan(line, value, kind));
      pattern.lastIndex = Math.max(at, value.next);
      continue;
    }
    const links = [verb, PHRASE_LINK].flatMap((link) => link.exec(after)?.[0] ?? []);
    const told = links.map((link) => said(line, from + link.length, kind)).find((found) => found.length > 0);
    spans.push(...(told ?? []));
  }
  return spans;
}

function vagueNouns(line: string): readonly Span[] {
  return Array.from(line.matchAll(VAGUE_NOUN)).flatMap((noun) => {
    const kind = secretKindOf(noun[1] as string, 'colon') ?? 'password';
    return said(line, noun.index + noun[0].length, kind);
  });
}

function said(line: string, at: number, kind: SecretKind): readonly Span[] {
  const quoted = readQuoted(line, at);
  if (quoted) return quoted.open && cutOf(line) === 'unlikely' ? [] : toSpan(line, quoted, kind);
  const word = readWord(line, at, STOPS, at + MAX_VALUE_LENGTH);
  const end = line[word.end - 1] === '.' ? word.end - 1 : word.end;
  const form = kind === 'activation-code' || kind === 'seed' ? CODE : SECRET_LIKE;
  return form.test(line.slice(at, end)) ? toSpan(line, { ...word, end }, kind) : [];
}
