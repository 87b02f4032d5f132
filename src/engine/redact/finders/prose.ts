import type { SecretKind } from '../kinds.ts';
import { isOrdinary } from '../ordinary-words.ts';
import { secretKindOf } from '../secret-names.ts';
import { cutOf, type Span } from '../spans.ts';
import {
  isTechnical,
  looksChosen,
  readQuoted,
  readWhole,
  readWord,
  SECRET_LIKE,
  startsExpression,
  toSpan,
} from '../values.ts';
import { isSentence } from './marked-values.ts';

/** Words with other meanings too: the following value must look like a secret. */
const VAGUE_NOUN =
  /(?<!\w|\w-)(user-?password|unicodepwd|pass|seed|registration[ \t_-]id|reg[_-]id|svpncookie|credentials?)(?:[ \t]?\(\d{1,3}\))?[*_~]{0,3}[ \t]{0,8}::?[ \t]{0,8}(?:[^\s:/]{1,64} ?\/ ?)?(?=\S)/gi;
/** Sentences whose last word or middle word is the secret if it looks like one. */
/** With a part of each match that is much cheaper to search for. */
const SENTENCES: readonly { readonly hint: RegExp; readonly pattern: RegExp }[] = [
  {
    hint: /[ \t](?:as|for)[ \t]/i,
    pattern:
      /(?<!\w)(?:uses?|used|enter|entered|try|tried|types?|typed|accepts?|set|chose)[ \t]{1,4}(?=\S{8,256}[ \t]{1,4}(?:as|for)[ \t](?:[^\s:]{1,20}[ \t]){0,3}(?:password|passwd|passphrase|pw|psk|secret)(?!\w))/gi,
  },
  { hint: /cred/i, pattern: /(?<!\w)creds?[ \t:]{1,4}[^\s:/]{1,64}[ \t:/]{1,4}(?=\S)/gi },
  {
    hint: /pass[ \t]{0,4}(?:=|-|[ \t])/i,
    pattern: /(?<!\w|\w-)pass[ \t]{0,4}(?:=|->|=>|[ \t](?:is|was|-|–))[ \t]{0,4}(?=\S)/gi,
  },
  {
    hint: /(?:pass|pwd?|passwd)[ \t:=]/i,
    pattern:
      /(?<!\w)(?:user(?:name)?|usr|auth|priv|enable|root|admin|ssh|wi-?fi|vpn)[ \t:=]{1,3}(?:[^\s:=,/]{1,64}[ \t,;]{1,4})?(?:pass|pwd?|passwd)[ \t:=]{1,4}(?=\S)/gi,
  },
  {
    hint: /[ \t]of[ \t]/i,
    pattern: /(?<!\w)with[ \t](?:the|a)[ \t](?:password|passphrase|pw|psk|secret)[ \t]of[ \t]{1,4}(?=\S)/gi,
  },
  {
    hint: /SHA|MD5|DES|AES/,
    pattern:
      /(?<!\w)(?:SHA(?:-?\d{1,3})?|MD5|DES|AES(?:-?\d{3})?)[ ]?[/:,][ ]?(?=[^\s/:,]{8})(?![A-Za-z0-9+/]{43})/g,
  },
  {
    hint: /key[ \t]/i,
    pattern:
      /(?<!\w|\w-)key[ \t]{1,4}(?=(["'“])[^"'”]{1,128}["'”](?![ \t](?:is|was|does|not|already|of|must|has|cannot)(?!\w)))|[,;][ \t](?:ike[ \t]|ipsec[ \t])?key[ \t]{1,4}(?=\S{8})/gi,
  },
  {
    hint: /,[ \t]/,
    pattern:
      /(?<!\w)(?:my|his|her|our|the)[ \t](?:\w{1,12}[ \t]){0,2}(?:password|passphrase|pw|psk|secret),[ \t](?=[^\s,]{8,64}(?:,[ \t]|[ \t]now(?!\w)))/gi,
  },
  {
    hint: /usual|same|old|default|standard/i,
    pattern:
      /(?<!\w)(?:password|passphrase|pw|psk|secret)[ \t](?:is|was)[ \t](?:the|my|our)[ \t](?:usual|same|old|default|standard)(?:[ \t]one)?[,:][ \t](?=\S)/gi,
  },
  {
    hint: /[ \t]one[ \t]/i,
    pattern: /(?<!\w)(?:old|new|other|previous)[ \t]one[ \t](?:is|was)[ \t]{1,4}(?=\S)/gi,
  },
  {
    hint: /token/i,
    pattern: /(?<!\w)token(?:[ \t](?:von|vom|of|for|für)[ \t]\S{1,32})?[ \t]?[:=][ \t](?=\S{20})/gi,
  },
  {
    hint: /account/i,
    pattern:
      /(?<!\w)(?:re)?set[ ](?:the|your|my|his|her)[ ](?:[\w.-]{1,24}[ ]){0,3}account[ ](?:[\w.-]{1,24}[ ]){0,4}?(?:back[ ])?to[ ](?=\S)/gi,
  },
  { hint: /token/i, pattern: /(?<!\w)token[ \t](?:[^\s:=>(]{1,20}[ \t]){0,4}?(?:is|was)[ \t]{1,4}(?=\S)/gi },
];
/** `X is the password`, `X as PSK`: what follows the secret. */
const FOLLOWING =
  /(?:[ \t](?:is|was|as|ist|war|als)|[,;]?[ \t](?:[-–][ \t])?\(?(?:that|this|it)(?:['’]s|[ \t]is)|[ \t]?(?:<-|<=|←))[ \t](?:(?:the|a|my|our|his|her|their|your|new|old|current|shared|radius|admin|vpn|das|der|den|mein|unser|neues|neue|neuer|unsere?)[ \t]){0,3}(?:(?:\p{L}{2,16}-?)?(?:passwort|kennwort)|geheimnis|(?:[A-Z]{2,8}[ -])?(?:password|passwd|passphrase|pw|psk|secret|pin|api[ -]key|community|pre-?shared[ -]key))(?![\w-]|[ \t](?:policy|source|type|field|prompt|backend|hash|owner|server|manager|for[ \t]all))|[ \t](?:(?:ş|s)ifresi|parolas(?:ı|i))(?!\p{L})/giu;
const FOLLOWING_HINT =
  /[ \t](?:is|ist|was|war|as|als|that|this|it|[-–])[ \t'’]|['’]s[ \t]|<-|<=|←|ifresi|parolas/i;
const MAX_WORD = 128;
const PIN =
  /(?<!\w|\w-)(?:PIN|PUK)(?:[ \t](?:for|für|of|von)[ \t]\S{1,32})?(?:[ \t]{0,4}[:=]|[ \t](?:is|was|lautet|ist|war|heißt|auf|to|now))?[ \t]{0,4}(?<=[ \t:=])(?=\d{4,8}(?![\w.:]))/gi;
const REGISTRATION_LIST =
  /(?<!\w)(?:registration[ _-]|reg[_-])ids?[ \t]{0,4}[:=]?[ \t]{0,4}[[({](?=[^\])}\s"']{16,})/gi;
/** Part of every match, and much cheaper to search for. */
const VAGUE_HINT = /pass|unicode|seed|reg[\w\t -]{0,9}id|svpncookie|cred/i;
const SENTENCE_HINT =
  /snmp|kennw|geheimn|key[ \t]|pass|pwd?(?!\w)|psk|secret|cred|token[ \t]|[ \t]one[ \t]|account/i;
const LIST_HINT = /reg[\w-]{0,9}[ _-]ids?[ \t]{0,4}[:=]?[ \t]{0,4}[[({]|(?:pin|puk)[ \t:=]/i;
const CODE = /^(?=[^\d]*\d)[A-Z0-9_-]{12,40}$/;
const STOPS = '|,;)]}<"\'`';
/** Characters; longer than a word that a person writes. */
const MAX_VALUE_LENGTH = 257;
const MAX_LIST_LENGTH = 4_096;

export function findSecretsInProse(line: string): readonly Span[] {
  return [
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
  const found = SENTENCES.flatMap(({ hint, pattern }) =>
    hint.test(line)
      ? Array.from(line.matchAll(pattern)).flatMap((match) =>
          said(line, match.index + match[0].length, 'password'),
        )
      : [],
  );
  return [...found, ...wordsBefore(line)];
}

function wordsBefore(line: string): readonly Span[] {
  if (!FOLLOWING_HINT.test(line)) return [];
  return Array.from(line.matchAll(FOLLOWING)).flatMap((match): readonly Span[] => {
    let end = match.index;
    if (/["'”’`*_]/.test(line[end - 1] ?? '')) end--;
    let start = end;
    while (start > 0 && end - start < MAX_WORD && !/[\s"'“‘`*(]/.test(line[start - 1] as string)) start--;
    const word = line.slice(start, end);
    const isChosen = looksChosen(word) || isPutBefore(word, line.slice(Math.max(0, start - 40), start));
    return isChosen ? toSpan(line, { start, end, next: end }, 'password') : [];
  });
}

/** Behind a verb, or as the subject of its sentence. */
const PUT =
  /(?:(?<!\p{L})(?:use[sd]?|using|enter(?:ed)?|typed?|tr(?:y|ied)|set|chose|nutzen?|verwenden?|benutzen?|gebe|geben|nehmen?|haben?|setze)[ \t]{1,4}["'“„‘`*(]{0,2}|^[\s>|+*•-]{0,16}["'“„‘`*]{0,2}|[.!?:][ \t]{1,2})$/iu;

function isPutBefore(word: string, before: string): boolean {
  if (!PUT.test(before) || isOrdinary(word) || isTechnical(word)) return false;
  return /^(?!Forti|[A-Z]{2,6}$|\d{1,3}$)[\p{L}\p{N}$][^\s:=]{3,64}$/u.test(word);
}

function vagueNouns(line: string): readonly Span[] {
  return Array.from(line.matchAll(VAGUE_NOUN)).flatMap((noun) => {
    const kind = secretKindOf(noun[1] as string, 'colon') ?? 'password';
    return said(line, noun.index + noun[0].length, kind);
  });
}

function said(line: string, at: number, kind: SecretKind): readonly Span[] {
  if (startsExpression(line, at)) return [];
  const quoted = readQuoted(line, at);
  if (quoted) {
    const isSaid = isSentence(line.slice(quoted.start, quoted.end));
    return isSaid || (quoted.open && cutOf(line) === 'unlikely') ? [] : toSpan(line, quoted, kind);
  }
  const word = readWhole(line, at, STOPS, at + MAX_VALUE_LENGTH);
  // An attribute of markup: `xmlns:x="…"`.
  if (line[word.end - 1] === '=' && line[word.end] === '"') return [];
  const end = line[word.end - 1] === '.' ? word.end - 1 : word.end;
  const form = kind === 'activation-code' || kind === 'seed' ? CODE : SECRET_LIKE;
  return form.test(line.slice(at, end)) ? toSpan(line, { ...word, end }, kind) : [];
}
