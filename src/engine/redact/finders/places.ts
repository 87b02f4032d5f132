import type { SecretKind } from '../kinds.ts';
import { isOrdinary } from '../ordinary-words.ts';
import { patternFor } from '../pattern-for.ts';
import { startsPem } from '../pem.ts';
import { mayName, secretKindOf } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { cellKind, isColumnName, isLikely } from '../table-columns.ts';
import { isAlreadyHidden } from '../tokens.ts';
import {
  isTechnical,
  lineEnd,
  looksChosen,
  marginEnd,
  type ReadValue,
  readQuoted,
  readWhole,
  readWord,
  startsExpression,
  toSpan,
} from '../values.ts';
import { hashKind, isEncMark } from './encrypted.ts';
import { holdingOf, nestedValues } from './nested.ts';

/** The form of a name with its value: `N: V`, `"N": "V"`, `N = V`. */
type Form = 'colon' | 'json' | 'equals';

/** A name, and where its value begins. */
interface Place {
  readonly word: string;
  /** With the word before it. */
  readonly phrase: string | undefined;
  readonly start: number;
  readonly at: number;
  readonly form: Form;
  /** What separates them. */
  readonly mark: string;
}

/** A word that may be the name of a value. */
const nameIn = patternFor('[\\p{L}_](?:[\\p{L}\\p{N}_.-]{0,62}[\\p{L}\\p{N}_])?', 'g');
/** What closes a name: `"psk"`, `['psk']`, `**PSK** (new)`, `psk:1`. */
const CLOSING =
  /\\{0,7}["'”’`]{0,2}[\])}*_~%]{0,3}(?:\[[\w'".-]{0,40}\](?=[ \t]{0,4}[:=])|[ \t]?\([^()]{1,40}\)(?=[*_~"'` \t]{0,8}[:=→-])|:\d(?=[ \t]{0,8}=)|[ \t-]is(?=[ \t]{0,4}[:=]))?/y;
/** A RADIUS server has `:=` and similar, mail has `=3D`, PHP `=>`, a form `......:`, the registry a type. */
const MARK =
  /[ \t]{0,60}(?:(\\?[:+?!]?={1,3}(?:3D|>)?|[-=]>|[→➜⇒»≔]|<<<)|\.{3,60}(?:[ \t]?:)?|::?(?!\/\/)|：|REG_(?:EXPAND_)?SZ[ \t])[*_~]{0,3}[ \t]{0,60}/y;
/** The operator of a RADIUS attribute may stand between them. */
const ARGUMENT = /[ \t]{0,4},[ \t]{0,4}(?:["'][:=]{1,2}["'],[ \t]{0,4})?(?=["'])/y;
const CELL = /[ ]{0,4}([;|\t])[ ]{0,4}(?::?={1,2}[ ]{0,4}\|[ ]{0,4})?(?=[^\s;|])|,[ ]?(?=[^\s,]+\s*$)/y;
const BRACKET = /[ \t]?[<([][ \t]?/y;
const BLANKS = /[ \t]{1,16}(?=\S)/y;
/** A type before the value: `secret: string = "…"`. */
const TYPE = /[A-Za-z][\w.<>[\]| ]{0,40}?[ \t]{0,2}=[ \t]{0,4}(?=["'`])/y;

/** A name of several parts is no word of a sentence. */
const COMPOUND = /^[A-Za-z][A-Za-z\d]{0,23}(?:(?:[-_.]|(?<=[a-z])(?=[A-Z]))[A-Za-z][A-Za-z\d]{0,23}){1,6}$/;
/** A name that no sentence has. */
const UNSPOKEN = /(?:[a-z]{2}(?:key|pass|pw)|pwd|passwd)\d{0,2}$/i;
/** `tunnel key`, and no `the key`. */
const QUALIFIED =
  /^(?!(?:the|an?|this|that|your|my|our|any|each|no|which|what|public|host|sort|der|das|ein|mein)[ ])\S+[ ]\S+$/i;
/** Verbs, and names of anything, behind which a quotation is no value. */
const AMBIGUOUS = /^(?:key|pass|pin|token)s?$/i;
/** The last word of a phrase that names a secret with the word before it: `API key`, `activation code`. */
const PHRASE_END = /^(?:key|code|token|string|secret|pass|pw|text)$/i;
/** Words before the name at the start of a line, behind the prefix of a log. */
const LEAD =
  /^(?:\[[^\]]{1,80}\][ \t]{0,4})?['"]?\$?(?:[\p{L}\p{N}_.'@/-]{0,60}[ \t]{1,8}){0,4}[\p{L}\p{N}_.'@/-]{0,60}$/u;
const DECLARES = /(?:^|[ \t])(?:setx|setenv|ENV|set[ \t]-\w{1,4})[ \t]{1,4}$/;
/** Words of such a command are names themselves. */
const COMMAND =
  /^\s{0,32}[^\s#$]{0,64}(?: ?\([^)]{1,64}\)){0,3} ?[#$]? ?(?:exec?|diag|get|show|set apply-to)/;
/** Names of columns. */
const COLUMNS = /\S {2,40}\S.{0,200}?\S {2,40}\S/;

/** `Invalid password : …`, `if not password: …` */
const DENIED =
  /(?<!\w)(?:invalid|wrong|bad|incorrect|missing|no|not|expired|without|falsches|ohne|kein)[ \t]{1,4}$/i;
const HIDDEN = /^[\s"'`:=|[(]{0,16}(?:<|&lt;)[a-z-]{3,20}#\d/;
/** The value is on the next line: YAML's block, an open bracket. */
const OPENED = /^(?:(?:![\w-]{1,20}[ \t]{1,4})?[|>][+-]?\d?|[({[\\])\s*$/;
/** A JSON literal, which is not a secret; it may precede another member. */
const LITERAL = /^(?:null|true|false|-?\d{1,4})[ \t]{0,8}[,}\]]/;
/** `f"…"`, `b'…'`: a string of a program. */
const STRING_MARK =
  /^(?:[bfru]{1,2}|@|\$|\([\w ]{1,16}\)|[A-Za-z_.]{0,24}(?:secret|str|secure|protected|plain)[A-Za-z_]{0,16}\()(?=["'])/i;
/** The value if a variable has none: `process.env.X || '…'`. */
const OTHERWISE = /^.{1,160}?(?:\|\||\?\?|(?<!\w)or)[ \t]{0,4}(?=["'])/;
/** `if not password: raise …` */
const STATEMENT =
  /^\s*(?:if|elif|while|for|except|else|case|assert|unless)[ ].{0,60}:[ ](?:raise|return|throw|print|continue|break|pass|exit|log)(?!\w)/;
/** `password`, `api_key`, `apiKey`, `DB_PASSWORD`; a secret has digits or capitals elsewhere. */
const MEMBER_NAME =
  /^(?:[a-z]+(?:[_ -][a-z]+)*|[A-Z]+(?:_[A-Z]+)*|[A-Z]?[a-z]+(?: ?[A-Z][a-z]+)*|[A-Za-z]{1,24}(?:[_.-][A-Za-z]{1,24}){1,6})$/;
const QUERY_STOPS = '&;,|>"”\')}]';
const ROW_STOPS = '|,;)]}<>';
const COUNT = /^\d{1,4}$/;
/** The id of a session in a traffic log. */
const NUMBER = /^\d{1,12}(?:\s|$)/;
/** Names with other meanings: `12 pass = all good`. */
const SHORT_NAME = /^(?:pass|pw|cred)$/i;
/** `pass: 12, fail: 3`. */
const TESTS_PASSED = /^\d{1,4}(?:\W|$)/;
const ONE_TIME_CODE = /^\d{6,8}$/;
/** Response of a sign-in at another service. */
const OAUTH_CODE = /^(?=\D*\d)(?=[^a-z]*[a-z])[\w.~/-]{12}/i;

/** Values by their place: behind the name of a secret and a mark. */
export function findPlaces(line: string): readonly Span[] {
  const spans: Span[] = [];
  let past = 0;
  let before: { readonly text: string; readonly end: number } | undefined;
  for (const { 0: word, index: start } of line.matchAll(nameIn(line))) {
    const end = start + word.length;
    const phrase =
      before?.end === start - 1 && line[start - 1] === ' ' ? `${before.text} ${word}` : undefined;
    before = { text: word, end };
    if (start < past || !(mayName(word) || LAST_WORD.test(word))) continue;
    const found = valuesOf(line, start, word, phrase);
    spans.push(...found);
    past = Math.max(past, ...found.map((span) => span.end));
  }
  return spans;
}

/** Words that name a secret with the word before them. */
const LAST_WORD =
  /^(?:key|code|string|id|content|word|phrase|value|text|hex|ascii|hash|b64|base64|data|bytes|raw|md5|material)$/i;

/** Only the quoted values of quoted names. */
export function findJsonValues(line: string): readonly Span[] {
  return findPlaces(line).filter(({ start }) => /["'”’]$/.test(line.slice(start - 1, start)));
}

function valuesOf(line: string, start: number, word: string, phrase: string | undefined): readonly Span[] {
  const end = start + word.length;
  if (HIDDEN.test(line.slice(end, end + 40))) return [];
  const closing = matchAt(CLOSING, line, end)?.[0] ?? '';
  const isQuoted = /["'”’]/.test(closing);
  const from = end + closing.length;
  const mark = matchAt(MARK, line, from);
  // The arguments of a function, and what it returns.
  if (closing.includes(')') && /[-=]>/.test(mark?.[0] ?? '')) return [];
  if (mark) {
    const form = mark[1] === undefined ? (isQuoted ? 'json' : 'colon') : 'equals';
    return marked(line, { word, phrase, start, at: from + mark[0].length, form, mark: mark[0] });
  }
  const passed = isQuoted ? argument(line, start, word, from) : [];
  if (passed.length > 0) return passed;
  const cell = matchAt(CELL, line, from);
  if (cell) return inCell(line, start, end, from + cell[0].length, cell[1] ?? ',');
  const kind =
    (phrase && PHRASE_END.test(word) ? secretKindOf(phrase, 'equals') : undefined) ??
    secretKindOf(word, 'equals');
  return kind
    ? unmarked(line, secretKindOf(word, 'equals') ? word : (phrase ?? word), from, start, kind)
    : [];
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

/** `define('DB_PASSWORD', '…')`, `[["password", "…"]]`. */
function argument(line: string, start: number, word: string, from: number): readonly Span[] {
  const opening = /(?:\(|[,[][ \t]{0,4}\[)[ \t]{0,4}["']$|["']--?$/.test(
    line.slice(Math.max(0, start - 12), start),
  );
  const kind = opening ? secretKindOf(word, 'json') : undefined;
  const at = from + (matchAt(ARGUMENT, line, from)?.[0].length ?? 0);
  const value = readQuoted(line, at);
  return kind && value ? toSpan(line, value, kind) : [];
}

/** `password;value`, as a row of a table with two columns or inside a longer row. */
function inCell(line: string, start: number, end: number, at: number, separator: string): readonly Span[] {
  const opened =
    /(?:^[\s>|+*-]{0,64}|[;|\t>][ ]{0,4})["']?((?:[\p{L}\p{N}_-]{1,40} ){0,2}[\p{L}\p{N}_-]{0,40})$/u.exec(
      line.slice(Math.max(0, start - 110), start),
    );
  if (!opened || (separator === ',' && line.slice(0, start).includes(','))) return [];
  const kind = cellKind(`${opened[1]}${line.slice(start, end)}`);
  if (kind === undefined) return [];
  const quoted = readQuoted(line, at);
  if (quoted) return toSpan(line, quoted, kind);
  const stop = line.indexOf(separator, at);
  const text = line.slice(at, stop === -1 ? line.length : stop).trimEnd();
  if (isColumnName(text) || !isLikely(text, kind) || isSentence(text)) return [];
  return toSpan(line, { start: at, end: at + text.length, next: at + text.length }, kind);
}

/** In brackets, or behind blanks only. */
function unmarked(
  line: string,
  word: string,
  from: number,
  start: number,
  kind: SecretKind,
): readonly Span[] {
  const bracket = matchAt(BRACKET, line, from);
  const blanks = bracket ?? matchAt(BLANKS, line, from);
  // A variable, or a tag.
  if (!blanks || /\$$|<[\w:-]{0,24}$/.test(line.slice(Math.max(0, start - 26), start))) return [];
  const at = from + blanks[0].length;
  const quoted = readQuoted(line, at);
  const value = quoted ?? readWhole(line, at, ROW_STOPS);
  const text = line.slice(value.start, value.end);
  if (startsExpression(line, at) || line[value.end] === '(' || /^(?:[:=<>{}[\]()/|&-]|https?:)/.test(text))
    return [];
  if (!bracket && DECLARES.test(line.slice(Math.max(0, start - 16), start))) return toSpan(line, value, kind);
  const isBracketed = bracket !== null || '])}*_~%'.includes(line[from - 1] ?? ' ');
  if (line[at - 1] === '<' && isAlreadyHidden(line.slice(at - 1, value.end + 1))) return [];
  const isCompound = isBracketed || COMPOUND.test(word) || UNSPOKEN.test(word) || QUALIFIED.test(word);
  if (
    isToken(line, at) &&
    !COMPOUND.test(text) &&
    !/=./.test(text) &&
    (kind !== 'key' || !/^key$/i.test(word))
  )
    return toSpan(line, value, kind);
  if (COUNT.test(text) || (!isCompound && !(quoted && !quoted.open && !AMBIGUOUS.test(word)))) return [];
  const isFree = !isBracketed && quoted === undefined;
  if (isFree && (COMMAND.test(line.slice(0, 160)) || COLUMNS.test(line))) return [];
  const isLast = /^["'`]{0,3}[;,}"'`\])]{0,4}\s*$/.test(line.slice(value.end));
  const isCode = line[at] === '`' || (bracket?.[0].includes('(') && !quoted);
  if (isCode && !looksChosen(text)) return [];
  const isPlaced = isFree ? isLast : bracket === null || /^["'`]?[>)\],]/.test(line.slice(value.end));
  return isChosen(text, isPlaced) ? toSpan(line, value, kind) : [];
}

/** Several words, of which one is said in sentences. */
function isSentence(text: string): boolean {
  const words = text.split(' ');
  return words.length > 1 && words.some((word) => isOrdinary(word.replace(/[.,;:!?]$/, '')));
}

/** Without a mark between them the value is the last word of its line, or one that looks like a secret. */
function isChosen(text: string, isPlaced: boolean): boolean {
  const word = text.replace(/[.!?:]+$/, '');
  return isPlaced ? word.length >= 3 && !isOrdinary(word) && !isTechnical(word) : looksChosen(word);
}

function kindOf(line: string, { word, phrase, start, at, form, mark }: Place): SecretKind | undefined {
  const isPhrase = phrase !== undefined && (form !== 'equals' || /^[ \t]/.test(mark) || /^code$/i.test(word));
  const kind = secretKindOf(word, form) ?? (isPhrase ? secretKindOf(phrase, 'colon') : undefined);
  if (kind) return kind;
  const other =
    form === 'equals' ? queryKind(line, start, word) : form === 'json' ? keyPartKind(word, line) : undefined;
  return other ?? (TOKEN_NAME.test(word) && isToken(line, at) ? 'api-key' : undefined);
}

function marked(line: string, place: Place): readonly Span[] {
  const kind = kindOf(line, place);
  const { word, start, at, form } = place;
  if (line[at] === '{' || line[at] === '[') return held(line, at, word, form);
  if (!kind || at >= lineEnd(line) || HIDDEN.test(line.slice(at, at + 40))) return [];
  // The quotation marks around the name: `log('password:', x)`.
  const quote = line[start - 1] ?? '';
  if (/["'`]/.test(quote) && line[at] === quote && !line.slice(start, at).includes(quote)) return [];
  if (/^keys?$/i.test(word) && !isToken(line, at) && readQuoted(line, at)) return [];
  if (startsPem(line, at) || OPENED.test(line.slice(at, at + 24))) return [];
  if (form === 'colon' && DENIED.test(line.slice(Math.max(0, start - 16), start)))
    return isChosen(line.slice(at, lineEnd(line)), !/\s/.test(line.slice(at).trim()))
      ? stated(line, place, kind)
      : [];
  const type = form === 'colon' ? (matchAt(TYPE, line, at)?.[0].length ?? 0) : 0;
  const string = STRING_MARK.exec(line.slice(at + type, at + type + 60))?.[0].length ?? 0;
  const quoted = readQuoted(line, at + type + string);
  if (quoted) return [...inQuotes(line, quoted, kind), ...changedTo(line, quoted, kind)];
  if (isEncMark(line, at)) return [];
  if (form === 'json') {
    const value = readWord(line, at, ',}]');
    return COUNT.test(line.slice(at, value.end)) ? [] : toSpan(line, value, kind);
  }
  if (startsExpression(line, at)) {
    const otherwise = OTHERWISE.exec(line.slice(at, at + 200));
    const value = otherwise && readQuoted(line, at + otherwise[0].length);
    return value ? toSpan(line, value, kind) : [];
  }
  return form === 'colon' ? stated(line, place, kind) : assigned(line, place, kind);
}

function inQuotes(line: string, quoted: ReadValue, kind: SecretKind): readonly Span[] {
  if (startsPem(line, quoted.start)) return [];
  return toSpan(line, quoted, isEncMark(line, quoted.start) ? hashKind(kind) : kind);
}

/** `passwd = "…" -> "…"`. */
function changedTo(line: string, { next }: ReadValue, kind: SecretKind): readonly Span[] {
  const arrow = /^[ \t]{1,4}[-=]>[ \t]{1,4}(?=")/.exec(line.slice(next, next + 12));
  const value = arrow && readQuoted(line, next + arrow[0].length);
  return value ? toSpan(line, value, kind) : [];
}

/** Kubernetes: `{"kind": "Secret", "data": {…}}`. */
const SECRET_OBJECT = /"kind"[ \t]{0,4}:[ \t]{0,4}"Secret"/;

/** An object or a list; or the brackets of a debug: `passwd=[secret]`. */
function held(line: string, at: number, word: string, form: Form): readonly Span[] {
  const isData = word === 'data' && SECRET_OBJECT.test(line);
  const holding = isData ? ({ kind: 'secret', all: true } as const) : holdingOf(word);
  if (!holding) return [];
  const only = line[at] === '{' ? readQuoted(line, at + 1) : undefined;
  if (only && line[only.next] === '}') return toSpan(line, only, holding.kind);
  const nested = nestedValues(line, at, holding);
  if (nested.length > 0 || form === 'json') return nested;
  const value = readWord(line, at + 1, ']');
  const isTight = /[=:]/.test(line[at - 1] ?? '') || looksChosen(line.slice(value.start, value.end));
  return line[at] === '[' && isTight && line[value.end] === ']' && value.end > value.start + 3
    ? toSpan(line, value, holding.kind)
    : [];
}

/** `password: …`: at the start of a line everything behind it, within a line one word. */
function stated(line: string, { word, start, at }: Place, kind: SecretKind): readonly Span[] {
  if (STATEMENT.test(line.slice(Math.max(0, at - 80), at + 40))) return [];
  if (LITERAL.test(line.slice(at, at + 24))) return [];
  const end = lineEnd(line);
  const head = line.slice(at, Math.min(end, at + 40));
  // `Key: password`: the name of a member, whose value follows.
  if (/^key$/i.test(word) && MEMBER_NAME.test(head) && secretKindOf(head, 'json')) return [];
  if (mayCount(kind) && COUNT.test(head)) return [];
  if (/^pass$/i.test(word) && TESTS_PASSED.test(head)) return [];
  const margin = marginEnd(line);
  const isFirst =
    start <= margin || (!SHORT_NAME.test(word) && LEAD.test(line.slice(margin, start).slice(0, 150)));
  if (isFirst) return toSpan(line, { start: at, end, next: end, open: { by: 'word', encoded: false } }, kind);
  const value = readWhole(line, at, ROW_STOPS);
  // A line break of a text in JSON ends it.
  const text = line.slice(at, value.end).replace(/\\[nrt].*$|[.!?]$/, '');
  return text.length < 3 || isOrdinary(text) ? [] : toSpan(line, { ...value, end: at + text.length }, kind);
}

/** `name=value`: queries, posted forms, event logs, environment lines. */
function assigned(line: string, { word, start, at }: Place, kind: SecretKind): readonly Span[] {
  if (isVariable(line, at, word)) return [];
  const value =
    readInQuotes(line, start, at) ?? readLast(line, start, at) ?? readWhole(line, at, QUERY_STOPS);
  const text = line.slice(value.start, Math.min(value.end, value.start + 32));
  const isCount = COUNT.test(text);
  const isHarmless =
    kind === 'otp'
      ? !ONE_TIME_CODE.test(text) && !OAUTH_CODE.test(text)
      : (kind === 'cookie' && NUMBER.test(text)) ||
        (mayCount(kind) && isCount) ||
        (SHORT_NAME.test(word) && (isCount || isOrdinary(text)));
  return isHarmless ? [] : toSpan(line, value, kind);
}

/** Words before a name that begins its line: `export PASSWORD=…`, `local key = …`. */
const DECLARED = /^(?:(?:export|set|local|const|let|var|ENV|-e|-)[ \t]{1,4}){0,2}\$?$/;
const COMMENT = /[ \t]{1,8}(?:[#;]|\/\/)/;

/** `psk = three small words`: the only value of its line has blanks if none of its words is one of a sentence. */
function readLast(line: string, start: number, at: number): ReadValue | undefined {
  if (!DECLARED.test(line.slice(marginEnd(line), start))) return undefined;
  const text = line.slice(at, lineEnd(line)).slice(0, 200).split(COMMENT)[0] as string;
  const end = at + text.replace(/[;,]$/, '').length;
  const words = line.slice(at, end).split(' ');
  if (words.length < 2 || /[=:"'&|<>]/.test(text) || isSentence(line.slice(at, end))) return undefined;
  return { start: at, end, next: end };
}

/** `const key = options.privateKey;`, `privateKey = privateKeyStream,`: the value of another variable. */
function isVariable(line: string, at: number, word: string): boolean {
  const name =
    /^[a-z][A-Za-z]*(?:\.[a-z][A-Za-z]*)*(?=[;,)]*$|[ ]\|\|)/.exec(line.slice(at, at + 80))?.[0] ?? '';
  const isMember = name.includes('.') && !/^[a-z]+$/.test(name.replaceAll('.', ''));
  return isMember || (name.length >= word.length && name.startsWith(word) && !/^[a-z]+$/.test(name));
}

/** `'password=…'`: the quotation marks are around the name and the value. */
function readInQuotes(line: string, start: number, at: number): ReadValue | undefined {
  const opening = /["'](?:[\w-]{1,24}\.){0,4}$/.exec(line.slice(Math.max(0, start - 60), start));
  const around = opening && readQuoted(line, start - opening[0].length);
  return around && !around.open && around.end > at ? { ...around, start: at } : undefined;
}

/** Words that name a secret only as a parameter of a query or a posted form. */
const QUERY_KEY = /^(?:key|sig|signature|auth|hmac|session|sid|ticket|token|subscription-key)$/i;

function queryKind(line: string, start: number, word: string): SecretKind | undefined {
  const before = line[start - 1];
  if (before !== undefined && !'?&;#'.includes(before)) return undefined;
  if (word === 'code' || word === 'code2') return 'otp';
  if (before === undefined) return undefined;
  if (QUERY_KEY.test(word)) return 'api-key';
  return word === 'pass' || word === 'pw' ? 'password' : undefined;
}

/** `reset_token`, `session`: the value of such a name is a secret if it is long and has letters and digits. */
const TOKEN_NAME =
  /(?:[-_a-z](?:token|ticket|cookie|(?<!pub|public|[-_]?host|mon)[-_]?key)|^(?:key|session(?:[-_]?id)?|sid|ticket|assertion))$/i;
const TOKEN_VALUE =
  /^["'\\]{0,4}(?![0-9a-f]{16}\/[0-9a-f]{16}(?!\w))(?=[^"'\s]{0,40}\d)(?=[^"'\s]{0,40}[A-Za-z])[\w.~+/=%-]{20}/;

function isToken(line: string, at: number): boolean {
  return TOKEN_VALUE.test(line.slice(at, at + 64));
}

/** The private parts of a JSON Web Key. */
function keyPartKind(word: string, line: string): SecretKind | undefined {
  return /^(?:[dkpq]|d[pq]|qi)$/.test(word) && line.includes('"kty"') ? 'private-key' : undefined;
}

/** A short number with such a name is a count or an index. */
function mayCount(kind: SecretKind): boolean {
  return kind === 'api-key' || kind === 'key' || kind === 'seed';
}
