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
import { isOrdinary } from '../ordinary-words.ts';
import { secretKindOf } from '../secret-names.ts';
import { cutOf, type Span } from '../spans.ts';
import {
  isTechnical,
  looksChosen,
  type ReadValue,
  readQuoted,
  readWhole,
  readWord,
  SECRET_LIKE,
  startsExpression,
  toSpan,
} from '../values.ts';

/** Words with other meanings too: the following value must look like a secret. */
const VAGUE_NOUN =
  /(?<!\w|\w-)(user-?password|unicodepwd|pass|seed|registration[ \t_-]id|reg[_-]id|svpncookie|credentials?)(?:[ \t]?\(\d{1,3}\))?[*_~]{0,3}[ \t]{0,8}::?[ \t]{0,8}(?:[^\s:/]{1,64} ?\/ ?)?(?=\S)/gi;
/** Sentences whose last word or middle word is the secret if it looks like one. */
/** With a part of each match that is much cheaper to search for. */
const SENTENCES: readonly { readonly hint: RegExp; readonly pattern: RegExp }[] = [
  {
    hint: /[ \t]to[ \t]/i,
    pattern:
      /(?<!\w)(?:chang|set|reset|updat)\w{0,3}[ \t](?:[^\s:]{1,20}[ \t]){0,3}(?:password|passwd|passphrase|pw|psk|secret)[ \t](?:[^\s:]{1,20}[ \t]){0,3}?to[ \t]{1,4}(?=\S)/gi,
  },
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
    hint: /from[ \t]/i,
    pattern:
      /(?<!\w)(?:password|passphrase|pw|psk|secret)[ \t](?:[^\s:]{1,20}[ \t]){0,3}?from[ \t]{1,4}(?=\S{8,256}[ \t]{1,4}to[ \t])/gi,
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
/** Part of every noun, and much cheaper to search for; the same for the other patterns. */
const NOUN_HINT =
  /pass|pw|psk|secret|shared|commun|api[ \t]?key|seed[ \t:]|(?:activation|recovery|backup|enrol\w{0,6}|invitation|registration|licen[cs]e)[ \t](?:code|key)|p\/w|[ \t](?:string|key|token)(?!\w)/i;
const VAGUE_HINT = /pass|unicode|seed|reg[\w\t -]{0,9}id|svpncookie|cred/i;
const SENTENCE_HINT = /snmp|kennw|geheimn|key[ \t]|pass|pwd?(?!\w)|psk|secret|cred|token[ \t]|[ \t]one[ \t]/i;
const LIST_HINT = /reg[\w-]{0,9}[ _-]ids?[ \t]{0,4}[:=]?[ \t]{0,4}[[({]|(?:pin|puk)[ \t:=]/i;
const PROMPT =
  /^(?:[ \t](?:for|für|of|von|vom|des|on|auf)[ \t](?:(?:the|our|my|den|die|das|dem|der)[ \t])?[^\s:]{1,64}|[ \t](?:tried|used|entered|typed|given|sent|received)(?=:)|[ \t]?\([^()\n]{1,32}\))?[*_~]{0,3}[ \t]{0,8}:[*_~]{0,3}(?:[ \t]{1,8}(?=[^\s`{[(])(?!(?:![\w-]{1,20}[ \t])?[|>][+-]?\s*$)|(?=\w))/;
/** `Invalid password : …`, `if not password: …` */
const DENIED =
  /(?<!\w)(?:invalid|wrong|bad|incorrect|missing|no|not|expired|without|falsches|ohne|kein)[ \t]{1,4}$/i;
const LINK =
  /^(?:[ \t]?\([^()\n]{1,24}\))?(?:[ \t](?:is|was|be|been|has|had|should|must|will|would|now|currently|still|then|value|değeri|rotated|renewed|yesterday|today|string|used|(?:set|changed|reset|updated)(?:[ \t]to)?|type \d|\d{1,2}|(?:on[ \t])?both[ \t](?:sides|ends|peers))(?=[ \t:=,]|$)){0,4}(?:,[ \t]now[ \t])?(?:[ \t|:–=>…→-]|\\t|[.*]{3,40}|<(?:b|strong|i|em|code|tt|kbd)>|\p{Extended_Pictographic}){1,16}/u;
const CODE = /^(?=[^\d]*\d)[A-Z0-9_-]{12,40}$/;
const STOPS = '|,;)]}<"\'`';
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

export function findForeignSecrets(line: string): readonly Span[] {
  return FOREIGN_HINT.test(line) ? nouns(line, foreignNounIn(line), FOREIGN_LINK, FOREIGN_PHRASE_LINK) : [];
}

function nouns(line: string, pattern: RegExp, ...verbs: readonly RegExp[]): readonly Span[] {
  const spans: Span[] = [];
  pattern.lastIndex = 0;
  for (let noun = pattern.exec(line); noun; noun = pattern.exec(line)) {
    const kind = secretKindOf(noun[0], 'colon') ?? 'password';
    const from = noun.index + noun[0].length;
    // `name=value` and `"name":` are no sentences.
    if (/^(?:=\S|"|\\)/.test(line.slice(from, from + 2))) continue;
    const after = line.slice(from, from + LOOKAHEAD_CHARS);
    const prompt = DENIED.test(line.slice(Math.max(0, noun.index - 16), noun.index))
      ? null
      : PROMPT.exec(after);
    if (prompt) {
      const at = from + prompt[0].length;
      const isInside = line.lastIndexOf('(', noun.index) > line.lastIndexOf(')', noun.index);
      const value = readQuoted(line, at) ?? readWord(line, at, isInside ? ')' : '');
      const isWord = line[at] !== '"' && isOrdinary(line.slice(value.start, value.end).replace(/[,;.]$/, ''));
      if (!isWord) spans.push(...toSpan(line, value, kind));
      pattern.lastIndex = Math.max(at, value.next);
      continue;
    }
    const isChanged = CHANGED.test(line.slice(Math.max(0, noun.index - LOOKAHEAD_CHARS), noun.index));
    const links = [...verbs, PHRASE_LINK, ...(isChanged ? [CHANGED_LINK] : [MOVED_LINK])].flatMap(
      (link) => link.exec(after)?.[0] ?? [],
    );
    const found =
      links.map((link) => said(line, from + link.length, kind)).find((spans) => spans.length > 0) ??
      stated(line, noun.index, from, kind);
    spans.push(...found);
  }
  return spans;
}

/**
 * What stands where the sentence puts the secret, though it is a word of letters only: `the password is Pumpernickel`,
 * `PSK -> larkspur`, `mit Passwort Kaiserschmarrn`.
 */
function stated(line: string, at: number, from: number, kind: SecretKind): readonly Span[] {
  const after = line.slice(from, from + LOOKAHEAD_CHARS);
  const spans: Span[] = [];
  const isCode = kind === 'activation-code' || kind === 'seed';
  const before = line.slice(Math.max(0, at - LOOKAHEAD_CHARS), at);
  const isKnown = isCode || LANGUAGES.test(line.slice(at, from));
  const links = isKnown
    ? [
        SAID,
        ...(OWNED.test(before) ? [APPOSED] : []),
        ...(SETS.test(before) ? [SET_TO] : []),
        ...(isCode || isBefore(before, after) ? [BARE] : []),
        ...(TRIES.test(before) ? [TRIED] : []),
      ]
    : [ARROW];
  for (const link of links) {
    const led = link.exec(after);
    if (!led) continue;
    spans.push(...chosenAt(line, from + led[0].length, kind));
    if (spans.length > 0) break;
  }
  const change = CHANGE.exec(after);
  if (change) {
    const first = chosenAt(line, from + change[0].length, kind);
    const next = first[0] && CHANGED_TO.exec(line.slice(first[0].end, first[0].end + 12));
    if (first[0] && next) spans.push(...first, ...chosenAt(line, first[0].end + next[0].length, kind));
  }
  const now = spans[0] && THEN.exec(line.slice(spans[0].end, spans[0].end + 32));
  if (spans[0] && now) spans.push(...chosenAt(line, spans[0].end + now[0].length, kind));
  return spans;
}

/** The word at `at`, if it is none that sentences say there. */
function chosenAt(line: string, at: number, kind: SecretKind): readonly Span[] {
  if (startsExpression(line, at)) return [];
  const quoted = readQuoted(line, at);
  if (quoted)
    return quoted.open || isOrdinary(line.slice(quoted.start, quoted.end)) ? [] : toSpan(line, quoted, kind);
  const word = readWhole(line, at, STATED_STOPS, at + MAX_WORD);
  let { end } = word;
  while (end > at && /[.!?…:]/.test(line[end - 1] as string)) end--;
  const text = line.slice(at, end);
  const form = kind === 'activation-code' || kind === 'seed' ? CODE : undefined;
  if (form) return form.test(text) ? toSpan(line, { ...word, end }, kind) : [];
  const isWord =
    (text.length >= 5 && /^[\p{L}\p{N}$]/u.test(text) && /\p{L}/u.test(text)) ||
    MIXED.test(text) ||
    (DIGITS.test(text) && !UNIT.test(line.slice(word.end, word.end + 16)));
  if (!isWord || isOrdinary(text) || isTechnical(text) || line[word.end] === '(') return [];
  return toSpan(line, { ...word, end }, kind);
}

/** Four characters. */
const MIXED = /^(?=\D{0,3}\d)(?=\P{L}{0,3}\p{L})[\p{L}\p{N}]{4}$/u;
const DIGITS = /^\d{4,12}$/;
/** Such a number says how many. */
const UNIT =
  /^[ \t](?:char|digit|day|byte|bit|time|second|minute|hour|month|user|zeichen|tag|stelle|mal|of |von )/i;
/** Between a noun and its value. */
const SAID =
  /^(?:(?:[ \t]\p{Ll}{1,12}){1,4}:[ \t]{1,2}(?=[^\s]{4,64}[.!]?\s*$)|[ \t](?:should|must|has[ \t]to|will)[ \t]be[ \t]{1,2}(?=\S)|[ \t]\((?=["'“‘])|(?:[ \t]?\([^()]{1,32}\))?[*_~]{0,2}[ \t]{0,4}(?:={0,2}>|->|→|⇒|<<<|:=|=|:|–|—|[ ]-)[*_~]{0,2}[ \t]{1,4}(?=\S)|(?:[ \t](?:for|für|of)[ \t](?:[^\s:=]{1,24}[ \t]){1,3}(?:={1,2}>|->|→)[ \t]{0,4}(?=\S))|[ \t]{0,2}(?:->|=>|→|<<<)[ \t]{0,4}(?=\S)|[ \t]\((?=[^\s()]{4,64}\))|['’]s[ \t](?=\S{5,64}[ \t.,;!]{0,16}$)|(?:[ \t](?:für|for|of|von|vom|des|der|on|auf|beim|bei|in|im)[ \t](?:(?:the|our|my|den|die|das|dem|der)[ \t])?[^\s:]{1,32}){0,2}[ \t](?:is|was|ist|war|lautet|lautete|heißt|heisst|hieß)(?:[ \t](?:now|still|jetzt|nun|noch|immer|vorher|also|currently|aktuell|wieder))?:?[ \t]{1,2}(?=\S)|[ \t]auf[ \t]{1,2}(?=\S{4,64}[ \t](?:geändert|gesetzt|umgestellt|zurückgesetzt|ändern|setzen|gestellt)))/iu;
/** Behind a verb: `I set the pre-shared key to millstonegrit`. */
const SET_TO = /^(?:[ \t](?:for|on|of)[ \t][^\s:]{1,32})?[ \t]to[ \t]{1,2}(?=\S)/i;
const SETS =
  /(?<!\w)(?:set|sets|setting|change[ds]?|changing|reset|updated?)[ \t](?:[^\s:]{1,16}[ \t]){0,3}$/i;
/** A secret without a link stands behind these words: `with password X`, `eva password X`, `10.0.0.1 secret X`. */
const TRIED =
  /^[ \t]{1,4}(?!again|twice|once|here|there|now|erneut|nochmals?|bitte)(?=\S{4,64}(?:[.!]?\s*$|,|[ \t](?:for|to|in|instead|works?|fails|nicht|verwenden|benutzen|nutzen|probieren|eingetragen|eingegeben|gesetzt|klappt|geht|funktioniert)(?!\w)))/;
/** `try the password …`, `habe Passwort … eingetragen`: the value is the word behind the noun. */
const TRIES =
  /(?<!\p{L})(?:use|using|try|tried|enter|entered|type|typed|set|bitte|habe|benutze|nutze|verwende|mit|probiere?|nimm)(?:[ \t](?:the|this|a|new|das|den|dem|der|die|unser|mein))?[ \t]{1,4}$/iu;
const BEFORE_VALUE =
  /(?:(?<!\p{L})(?:with|using|as|als|and|mit|und|new|neues?|neuer|neuem|temporary|initial|local|remote|wi-?fi|wlan|the creds|user(?:name)?[ :=]\S{1,32}|login \S{1,32}|name \S{1,32}|user \S{1,32})|\d\.\d{1,3}|,|\()[ \t]{1,4}$/iu;
/** At the start of a line a capital begins the value: `PW Linsensuppe`. */
function isBefore(before: string, after: string): boolean {
  return (
    BEFORE_VALUE.test(before) ||
    DAEMON.test(before) ||
    (/^[\s>|+*•-]{0,16}$/.test(before) && /^[ \t]\p{Lu}/u.test(after))
  );
}
/** A line that a daemon printed has no sentences. */
const DAEMON = /^(?:\[\d{1,6}[\]:]|ike[ ]\S*:|_{0,2}[a-z]+d?_\w{2,40}|[a-z]{2,12}d?(?:\[\d{1,6}\])?:[ ])/;
/** Nouns of the languages whose sentences are read word for word. */
const LANGUAGES =
  /^[\x20-\x7e]{0,24}(?:pass|pw|psk|secret|key|communi|code|token|string|seed|p\/w)|passw|kennw|geheimnis|ssel/i;
const ARROW = /^[ \t]{0,2}(?:->|=>|→|<<<)[ \t]{0,4}(?=\S)/;
const BARE = /^[ \t]{1,4}(?=\S)/;
/** `my password, Rinderbraten, is refused`. */
const APPOSED = /^,[ \t](?=[^\s,]{5,64},[ \t])/;
const OWNED = /(?<!\p{L})(?:my|our|his|her|their|mein|unser|sein|ihr)(?:[ \t]\S{1,16})?[ \t]$/iu;
/** `from X to Y`, `von X auf Y`. */
const CHANGE = /^(?:[ \t](?:has|was|been|wurde|is|changed|geändert)){0,3}[ \t](?:from|von)[ \t]{1,2}(?=\S)/i;
const CHANGED_TO = /^["'”’]?[ \t]{1,2}(?:to|auf|in|zu)[ \t]{1,2}(?=\S)/i;
const THEN =
  /^["'”’]?,?[ \t](?:und|and|but|aber)[ \t](?:is|was|ist|now|jetzt)(?:[ \t](?:now|jetzt|nun))?[ \t](?=\S)/i;
const STATED_STOPS = '|,;)]}"“”„\'<>(`';

function vagueNouns(line: string): readonly Span[] {
  return Array.from(line.matchAll(VAGUE_NOUN)).flatMap((noun) => {
    const kind = secretKindOf(noun[1] as string, 'colon') ?? 'password';
    return said(line, noun.index + noun[0].length, kind);
  });
}

function said(line: string, at: number, kind: SecretKind): readonly Span[] {
  if (startsExpression(line, at)) return [];
  const quoted = readQuoted(line, at);
  if (quoted) return quoted.open && cutOf(line) === 'unlikely' ? [] : toSpan(line, quoted, kind);
  const word = withoutUnspaced(line, readWhole(line, at, STOPS, at + MAX_VALUE_LENGTH));
  // An attribute of markup: `xmlns:x="…"`.
  if (line[word.end - 1] === '=' && line[word.end] === '"') return [];
  const end = line[word.end - 1] === '.' ? word.end - 1 : word.end;
  const form = kind === 'activation-code' || kind === 'seed' ? CODE : SECRET_LIKE;
  return form.test(line.slice(at, end)) ? toSpan(line, { ...word, end }, kind) : [];
}

/** A sentence in a language without blanks continues directly after the value. */
function withoutUnspaced(line: string, word: ReadValue): ReadValue {
  const from = line.slice(word.start, word.end).search(/[\u3000-\u9fff\uac00-\ud7af\uff01-\uff60]/);
  return from === -1 ? word : { ...word, end: word.start + from, next: word.start + from };
}
