import { kindOfPhrase } from './finders/named-values.ts';
import type { SecretKind } from './kinds.ts';
import { looksLikeCommand } from './pem.ts';
import { isHarmlessValue } from './secret-names.ts';
import type { Span } from './spans.ts';
import { lineEnd, marginEnd, SECRET_LIKE } from './values.ts';

const LABEL =
  /(?:^|[^\p{L}\p{N}_.'@/-])(\p{L}[\p{L}\p{N}_ \t.'@/-]{0,60}?)['"]?[*_~`]{0,3}[ \t]{0,8}[:=：][*_~`]{0,3}$/u;
const OUTLOOK = 96;
/** One word, and no prompt of a device or a shell. */
const LONE = /^[`"'“‘*_]{0,3}([^\s"'“”‘’`]{4,128}?)[`"'”’*_]{0,3}$/;
const PROMPT = /[#$>:]$|^\[|^(?:https?|ssh):|[{}()]$/;

/** What is named at the end of a line, with nothing behind it: `Password:`. */
export function labelAlone(line: string): SecretKind | undefined {
  const end = lineEnd(line);
  const mark = line.slice(Math.max(0, end - 4), end);
  if (!/[:=：]/.test(mark)) return undefined;
  const name = LABEL.exec(line.slice(Math.max(marginEnd(line), end - OUTLOOK), end))?.[1];
  return name === undefined ? undefined : kindOfPhrase(name.trim());
}

/** A line that is a value alone. Of a password it is any word, of a key one with letters and digits. */
export function loneValue(line: string, kind: SecretKind): Span | undefined {
  const from = marginEnd(line);
  const end = lineEnd(line);
  if (end - from > OUTLOOK * 2) return undefined;
  const match = LONE.exec(line.slice(from, end));
  const value = match?.[1];
  if (match === null || value === undefined || PROMPT.test(value)) return undefined;
  if (looksLikeCommand(line) || isHarmlessValue(value)) return undefined;
  if (kind !== 'password' && kind !== 'psk' && !SECRET_LIKE.test(value)) return undefined;
  const start = from + match[0].indexOf(value);
  return { start, end: start + value.length, kind };
}
