import type { SecretKind } from '../kinds.ts';
import { startsPem } from '../pem.ts';
import { secretKindOf } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { lineEnd, readQuoted, readWord, toSpan } from '../values.ts';
import { hashKind, isEncMark } from './encrypted.ts';

/** `name   : value` at the start of a line, behind indentation, a log prefix or a quote mark. */
const COLON_LINE =
  /^(?:&gt;|[\s>*|+#-]){0,60}(?:\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[ ]{1,4})?(?:\[[^\]]{1,80}\][ \t]{0,4})?([A-Za-z][\w .'@-]{0,60}?)[ \t]{0,60}:[ \t]{0,60}(?=[^\s:/])/;
/** A prompt in the middle of a line: `admin@fw's password: …`. */
const PROMPT =
  /(?<![\w-])(password|passwd|passphrase|psk|shared secret|pre-?shared key)(?: for [^\s:]{1,64})?[ \t]{0,8}:[ \t]{1,8}(?=\S)/gi;
const JSON_NAME = /["“”]([A-Za-z][\w-]{0,48})\\{0,7}["“”][ \t]{0,8}:[ \t]{0,8}/g;
const EQUALS = /(?<![\w-])([A-Za-z][\w-]{0,48})[ \t]{0,8}=>?[ \t]{0,8}/g;
const QUERY_STOPS = '&;,|>"”\')}]';
const COUNT = /^\d{1,4}$/;

export function findColonValues(line: string): readonly Span[] {
  const match = COLON_LINE.exec(line);
  const kind = match ? secretKindOf(match[1] as string, 'colon') : undefined;
  if (match && kind) return restOfLine(line, match[0].length, kind);
  const spans: Span[] = [];
  for (const prompt of line.matchAll(PROMPT)) {
    const value = readWord(line, prompt.index + prompt[0].length);
    spans.push(...toSpan(line, value, secretKindOf(prompt[1] as string, 'colon') ?? 'password'));
  }
  return spans;
}

function restOfLine(line: string, from: number, kind: SecretKind): readonly Span[] {
  if (startsPem(line, from)) return [];
  if (isEncMark(line, from)) return [];
  const quoted = readQuoted(line, from);
  if (quoted) return toSpan(line, quoted, kind);
  const end = lineEnd(line);
  if (COUNT.test(line.slice(from, Math.min(end, from + 5)))) {
    if (kind === 'api-key' || kind === 'key' || kind === 'seed') return [];
  }
  return toSpan(line, { start: from, end, next: end, open: { by: 'word', encoded: false } }, kind);
}

/** `"name": "value"`, also where quotes are escaped because the JSON is a string in other JSON. */
export function findJsonValues(line: string): readonly Span[] {
  const spans: Span[] = [];
  JSON_NAME.lastIndex = 0;
  for (let match = JSON_NAME.exec(line); match; match = JSON_NAME.exec(line)) {
    const kind = secretKindOf(match[1] as string, 'json');
    if (!kind) continue;
    const from = match.index + match[0].length;
    const quoted = readQuoted(line, from);
    if (!quoted) {
      if (!/[[{]/.test(line[from] ?? '')) spans.push(...toSpan(line, readWord(line, from, ',}]'), kind));
      continue;
    }
    if (!startsPem(line, quoted.start)) {
      spans.push(...toSpan(line, quoted, isEncMark(line, quoted.start) ? hashKind(kind) : kind));
    }
    JSON_NAME.lastIndex = quoted.next;
  }
  return spans;
}

/** `name=value`: queries, posted forms, event logs, environment lines. */
export function findEqualsValues(line: string): readonly Span[] {
  if (!line.includes('=')) return [];
  const spans: Span[] = [];
  EQUALS.lastIndex = 0;
  for (let match = EQUALS.exec(line); match; match = EQUALS.exec(line)) {
    const from = match.index + match[0].length;
    const kind =
      secretKindOf(match[1] as string, 'equals') ?? queryKind(line, match.index, match[1] as string);
    if (!kind || isEncMark(line, from) || startsHidden(line, from)) continue;
    const quoted = readQuoted(line, from);
    const value = quoted ?? readWord(line, from, QUERY_STOPS);
    EQUALS.lastIndex = Math.max(value.next, from);
    const text = line.slice(value.start, Math.min(value.end, value.start + 9));
    if (kind === 'otp' ? !/^\d{6,8}$/.test(text) : isCount(kind, text)) continue;
    spans.push(...toSpan(line, value, kind));
  }
  return spans;
}

/** Words that name a secret only as a parameter of a query or a posted form. */
function queryKind(line: string, at: number, name: string): SecretKind | undefined {
  const before = line[at - 1];
  if (before !== undefined && !'?&;'.includes(before)) return undefined;
  if (name === 'code' || name === 'code2') return 'otp';
  if (before === undefined) return undefined;
  if (name === 'key' || name === 'sig' || name === 'signature') return 'api-key';
  return name === 'pass' ? 'password' : undefined;
}

function isCount(kind: SecretKind, text: string): boolean {
  return (kind === 'api-key' || kind === 'key' || kind === 'seed') && COUNT.test(text);
}

function startsHidden(line: string, at: number): boolean {
  return /^(?:<|&lt;)[a-z-]{3,20}#\d/.test(line.slice(at, at + 32));
}
