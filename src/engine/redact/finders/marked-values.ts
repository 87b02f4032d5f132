import type { SecretKind } from '../kinds.ts';
import { isDay, isForeignSentence, isListed, isOrdinary } from '../ordinary-words.ts';
import { startsPem } from '../pem.ts';
import { findListKind, findSecretKind, isHarmlessName } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { ofLast } from '../text-memory.ts';
import {
  isTechnical,
  lineEnd,
  looksChosen,
  marginEnd,
  matchAt,
  type ReadValue,
  readQuoted,
  readWhole,
  readWord,
  startsExpression,
  toSpan,
} from '../values.ts';
import { hashKind, isEncMark } from './encrypted.ts';
import { findHolding, nestedValues } from './nested.ts';

/** The form of a name with its value: `N: V`, `"N": "V"`, `N = V`. */
type Form = 'colon' | 'json' | 'equals';

/** A name, and where its value begins. */
export interface MarkedPlace {
  readonly word: string;
  /** With the word before it. */
  readonly phrase: string | undefined;
  readonly start: number;
  readonly at: number;
  readonly form: Form;
  /** What separates them. */
  readonly mark: string;
  /** Of a name with words behind it that say whose secret it is. */
  readonly kind?: SecretKind;
}

/** A type before the value: `secret: string = "…"`. */
const TYPE = /[A-Za-z][\w.<>[\]| ]{0,40}?[ \t]{0,2}=[ \t]{0,4}(?=["'`])/y;

/** Words before the name at the start of a line, behind the prefix of a log. */
const LEAD =
  /^(?:\[[^\]]{1,80}\][ \t]{0,4})?['"]?\$?(?:[\p{L}\p{N}_.'@/-]{0,60}[ \t]{1,8}){0,4}[\p{L}\p{N}_.'@/-]{0,60}$/u;
/** A token, or names of secrets and a token: `secret: secret: <secret#1>`. */
const HIDDEN =
  /^[\s"'`:=|[(]{0,16}(?:(?:(?:[Pp]ass(?:word|wd|phrase)|[Ss]ecret|psk|PSK|[Kk]ey|[Tt]oken): ?){0,2}(?:<|&lt;)[a-z-]{3,20}#\d|<{2,3} ?(?:secret|password|passphrase|psk|token|key|hidden|masked|removed|redacted) ?>{2,3})/;
const mayHide = ofLast((line) => /<|&lt;/.test(line));

export function isHidden(line: string, at: number): boolean {
  return mayHide(line) && HIDDEN.test(line.slice(at, at + 40));
}

/** The value is on the next line: YAML's block, an open bracket. */
const OPENED = /^(?:(?:![\w-]{1,20}[ \t]{1,4})?[|>][+-]?\d?(?:[ \t]{1,4}#.{0,200})?|[({[\\])\s*$/;
/** A JSON literal, which is not a secret; it may precede another member. */
const LITERAL = /^(?:null|true|false|-?\d{1,4})[ \t]{0,8}[,}\]]/;
/** `f"…"`, `b'…'`, `$(cat <<< '…')`: a string of a program. */
const STRING_MARK =
  /^(?:[bfnru]{1,2}|@|string\(\d{1,5}\)[ ]|\$|\$\(cat[ ]{0,2}<<<[ ]{0,2}|\([\w ]{1,16}\)|(?![A-Za-z_.]{0,24}get)[A-Za-z_.]{0,24}(?:secret|str|secure|sensitive|protected|plain)[A-Za-z_]{0,16}\()(?=["'])/i;
/** `{`, `array('hub' => …)`, `@{ Hub = … }`, `([hub]=…)`; no brackets of a host: `[mail.example]:587 wren:…` */
const OBJECT = /(?:@?(?=\{)|@(?=\()|(?=\[(?![\w.:-]{2,80}\]:\d))|(?:array|dict)?(?=\([ \t]{0,4}["'[]))/y;
/** `!!str V` */
const YAML_TAG = /!!\w{1,16}[ \t]{1,4}/y;
/** The value if a variable has none: `process.env.X || '…'`, `{{ psk | default('…') }}`. */
const OTHERWISE = /^.{1,160}?(?:\|\||\?\?|(?<!\w)or|\|[ ]?d(?:efault)?\()[ \t]{0,4}(?=["'])/;
/** `if not password: raise …` */
const STATEMENT =
  /^\s*(?:if|elif|while|for|except|else|case|assert|unless|def)[ ].{0,60}:[ ](?:raise|return|throw|print|continue|break|pass|exit|log)(?!\w)/;
/** `password`, `api_key`, `apiKey`, `DB_PASSWORD`; a secret has digits or capitals elsewhere. */
const MEMBER_NAME =
  /^(?:[a-z]+(?:[_ -][a-z]+)*|[A-Z]+(?:_[A-Z]+)*|[A-Z]?[a-z]+(?: ?[A-Z][a-z]+)*|[A-Za-z]{1,24}(?:[_.-][A-Za-z]{1,24}){1,6})$/;
const QUERY_STOPS = '&;,|>"”\')}]';
export const ROW_STOPS = '|,;)]}<>';
export const COUNT = /^\d{1,4}$/;
/** `token: 0\\nTotal …`: a count, behind which other text of joined lines stands. */
const COUNTED = /^\d{1,4}(?=\s*$|\\[nrt]|["',;)]|\s[A-Z][a-z]{2})/;
/** The id of a session in a traffic log. */
const NUMBER = /^\d{1,12}(?:\s|$)/;
/** Names with other meanings: `12 pass = all good`. */
const SHORT_NAME = /^(?:pass|pw|cred)$/i;
/** `pass: 12, fail: 3`. */
const TESTS_PASSED = /^\d{1,4}(?:\W|$)/;
const ONE_TIME_CODE = /^\d{6,8}$/;
/** Response of a sign-in at another service. */
const OAUTH_CODE = /^(?=\D*\d)(?=[^a-z]*[a-z])[\w.~/-]{12}/i;
/** `Backup codes: 1234-5678, …` */
const CODES = /^(?:[a-z\d-]{0,16}\d[a-z\d-]{3,16}(?:, ?| |$)){1,20}/i;

/** Several words, of which one is said in sentences. */
export function isSentence(text: string): boolean {
  const words = text.split(' ');
  return words.length > 1 && words.some((word) => isOrdinary(word.replace(/[.,;:!?]$/, '')));
}

/** Characters; a line may hold many names, and each would read the rest of it. */
const MAX_SAID = 160;

/** Several words, all of which are said in sentences, or the first three: `all tokens updated successfully`, `16 bytes`; `(missing)`, `(file wren.p12)`. */
function isSaid(text: string): boolean {
  const said = text.slice(0, MAX_SAID);
  if (isForeignSentence(said)) return true;
  const remark = /^\(([^()]*)\)$/.exec(said)?.[1];
  const words = (remark ?? said).split(' ', 3);
  return (
    (words.length > 1 || remark !== undefined) &&
    words.every((each) => {
      const word = '.,;:!?'.includes(each.at(-1) ?? ' ') ? each.slice(0, -1) : each;
      return (
        isOrdinary(word) || COUNT.test(word) || word === '/' || (remark !== undefined && isTechnical(word))
      );
    })
  );
}

const SENTENCE_MARKS = `.!?:"'”’`;

/** Without a mark between them the value is the last word of its line, or one that looks like a secret. */
export function isChosen(text: string, isPlaced: boolean): boolean {
  // What a program asks: `getpass("Device password: ")`.
  if (/: ?$/.test(text.slice(-2)) && /(?:^|\s)\S{1,40}: ?$/.test(text)) return false;
  let end = text.length;
  while (end > 0 && SENTENCE_MARKS.includes(text[end - 1] as string)) end--;
  const word = text.slice(0, end);
  return isPlaced ? word.length >= 3 && !isOrdinary(word) && !isTechnical(word) : looksChosen(word);
}

/** `Offering public key: …`, `Cache restored from key: …` */
const OTHER_KEY = /(?<!\w)(?:cache|public|primary|partition|duplicate)(?!\w).{0,24}$/i;

function isKey(word: string): boolean {
  return /^key$/i.test(word);
}

function findKind(
  line: string,
  { word, phrase, start, at, form, mark }: MarkedPlace,
): SecretKind | undefined {
  if (isKey(word) && ((phrase && isHarmlessName(phrase)) || OTHER_KEY.test(line.slice(0, start))))
    return undefined;
  const isPhrase = phrase !== undefined && (form !== 'equals' || /^[ \t]/.test(mark) || /^code$/i.test(word));
  const kind = findSecretKind(word, form) ?? (isPhrase ? findSecretKind(phrase, 'colon') : undefined);
  if (kind) return kind;
  if (/codes$/i.test(word) && CODES.test(line.slice(at, lineEnd(line)))) return findListKind(phrase ?? word);
  const other =
    form === 'equals' ? queryKind(line, start, word) : form === 'json' ? keyPartKind(word, line) : undefined;
  return other ?? tokenKind(isPhrase && /^id$/i.test(word) ? phrase : word, line, at);
}

/** Characters. */
const MAX_PROMPT = 200;

/** `read -p "Password for wren: " pw`: the quotation mark ends the text of a prompt. */
function isClosing(line: string, at: number): boolean {
  const mark = line[at] ?? '';
  const isMark = mark === '"' || mark === "'" || (mark === '`' && !line.includes(mark, at + 1));
  if (at > MAX_PROMPT || !isMark) return false;
  const text = line.slice(0, at);
  return /[:?][ \t]{0,4}$/.test(text) && text.split(mark).length % 2 === 0;
}

/** The value behind the name of a secret and a mark. */
export function markedValues(line: string, place: MarkedPlace): readonly Span[] {
  const kind = place.kind ?? findKind(line, place);
  const { word, start, form } = place;
  const tag = form === 'equals' ? null : matchAt(YAML_TAG, line, place.at);
  const at = place.at + (tag?.[0].length ?? 0);
  const object = matchAt(OBJECT, line, at)?.[0].length;
  if (object !== undefined) return held(line, at + object, word, form);
  if (!kind || at >= lineEnd(line) || isHidden(line, at)) return [];
  // The quotation marks around the name: `log('password:', x)`.
  const quote = line[start - 1] ?? '';
  if (/["'`]/.test(quote) && line[at] === quote && !line.slice(start, at).includes(quote)) return [];
  if (/^["'`][),]/.test(line.slice(at, at + 2)) || (form === 'colon' && isClosing(line, at))) return [];
  if (/^keys?$/i.test(word) && !isToken(line, at) && readQuoted(line, at)) return [];
  if (startsPem(line, at) || OPENED.test(line.slice(at, at + 240))) return [];
  const type = form === 'colon' ? (matchAt(TYPE, line, at)?.[0].length ?? 0) : 0;
  const string = STRING_MARK.exec(line.slice(at + type, at + type + 60))?.[0].length ?? 0;
  const quoted = readQuoted(line, at + type + string);
  if (quoted) return [...inQuotes(line, quoted, kind), ...changedTo(line, quoted, kind)];
  if (isEncMark(line, at)) return [];
  if (startsExpression(line, at)) return otherwise(line, at, kind);
  if (form === 'json') {
    const value = readWord(line, at, ',}]');
    const text = line.slice(at, value.end);
    // A variable of a program: `{"key": password}`.
    const isVariable = /^[a-z_]+$/.test(text) && findSecretKind(text, 'equals') !== undefined;
    return isVariable || COUNT.test(text) || isSaid(line.slice(at, lineEnd(line)))
      ? []
      : toSpan(line, value, kind);
  }
  return form === 'colon' ? findStated(line, { ...place, at }, kind) : findAssigned(line, place, kind);
}

function otherwise(line: string, at: number, kind: SecretKind): readonly Span[] {
  const lead = OTHERWISE.exec(line.slice(at, at + 200));
  const value = lead && readQuoted(line, at + lead[0].length);
  return value ? toSpan(line, value, kind) : [];
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
/** Of the last line: it may have very many members, and is long then. */
let lastObject = { line: '', isSecret: false, isWebKey: false };

function findObject(line: string): typeof lastObject {
  if (lastObject.line !== line) {
    lastObject = { line, isSecret: SECRET_OBJECT.test(line), isWebKey: line.includes('"kty"') };
  }
  // Another string with the same content would be compared by it every time.
  lastObject.line = line;
  return lastObject;
}

/** An object or a list; or the brackets of a debug: `passwd=[secret]`. */
function held(line: string, at: number, word: string, form: Form): readonly Span[] {
  const isData = word === 'data' && findObject(line).isSecret;
  const holding = isData ? ({ kind: 'secret', all: true } as const) : findHolding(word);
  if (!holding) return [];
  if (line.startsWith('{{', at)) return otherwise(line, at, holding.kind);
  const only = line[at] === '{' ? readQuoted(line, at + 1) : undefined;
  if (only && line[only.next] === '}') return toSpan(line, only, holding.kind);
  const nested = nestedValues(line, at, holding);
  if (nested.length > 0 || form === 'json' || line[at] === '{') return nested;
  const value = readWord(line, at + 1, ']');
  const isTight = /[=:]/.test(line[at - 1] ?? '') || looksChosen(line.slice(value.start, value.end));
  return isTight && line[value.end] === ']' && value.end > value.start + 3
    ? toSpan(line, value, holding.kind)
    : [];
}

/** `password: …`: at the start of a line everything behind it, within a line one word. */
function findStated(
  line: string,
  { word, phrase, start, at }: MarkedPlace,
  kind: SecretKind,
): readonly Span[] {
  if (STATEMENT.test(line.slice(Math.max(0, at - 80), at + 40))) return [];
  if (LITERAL.test(line.slice(at, at + 24))) return [];
  const end = lineEnd(line);
  const head = line.slice(at, Math.min(end, at + 40));
  // `key: 128 bit`, `Key: branch (duplicate)`
  const isAnyKey =
    isKey(word) && !(phrase && /^(?:key|psk|secret)$/.test(findSecretKind(phrase, 'colon') ?? ''));
  if (isAnyKey && /\s/.test(head)) return [];
  const isPhrase =
    /phras|frase/i.test(phrase ?? word) && /^\p{L}/u.test(head) && !head.split(' ', 2).every(isOrdinary);
  if (!isPhrase && isSaid(line.slice(at, end))) return [];
  // `Key: password`: the name of a member, whose value follows.
  if (isAnyKey && MEMBER_NAME.test(head) && findSecretKind(head, 'json')) return [];
  // What the command says: `passwd: password unchanged`.
  if (word === 'passwd' && start === marginEnd(line) && /^\p{Ll}+(?: \p{L}+){3,}/u.test(line.slice(at, end)))
    return [];
  if (mayCount(kind) && COUNTED.test(head)) return [];
  if (/^pass$/i.test(word) && TESTS_PASSED.test(head)) return [];
  const margin = marginEnd(line);
  const isFirst =
    !(kind === 'api-key' && isToken(line, at)) &&
    (start <= margin || (!SHORT_NAME.test(word) && LEAD.test(line.slice(margin, start).slice(0, 150))));
  if (isFirst) return toSpan(line, { start: at, end, next: end, open: { by: 'word', encoded: false } }, kind);
  const value = readWhole(line, at, ROW_STOPS);
  // A line break of a text in JSON ends it.
  const text = line.slice(at, value.end).replace(/\\[nrt].*$|[.!?]$/, '');
  return text.length < 3 || isOrdinary(text) ? [] : toSpan(line, { ...value, end: at + text.length }, kind);
}

/** `name=value`: queries, posted forms, event logs, environment lines. */
function findAssigned(line: string, place: MarkedPlace, kind: SecretKind): readonly Span[] {
  const { word, start, at } = place;
  // `SK_d secret => 16 bytes`
  if (/^\d{1,4} bytes(?!\w)/.test(line.slice(at, at + 16))) return [];
  // A comparison, and the working directory of a shell.
  if (/={2}|!=/.test(place.mark) && /^(?:[a-z_]+|[a-z]\w*(?=\)))\)?:?(?:\s|$)/.test(line.slice(at, at + 80)))
    return [];
  // `?access_token= is refused`
  if (/[?&]/.test(line[start - 1] ?? '') && /\s$/.test(place.mark)) return [];
  if (isVariable(line, place) || (/^(?:OLD)?PWD$/.test(word) && line[at] === '/')) return [];
  const value =
    readInQuotes(line, start, at) ?? readLast(line, start, at) ?? readWhole(line, at, QUERY_STOPS);
  const text = line.slice(value.start, Math.min(value.end, value.start + 32));
  const isCount = COUNT.test(text);
  const isHarmless =
    kind === 'otp'
      ? !ONE_TIME_CODE.test(text) && !OAUTH_CODE.test(text)
      : (kind === 'cookie' && NUMBER.test(text)) ||
        (mayCount(kind) && isCount) ||
        (SHORT_NAME.test(word) &&
          // `PW=bird-wonderful`
          (isCount ||
            (/^[A-Z]+$/.test(word) && place.mark === '='
              ? isListed(text)
              : isOrdinary(text) && !isDay(text))));
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
function isVariable(line: string, { at, word }: MarkedPlace): boolean {
  const name =
    /^[a-z][A-Za-z]*(?:\.[a-z][A-Za-z]*)*(?=[;,)]*(?:[ ]+(?:#|\/\/).*)?$|[ ]\|\|)/.exec(
      line.slice(at, at + 80),
    )?.[0] ?? '';
  const isMember = name.includes('.') && !/^[a-z]+$/.test(name.replaceAll('.', ''));
  // `self.token = token`, `login(password=password)`
  if (
    word.endsWith(`.${name}`) ||
    (line.startsWith(word, at) &&
      /^(?:[,;)]|[ ](?:or|\|\|)[ ])/.test(line.slice(at + word.length, at + word.length + 4)))
  )
    return true;
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
  /(?:[-_a-z](?:token|ticket|(?<!set-)cookie|signature|assertion|device_code|(?<!pub|public|[-_]?host|mon|socket-?)[-_]?key|secret[-_]id|[-_]session(?:[-_]?id)?)|^(?:secret[-_]id|auth|code|key|session(?:[-_ ]?id)?|_?sid|ticket|assertion|relaystate|_?csrf|device_code))$/i;
const TOKEN_VALUE =
  /^["'\\]{0,4}(?!FTK|[0-9a-f]{16}\/[0-9a-f]{16}(?!\w))(?=[^"'\s]{0,40}\d)(?=[^"'\s]{0,40}[A-Za-z])(?:[\w.~+/=%-]|\\\/){16}/;

/** `error code: `, before what a program prints */
const PRINTED_CODE =
  /(?:error|exit|status|reason|result|return|event|fault)[ _-]code["']?\s{0,4}[:=]\s{0,4}["']?$/i;

export function tokenKind(word: string, line: string, at: number): SecretKind | undefined {
  if (!TOKEN_NAME.test(word) || PRINTED_CODE.test(line.slice(Math.max(0, at - 40), at))) return undefined;
  return isToken(line, at) ? 'api-key' : undefined;
}

export function isToken(line: string, at: number): boolean {
  return TOKEN_VALUE.test(line.slice(at, at + 64));
}

/** The private parts of a JSON Web Key. */
function keyPartKind(word: string, line: string): SecretKind | undefined {
  return /^(?:[dkpq]|d[pq]|qi)$/.test(word) && findObject(line).isWebKey ? 'private-key' : undefined;
}

/** A short number with such a name is a count or an index. */
function mayCount(kind: SecretKind): boolean {
  return kind === 'api-key' || kind === 'key' || kind === 'seed';
}
