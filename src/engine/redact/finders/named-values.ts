import type { SecretKind } from '../kinds.ts';
import { isOrdinary } from '../ordinary-words.ts';
import { startsPem } from '../pem.ts';
import { secretKindOf } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import {
  lineEnd,
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

/** `name   : value` at the start of a line, after its margin and a log prefix; LDIF has two colons. */
const COLON_LINE =
  /^(?:\[[^\]]{1,80}\][ \t]{0,4})?['"]?\$?(\p{L}[\p{L}\p{N}_ \t.'@/-]{0,60}?)['"]?[*_]{0,2}(?:[ \t]?\([^()]{1,40}\))?[ \t]{0,60}::?[*_]{0,2}[ \t]{0,60}(?=[^\s:/])/u;
/** YAML: the value is on the following lines. */
const BLOCK = /^(?:![\w-]{1,20}[ \t]{1,4})?[|>][+-]?$/;
/** A JSON literal, which is not a secret. */
const JSON_LITERAL = /^(?:null|true|false|-?\d{1,4})[ \t]{0,8}[,}\]]/;
/** Characters; names are short, and a larger slice would copy a long line. */
const LOOKAHEAD_CHARS = 320;
const IS = /[ \t-]is$/;
/** The name of a secret after other text, as `community` after `SNMP`. */
const LAST_WORDS = /(?:^|[\s.])([A-Za-z][\w-]{0,40}(?:[ \t][A-Za-z]{1,20})?)$/;
const JSON_NAME = /["“”']([A-Za-z_][\w.-]{0,48})\\{0,7}["“”']{1,2}[ \t]{0,8}:[ \t]{0,8}/g;
/** The configuration of a RADIUS server has `:=` and similar, mail has `=3D`, programs quote names: `['smtp_pass'] =`. */
const EQUALS =
  /(?<!\w|\w-)([A-Za-z_][\w-]{0,48})(?::\d|\\?["'”’]\]?|\}\}|\))?[ \t]{0,32}(?:\\?[:+]?={1,3}(?:3D|>)?|->|→)[ \t]{0,8}/g;
/** A form or JSON inside a link: `%26password%3D…`, `%22password%22%3A%22…`. */
const ENCODED =
  /(?:%[0-9a-f]{2}|(?<![\w%-]))([A-Za-z][\w-]{0,48})(?:%3D|%22%3A%22)(?=(.{0,2000}?)(?:%2[26C]|[\s&;,"'<>]|$))/dgi;
/** `if not password: raise …` */
const STATEMENT =
  /^\s*(?:if|elif|while|for|except|else|case|assert|unless)[ ].{0,60}:[ ](?:raise|return|throw|print|continue|break|pass|exit|log)(?!\w)/;
const QUERY_STOPS = '&;,|>"”\')}]';
/** `password`, `api_key`, `apiKey`, `DB_PASSWORD`; a secret has digits or capitals elsewhere. */
const MEMBER_NAME =
  /^(?:[a-z]+(?:[_ -][a-z]+)*|[A-Z]+(?:_[A-Z]+)*|[A-Z]?[a-z]+(?: ?[A-Z][a-z]+)*|[A-Za-z]{1,24}(?:[_.-][A-Za-z]{1,24}){1,6})$/;
/** The id of a session in a traffic log. */
const NUMBER = /^\d{1,12}(?:\s|$)/;
/** Names with other meanings: `12 pass = all good`. */
const SHORT_NAME = /^(?:pass|pw|cred)$/i;
const COUNT = /^\d{1,4}$/;
/** `pass: 12, fail: 3`. */
const TESTS_PASSED = /^\d{1,4}(?:\W|$)/;
const ONE_TIME_CODE = /^\d{6,8}$/;
/** Response of a sign-in at another service. */
const OAUTH_CODE = /^(?=\D*\d)(?=[^a-z]*[a-z])[\w.~/-]{12}/i;

export function findColonValues(line: string): readonly Span[] {
  const margin = marginEnd(line);
  const match = COLON_LINE.exec(line.slice(margin, margin + LOOKAHEAD_CHARS));
  const kind = match ? kindOfPhrase(match[1] as string) : undefined;
  return match && kind ? restOfLine(line, margin + match[0].length, kind, match[1] as string) : [];
}

/** `Your activation code is`, `SNMP community`: the last words may be the name. */
export function kindOfPhrase(phrase: string): SecretKind | undefined {
  const bare = phrase.replace(IS, '');
  const known = secretKindOf(bare, 'colon');
  if (known) return known;
  const last = LAST_WORDS.exec(bare)?.[1];
  return last === undefined || last === bare ? undefined : secretKindOf(last, 'colon');
}

function restOfLine(line: string, from: number, kind: SecretKind, name: string): readonly Span[] {
  if (startsPem(line, from)) return [];
  if (isEncMark(line, from)) return [];
  const quoted = readQuoted(line, from);
  if (quoted) return toSpan(line, quoted, kind);
  if (STATEMENT.test(line.slice(Math.max(0, from - 80), from + 40))) return [];
  // Before this name a terminal truncated the JSON value: what follows is another member.
  if (JSON_LITERAL.test(line.slice(from, from + 24))) return [];
  const end = lineEnd(line);
  if (BLOCK.test(line.slice(from, end)) || /^[{[]$/.test(line.slice(from, end))) return [];
  // `Key: password`: the name of a member, whose value follows.
  const value = line.slice(from, Math.min(end, from + 40));
  if (/^\s*key\s*$/i.test(name) && MEMBER_NAME.test(value) && secretKindOf(value, 'json')) return [];
  const head = line.slice(from, Math.min(end, from + 16));
  if (mayCount(kind) && COUNT.test(head)) return [];
  if (/^pass$/i.test(name) && TESTS_PASSED.test(head)) return [];
  return toSpan(line, { start: from, end, next: end, open: { by: 'word', encoded: false } }, kind);
}

/** `"name": "value"`, also with escaped quotes if the JSON is a string in other JSON. */
export function findJsonValues(line: string): readonly Span[] {
  const spans: Span[] = [];
  JSON_NAME.lastIndex = 0;
  for (let match = JSON_NAME.exec(line); match; match = JSON_NAME.exec(line)) {
    const name = match[1] as string;
    const from = match.index + match[0].length;
    if (line[from] === '{' || line[from] === '[') {
      const holding = holdingOf(name) ?? (name === 'data' && SECRET_OBJECT.test(line) ? WHOLE : undefined);
      if (holding) spans.push(...nestedValues(line, from, holding));
      continue;
    }
    const kind = secretKindOf(name, 'json') ?? tokenKind(name, line, from) ?? keyPartKind(name, line);
    if (!kind) continue;
    const quoted = readQuoted(line, from);
    if (!quoted) {
      const word = readWord(line, from, ',}]');
      const isPlain = !/[[{]/.test(line[from] ?? '') && !COUNT.test(line.slice(from, word.end).slice(0, 5));
      if (isPlain) spans.push(...toSpan(line, word, kind));
      continue;
    }
    if (!startsPem(line, quoted.start)) {
      spans.push(...toSpan(line, quoted, isEncMark(line, quoted.start) ? hashKind(kind) : kind));
    }
    JSON_NAME.lastIndex = quoted.next;
  }
  return spans;
}

/** Kubernetes: `{"kind": "Secret", "data": {…}}`. */
const SECRET_OBJECT = /"kind"[ \t]{0,4}:[ \t]{0,4}"Secret"/;
const WHOLE = { kind: 'secret', all: true } as const;

/** `reset_token`, `session`: the value of such a name is a secret if it is long and has letters and digits. */
const TOKEN_NAME = /(?:[-_a-z](?:token|ticket)|^(?:session|sid|ticket|assertion))$/i;
const TOKEN_VALUE = /^["'\\]{0,4}(?=[^"'\s]{0,40}\d)(?=[^"'\s]{0,40}[A-Za-z])[\w.~+/=%-]{20}/;

function tokenKind(name: string, line: string, from: number): SecretKind | undefined {
  return TOKEN_NAME.test(name) && TOKEN_VALUE.test(line.slice(from, from + 64)) ? 'api-key' : undefined;
}

/** The private parts of a JSON Web Key. */
function keyPartKind(name: string, line: string): SecretKind | undefined {
  return /^(?:[dkpq]|d[pq]|qi)$/.test(name) && line.includes('"kty"') ? 'private-key' : undefined;
}

/** `name=value`: queries, posted forms, event logs, environment lines. */
export function findEqualsValues(line: string): readonly Span[] {
  if (!/=|->|→/.test(line)) return [];
  const spans: Span[] = [];
  EQUALS.lastIndex = 0;
  for (let match = EQUALS.exec(line); match; match = EQUALS.exec(line)) {
    const from = match.index + match[0].length;
    const name = match[1] as string;
    if (line[from] === '[') {
      const holding = holdingOf(name);
      const nested = holding ? nestedValues(line, from, holding) : [];
      const word = readWord(line, from + 1, ']');
      // `passwd=[secret]`: the brackets of a debug.
      const isBracketed = nested.length === 0 && line[word.end] === ']' && word.end > word.start + 3;
      spans.push(...(holding && isBracketed ? toSpan(line, word, holding.kind) : nested));
      continue;
    }
    const kind =
      secretKindOf(name, 'equals') ?? queryKind(line, match.index, name) ?? tokenKind(name, line, from);
    if (!kind || isEncMark(line, from) || startsHidden(line, from)) continue;
    if (OPENED.test(line.slice(from, from + 8))) continue;
    if (startsExpression(line, from)) {
      const otherwise = OTHERWISE.exec(line.slice(from, from + 200));
      const quoted = otherwise && readQuoted(line, from + otherwise[0].length);
      if (quoted) spans.push(...toSpan(line, quoted, kind));
      continue;
    }
    const value = readQuoted(line, from) ?? readInQuotes(line, match.index, from) ?? readValue(line, from);
    EQUALS.lastIndex = Math.max(value.next, from);
    const text = line.slice(value.start, Math.min(value.end, value.start + 32));
    const isCount = COUNT.test(text);
    if (
      kind === 'otp'
        ? !ONE_TIME_CODE.test(text) && !OAUTH_CODE.test(text)
        : (kind === 'cookie' && NUMBER.test(text)) ||
          (mayCount(kind) && isCount) ||
          (SHORT_NAME.test(name) && (isCount || isOrdinary(text)))
    ) {
      continue;
    }
    spans.push(...toSpan(line, value, kind));
  }
  return spans;
}

export function findEncodedValues(line: string): readonly Span[] {
  if (!/%3[ad]/i.test(line)) return [];
  return Array.from(line.matchAll(ENCODED)).flatMap((match) => {
    const kind = secretKindOf(match[1] as string, 'equals');
    const [start, end] = match.indices?.[2] ?? [0, 0];
    return kind ? toSpan(line, { start, end, next: end }, kind) : [];
  });
}

/** The value is on the next line. */
const OPENED = /^[({[\\]\s*$/;
/** `f"…"`, `b'…'`: a string of a program. */
const STRING_MARK = /^(?:[bfru]{1,2}|@|\$)(?=["'])/i;
/** The value if a variable has none: `process.env.X || '…'`. */
const OTHERWISE = /^.{1,160}?(?:\|\||\?\?|(?<!\w)or)[ \t]{0,4}(?=["'])/;

function readValue(line: string, from: number): ReadValue {
  const mark = STRING_MARK.exec(line.slice(from, from + 4));
  return (mark && readQuoted(line, from + mark[0].length)) ?? readWhole(line, from, QUERY_STOPS);
}

/** `'password=…'`: the quotation marks are around the name and the value. */
function readInQuotes(line: string, at: number, from: number): ReadValue | undefined {
  const start = /["'](?:[\w-]{1,24}\.){0,4}$/.exec(line.slice(Math.max(0, at - 60), at));
  const around = start && readQuoted(line, at - start[0].length);
  return around && !around.open && around.end > from ? { ...around, start: from } : undefined;
}

/** Words that name a secret only as a parameter of a query or a posted form. */
const QUERY_KEY = /^(?:key|sig|signature|auth|hmac|session|sid|ticket|token|subscription-key)$/i;

function queryKind(line: string, at: number, name: string): SecretKind | undefined {
  const before = line[at - 1];
  if (before !== undefined && !'?&;#'.includes(before)) return undefined;
  if (name === 'code' || name === 'code2') return 'otp';
  if (before === undefined) return undefined;
  if (QUERY_KEY.test(name)) return 'api-key';
  return name === 'pass' || name === 'pw' ? 'password' : undefined;
}

/** A short number with such a name is a count or an index. */
function mayCount(kind: SecretKind): boolean {
  return kind === 'api-key' || kind === 'key' || kind === 'seed';
}

function startsHidden(line: string, at: number): boolean {
  return /^(?:<|&lt;)[a-z-]{3,20}#\d/.test(line.slice(at, at + 32));
}
