import type { SecretKind } from './kinds.ts';
import { findSecretKind, isHarmlessValue, isPlaceholder, mayName } from './secret-names.ts';
import type { OpenEnd, Span } from './spans.ts';
import { ofLast } from './text-memory.ts';
import { isAlreadyHidden } from './tokens.ts';

const QUOTE_MARKS = new Map([
  ['"', '"”“'],
  ['“', '”“"'],
  ['”', '”“"'],
  ['„', '”“"'],
  ["'", "'’"],
  ['‘', "’'"],
  ['`', '`'],
  ['«', '»'],
  ['»', '«'],
  ['‹', '›'],
  ['›', '‹'],
]);

/** Text that may precede a forwarded line: quote and diff marks, bullets, the mark of a comment, a time, a line number. */
const MARGIN =
  /^(?:&gt;|[\s>|+*_•-]){0,64}(?:(?:#{1,6}|\/\/|;|\/\*{1,2}|<!--|REM|!)[ \t]{1,8})?(?:\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?Z?[ \t]{1,4})?(?:\d{1,6}[:.)]?[ \t]{1,8})?/;

/** Where the text begins after the margin. */
export const marginEnd = ofLast((line) => MARGIN.exec(line)?.[0].length ?? 0);

/** The text of a line between its margin and its end, without marks of code around it. */
export function textRange(line: string): { readonly start: number; readonly end: number } {
  let start = marginEnd(line);
  let end = lineEnd(line);
  while (start < end && line[start] === '`') start++;
  while (end > start && line[end - 1] === '`') end--;
  return { start, end };
}

/** A line of a packet dump: its offset in the packet, then bytes or pairs of bytes. */
export const DUMPED_PACKET =
  /^[\s>|+*•-]{0,20}(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[ \t]{1,4})?(?:0x(?=[0-9a-f]{4}))?([0-9a-f]{4,8}):?[ \t]{1,4}(?=(?:[0-9a-f]{2}[ \t]?[0-9a-f]{2}[ \t]{1,2}){2}|(?<=0x.{1,16})[0-9a-f]{2})/;

/** A word with letters and digits, which prose about passwords does not contain otherwise. */
export const SECRET_LIKE = /^(?=\D{0,63}\d)(?=[^A-Za-z]{0,63}[A-Za-z])[^\s"'|,;()[\]{}<>]{8,256}$/;

/** Names of algorithms, versions, dates, addresses of mail and hosts also have letters and digits. */
const TECHNICAL =
  /^\d{2,5}-?bit$|^(?:chg|inc|req|ritm|prb|s?ctask|case|tkt)-?\d{4,}$|^access-(?:accept|reject|challenge|request)$|^https?\/\d|^[12]fa(?:-[a-z]{1,20}){1,4}$|^(?:(?:ms-?)?chap-?v?2|(?:hmac-)?(?:sha|md|aes|rsa|des|3des|dh|tls|ssl|ike|ed|chacha|x)-?v?\d)(?![A-Za-z0-9])|^phase[12](?:-[a-z]{1,20}){0,2}$|^v?\d{1,4}(?:[.:/-]\d{1,4}){1,5}[a-z]{0,6}\d{0,6}$|^[^\s@]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}$|^[\w-]{1,64}(?:\.[\w-]{1,64}){2,6}$|^\/?(?:etc|usr|var|home|opt|bin|dev|remote|api)\/\S{1,200}$|^(?:iphone|ipad|i?os|macos|android|windows|win|pixel|galaxy|chrome|firefox|edge|fortios|forticlient)-?\d{1,3}(?:\.\d{1,3}){0,3}(?:pro|max|ent)?$|^[\w-]{1,64}\.(?:com|net|org|local|lan|internal|example|conf|log|txt|cfg|zip|out|png|pdf|p12|pfx|pem|cer|crt|key)$/i;

/** No name of a host has such parts: `Purple.Otter.Lamp`, `moor.Gans.4`. */
const CAPITALISED =
  /^(?!System|Microsoft|Windows)(?=.*\p{Lu}\p{Ll})\p{L}\p{Ll}{2,20}(?:(?:\.(?:\p{Lu}\p{Ll}{2,20}|\d{1,4})){2,4}|\.\p{Ll}{3,20}\.\d{1,4})$/u;

/** An expression of a program: `Object.keys(x)`, `Read-Host -AsSecureString`. */
const EXPRESSION =
  /^(?:\.[*+]|\\[SwdW][*+]|\[\^|\(\.[*+]|process\.env[.[]|prf\+? ?\(|[A-Za-z_$][\w$]{0,40}\[["']|(?:await|new) [A-Za-z_$]|pass show [\w./@-]+$|[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)+\(|[a-z][\w$]*\(|(?:Get|Read|New|Import|ConvertTo)-[A-Z][A-Za-z]{2,24}(?:\s|$))/;

export function startsExpression(line: string, at: number): boolean {
  return EXPRESSION.test(line.slice(at, at + 80));
}

/** An expression, or the next member of the line: `generate-policy=no`. */
export function startsOther(line: string, at: number): boolean {
  return startsExpression(line, at) || /^[a-z][a-z_-]{1,30}=[^=\s]/.test(line.slice(at, at + 34));
}

/** Names of algorithms, versions, hosts and paths, which sentences about secrets name, too. */
export const isTechnical = ofLast((word) => TECHNICAL.test(word) && !CAPITALISED.test(word));

/** A word that in a sentence about signing in can only be a password. */
export function looksChosen(word: string): boolean {
  return SECRET_LIKE.test(word) && !isTechnical(word);
}

/** What is said of an object whose name stands before it: `secret "web-tls" not found`. */
const OF_OBJECT =
  /^["'”’`]?[ \t](?:was |is |has been )?(?:not found|created|deleted|configured|unchanged|already exists|expires?|of (?:the )?(?:app|tenant|client|project|object))(?!\w)/;
/** A path, or the name of a setting or of a secret. */
export function isName(line: string, text: string, end: number): boolean {
  return (
    isTechnical(text) ||
    /^[~.]?\/[\w.-]+\/|^(?:[\w-]{2,30}\/){1,6}[\w.-]{1,60}\.[a-z]{2,4}$/.test(text) ||
    (/^[A-Z\d_]{3,}$|^[a-z]+(?:[_-][a-z]+)*$/.test(text) &&
      mayName(text) &&
      findSecretKind(text, 'equals') !== undefined) ||
    (/^[a-z]+(?:_[a-z]+)+$|^[a-z]+(?:-[a-z]+)*-(?:file|name|path|type|policy|field|option)$/.test(text) &&
      mayName(text)) ||
    OF_OBJECT.test(line.slice(end, end + 40)) ||
    /registry (?:key|value) ["']?$/i.test(line.slice(0, Math.max(0, end - text.length)).slice(-24))
  );
}

/** `pattern` is sticky. */
export function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

const NO_MATCH: readonly RegExpExecArray[] = [];

/** Every match of a global pattern; `matchAll` would copy the pattern for every line. */
export function findMatches(pattern: RegExp, line: string): readonly RegExpExecArray[] {
  pattern.lastIndex = 0;
  let match = pattern.exec(line);
  if (match === null) return NO_MATCH;
  const found: RegExpExecArray[] = [];
  for (; match; match = pattern.exec(line)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return found;
}

export interface ReadValue {
  readonly start: number;
  readonly end: number;
  /** Where reading continues: after a closing quote. */
  readonly next: number;
  readonly open?: OpenEnd;
}

export function lineEnd(line: string): number {
  let end = line.length;
  while (end > 0 && isBlank(line.charCodeAt(end - 1))) end--;
  return end;
}

export function skipBlanks(line: string, from: number): number {
  let at = from;
  while (at < line.length && isBlank(line.charCodeAt(at))) at++;
  return at;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 0xa0;
}

/** A quoted value (plain or smart quotes, optionally after backslashes as in JSON within JSON), or `undefined`. */
export function readQuoted(line: string, from: number): ReadValue | undefined {
  let at = from;
  while (line[at] === '\\' && at - from < 8) at++;
  const marks = QUOTE_MARKS.get(line[at] ?? '');
  if (marks === undefined) return undefined;
  const backslashes = at - from;
  const triple = (line[at] as string).repeat(3);
  if (line.startsWith(triple, at)) return readBetween(line, at, triple);
  if (isDoubled(line, at)) return readBetween(line, at, '""');
  const start = at + 1;
  const close = findClosing(line, start, marks, backslashes);
  if (close === undefined) {
    const end = Math.max(start, lineEnd(line));
    return { start, end, next: line.length, open: { by: 'quote', marks, backslashes } };
  }
  return { start, end: close - backslashes, next: close + 1 };
}

/** TOML and Python: `'''secret'''`; CSV: `""secret""`. */
function readBetween(line: string, at: number, marks: string): ReadValue {
  const start = at + marks.length;
  const close = line.indexOf(marks, start);
  return close === -1
    ? { start, end: Math.max(start, lineEnd(line)), next: line.length }
    : { start, end: close, next: close + marks.length };
}

/** CSV doubles a quote inside a value: `""secret""`. */
function isDoubled(line: string, at: number): boolean {
  return line[at] === '"' && line[at + 1] === '"' && /[^\s"',;:)\]}&<>/|]/.test(line[at + 2] ?? ' ');
}

/** Index of the closing quote itself; one with more backslashes than the opening quote is part of the value. */
export function findClosing(
  line: string,
  from: number,
  marks: string,
  backslashes: number,
): number | undefined {
  let run = 0;
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === BACKSLASH) run++;
    else if (isPlain(code)) run = 0;
    else {
      if (marks.includes(line[at] as string) && closes(run, backslashes)) return at;
      run = 0;
    }
  }
  return undefined;
}

const BACKSLASH = 0x5c;

/** Not a quote of any kind; compared by number, which is faster than by string. */
function isPlain(code: number): boolean {
  return code !== 0x22 && code !== 0x27 && code !== 0x60 && code < 0x80;
}

/** At the outer level an even number of backslashes is the end of the value (`"a\\"`); inside JSON in JSON the number is the level. */
function closes(run: number, backslashes: number): boolean {
  return backslashes === 0 ? run % 2 === 0 : run === backslashes;
}

/** The last word that was read, by its stops: where it is no secret, each name within it is read up to the same end. */
const lastWords = new Map<string, { line: string; last: number; start: number; end: number }>();

/** Characters up to one of `stops` (a blank always stops), and not beyond `limit`. */
export function readWord(line: string, from: number, stops = '', limit = line.length): ReadValue {
  const last = Math.min(line.length, limit);
  const word = lastWords.get(stops);
  if (word?.line === line && word.last === last && word.start <= from && from <= word.end) {
    // Another string with the same content would be compared by it every time.
    word.line = line;
    return { start: from, end: word.end, next: word.end };
  }
  let end = from;
  while (end < last && !isBlank(line.charCodeAt(end)) && !stops.includes(line[end] as string)) end++;
  lastWords.set(stops, { line, last, start: from, end });
  return { start: from, end, next: end };
}

/** Another member follows, or what held the value ends. */
const NEXT_MEMBER = /[=:"')\]}>|&\\]/;

/** A value may have `;` and `,` itself: only where no other member can follow them. */
export function readWhole(line: string, from: number, stops: string, limit = line.length): ReadValue {
  const word = readWord(line, from, stops, limit);
  if (word.end === from || !';,'.includes(line[word.end] ?? ' ')) return word;
  const whole = readWord(line, from, '<>|`', limit);
  const rest = line.slice(word.end + 1, whole.end);
  return /^[^\s]/.test(rest) && !NEXT_MEMBER.test(rest) && !';,'.includes(rest.slice(-1)) ? whole : word;
}

/** A name, a file or a person follows: `arn:…:secret:web`, `loaded eap secret 'wren'`, `gcloud secrets … --secret=web`, `/usr/bin/passwd wren`. */
const NAMES_NEXT =
  /(?:arn:[\w:-]{1,80}:secret:|(?<!\w)(?:gcloud[ ]secrets[ ].{1,80}--secret=|(?:describe|get|delete)[ ]secret[ ]|(?:bw|rbw|op)[ ]get[ ]password[ ])|--from-file=[\w.-]{1,60}=|bin\/passwd[ ]|(?<!\w)(?:un)?loaded[ ](?:\w{2,8}[ ])?(?:secret|key)[ ])["']?$/;
/** A BGP community, which is not secret: `65000:120`. */
const ROUTE_COMMUNITY = /^\d{1,10}:\d{1,10}(?:\s|$)/;

export function toSpan(line: string, value: ReadValue, kind: SecretKind): readonly Span[] {
  if (value.end <= value.start && !value.open) return [];
  const whole = line.slice(value.start, Math.min(value.end, value.start + 129));
  // `correct (checked on Monday)`
  const head = whole.replace(/[ ]\([^()]{2,80}\)$/, '');
  if (
    isHarmlessValue(head) ||
    (head !== whole && isAlreadyHidden(head)) ||
    isPlaceholder(line.slice(value.start, value.start + 80)) ||
    (kind === 'community' && ROUTE_COMMUNITY.test(head))
  )
    return [];
  if (NAMES_NEXT.test(line.slice(Math.max(0, value.start - 120), value.start))) return [];
  return [{ start: value.start, end: value.end, kind, open: value.open }];
}
