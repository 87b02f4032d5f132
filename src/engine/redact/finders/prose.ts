import type { SecretKind } from '../kinds.ts';
import {
  CHANGED,
  CHANGED_LINK,
  FOREIGN_HINT,
  FOREIGN_LINK,
  FOREIGN_PHRASE_LINK,
  foreignNounIn,
  MOVED_LINK,
  NOUN,
  PHRASE_LINK,
} from '../nouns.ts';
import { secretKindOf } from '../secret-names.ts';
import { cutOf, type Span } from '../spans.ts';
import { looksChosen, type ReadValue, readQuoted, readWord, SECRET_LIKE, toSpan } from '../values.ts';

/** Words with other meanings too: the following value must look like a secret. */
const VAGUE_NOUN =
  /(?<!\w|\w-)(user-?password|unicodepwd|pass|seed|registration[ \t_-]id|reg[_-]id|svpncookie|credentials?)(?:[ \t]?\(\d{1,3}\))?[*_~]{0,3}[ \t]{0,8}::?[ \t]{0,8}(?:[^\s:/]{1,64} ?\/ ?)?(?=\S)/gi;
/** Sentences whose last word or middle word is the secret if it looks like one. */
const SENTENCES: readonly RegExp[] = [
  /(?<!\w)(?:chang|set|reset|updat)\w{0,3}[ \t](?:[^\s:]{1,20}[ \t]){0,3}(?:password|passwd|passphrase|pw|psk|secret)[ \t](?:[^\s:]{1,20}[ \t]){0,3}?to[ \t]{1,4}(?=\S)/gi,
  /(?<!\w)(?:uses?|used|enter|entered|try|tried|types?|typed|accepts?|set|chose)[ \t]{1,4}(?=\S{8,256}[ \t]{1,4}(?:as|for)[ \t](?:[^\s:]{1,20}[ \t]){0,3}(?:password|passwd|passphrase|pw|psk|secret)(?!\w))/gi,
  /(?<!\w)creds?[ \t:]{1,4}[^\s:/]{1,64}[ \t:/]{1,4}(?=\S)/gi,
  /(?<!\w|\w-)pass[ \t]{0,4}(?:=|->|=>|[ \t](?:is|was|-|–))[ \t]{0,4}(?=\S)/gi,
  /(?<!\w)(?:user(?:name)?|usr|auth|priv|enable|root|admin|ssh|wi-?fi|vpn)[ \t:=]{1,3}(?:[^\s:=,/]{1,64}[ \t,;]{1,4})?(?:pass|pwd?|passwd)[ \t:=]{1,4}(?=\S)/gi,
  /(?<!\w)with[ \t](?:the|a)[ \t](?:password|passphrase|pw|psk|secret)[ \t]of[ \t]{1,4}(?=\S)/gi,
  /(?<!\w)(?:password|passphrase|pw|psk|secret)[ \t](?:[^\s:]{1,20}[ \t]){0,3}?from[ \t]{1,4}(?=\S{8,256}[ \t]{1,4}to[ \t])/gi,
  /(?<!\w)(?:SHA(?:-?\d{1,3})?|MD5|DES|AES(?:-?\d{3})?)[ ]?[/:,][ ]?(?=[^\s/:,]{8})/g,
  /(?<!\w|\w-)key[ \t]{1,4}(?=["'“])|[,;][ \t](?:ike[ \t]|ipsec[ \t])?key[ \t]{1,4}(?=\S{8})/gi,
  /(?<!\w)(?:my|his|her|our|the)[ \t](?:\w{1,12}[ \t]){0,2}(?:password|passphrase|pw|psk|secret),[ \t](?=[^\s,]{8,64}(?:,[ \t]|[ \t]now(?!\w)))/gi,
  /(?<!\w)(?:password|passphrase|pw|psk|secret)[ \t](?:is|was)[ \t](?:the|my|our)[ \t](?:usual|same|old|default|standard)(?:[ \t]one)?[,:][ \t](?=\S)/gi,
  /(?<!\w)(?:old|new|other|previous)[ \t]one[ \t](?:is|was)[ \t]{1,4}(?=\S)/gi,
  /(?<!\w)token[ \t](?:[^\s:=>(]{1,20}[ \t]){0,4}?(?:is|was)[ \t]{1,4}(?=\S)/gi,
];
/** `X is the password`, `X as PSK`: what follows the secret. */
const FOLLOWING =
  /(?:[ \t](?:is|was|as)|[,;]?[ \t](?:[-–][ \t])?\(?(?:that|this|it)(?:['’]s|[ \t]is)|[ \t]?(?:<-|<=|←))[ \t](?:(?:the|a|my|our|his|her|their|your|new|old|current|shared|radius|admin|vpn)[ \t]){0,3}(?:password|passwd|passphrase|pw|psk|secret|community|pre-?shared[ -]key)(?![\w-]|[ \t](?:policy|owner|server|manager|for[ \t]all))|[ \t](?:(?:ş|s)ifresi|parolas(?:ı|i))(?!\p{L})/giu;
const MAX_WORD = 128;
const PIN = /(?<!\w|\w-)PIN[ \t]{0,4}[:=][ \t]{0,4}(?=\d{4,8}(?![\w.:]))/gi;
const REGISTRATION_LIST =
  /(?<!\w)(?:registration[ _-]|reg[_-])ids?[ \t]{0,4}[:=]?[ \t]{0,4}[[({](?=[^\])}\s"']{16,})/gi;
/** Part of every noun, and much cheaper to search for; the same for the other patterns. */
const NOUN_HINT =
  /pass|pw|psk|secret|shared|commun|api[ \t]?key|(?:activation|recovery|backup|enrol\w{0,6})[ \t](?:code|key)|p\/w|[ \t](?:string|key|token)(?!\w)/i;
const VAGUE_HINT = /pass|unicode|seed|reg[\w\t -]{0,9}id|svpncookie|cred/i;
const SENTENCE_HINT = /snmp|key[ \t]|pass|pwd?(?!\w)|psk|secret|cred|token[ \t]|[ \t]one[ \t]/i;
const LIST_HINT = /reg[\w-]{0,9}[ _-]ids?[ \t]{0,4}[:=]?[ \t]{0,4}[[({]|pin[ \t]{0,4}[:=]/i;
const PROMPT =
  /^(?:[ \t]for[ \t][^\s:]{1,64}|[ \t]?\([^()\n]{1,32}\))?[*_~]{0,3}[ \t]{0,8}:[*_~]{0,3}(?:[ \t]{1,8}(?=[^\s`{[(])(?![|>][+-]?\s*$)|(?=\w))/;
const LINK =
  /^(?:[ \t]?\([^()\n]{1,24}\))?(?:[ \t](?:is|was|be|been|has|had|should|must|will|would|now|currently|still|then|value|değeri|rotated|renewed|yesterday|today|string|used|(?:set|changed|reset|updated)(?:[ \t]to)?|type \d|\d{1,2}|(?:on[ \t])?both[ \t](?:sides|ends|peers))(?=[ \t:=,]|$)){0,4}(?:,[ \t]now[ \t])?(?:[ \t|:–=>…→-]|\\t|[.*]{3,40}|\p{Extended_Pictographic}){1,16}/u;
const CODE = /^[A-Z0-9]{12,40}$/;
const STOPS = '|,;)]}"\'';
/** Characters; after this distance a sentence is no longer about its noun. */
const LOOKAHEAD_CHARS = 96;
/** Characters; longer than a word that a person writes. */
const MAX_VALUE_LENGTH = 257;
const MAX_LIST_LENGTH = 4_096;

export function findSecretsInProse(line: string): readonly Span[] {
  return [
    ...(NOUN_HINT.test(line) ? nouns(line, NOUN, LINK) : []),
    ...(VAGUE_HINT.test(line) ? vagueNouns(line) : []),
    ...(LIST_HINT.test(line) ? numbers(line) : []),
    ...(SENTENCE_HINT.test(line) ? sentences(line) : []),
  ];
}

/** PINs and lists of registration ids. */
function numbers(line: string): readonly Span[] {
  const pins = Array.from(line.matchAll(PIN)).flatMap((pin) => {
    const at = pin.index + pin[0].length;
    return toSpan(line, readWord(line, at, STOPS), 'password');
  });
  const lists = Array.from(line.matchAll(REGISTRATION_LIST)).flatMap((list) => {
    const start = list.index + list[0].length;
    const end = /[\])}]|$/.exec(line.slice(start, start + MAX_LIST_LENGTH))?.index ?? 0;
    return [{ start, end: start + end, kind: 'registration-id' } as const];
  });
  return [...pins, ...lists];
}

function sentences(line: string): readonly Span[] {
  const found = SENTENCES.flatMap((sentence) =>
    Array.from(line.matchAll(sentence)).flatMap((match) =>
      said(line, match.index + match[0].length, 'password'),
    ),
  );
  return [...found, ...wordsBefore(line)];
}

function wordsBefore(line: string): readonly Span[] {
  return Array.from(line.matchAll(FOLLOWING)).flatMap((match): readonly Span[] => {
    let end = match.index;
    if (/["'”’`*_]/.test(line[end - 1] ?? '')) end--;
    let start = end;
    while (start > 0 && end - start < MAX_WORD && !/[\s"'“‘`*(]/.test(line[start - 1] as string)) start--;
    return looksChosen(line.slice(start, end)) ? toSpan(line, { start, end, next: end }, 'password') : [];
  });
}

export function findForeignSecrets(line: string): readonly Span[] {
  return FOREIGN_HINT.test(line) ? nouns(line, foreignNounIn(line), FOREIGN_LINK, FOREIGN_PHRASE_LINK) : [];
}

function nouns(line: string, pattern: RegExp, ...verbs: readonly RegExp[]): readonly Span[] {
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
    const isChanged = CHANGED.test(line.slice(Math.max(0, noun.index - LOOKAHEAD_CHARS), noun.index));
    const links = [...verbs, PHRASE_LINK, ...(isChanged ? [CHANGED_LINK] : [MOVED_LINK])].flatMap(
      (link) => link.exec(after)?.[0] ?? [],
    );
    const found = links.map((link) => said(line, from + link.length, kind)).find((spans) => spans.length > 0);
    spans.push(...(found ?? []));
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
  const word = withoutUnspaced(line, readWord(line, at, STOPS, at + MAX_VALUE_LENGTH));
  const end = line[word.end - 1] === '.' ? word.end - 1 : word.end;
  const form = kind === 'activation-code' || kind === 'seed' ? CODE : SECRET_LIKE;
  return form.test(line.slice(at, end)) ? toSpan(line, { ...word, end }, kind) : [];
}

/** A sentence in a language without blanks continues directly after the value. */
function withoutUnspaced(line: string, word: ReadValue): ReadValue {
  const from = line.slice(word.start, word.end).search(/[\u3000-\u9fff\uac00-\ud7af\uff01-\uff60]/);
  return from === -1 ? word : { ...word, end: word.start + from, next: word.start + from };
}
