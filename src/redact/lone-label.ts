import { kindOfPhrase } from './finders/named-values.ts';
import type { SecretKind } from './kinds.ts';
import { looksLikeCommand } from './pem.ts';
import { isHarmlessValue } from './secret-names.ts';
import type { Span } from './spans.ts';
import { lineEnd, marginEnd, SECRET_LIKE } from './values.ts';

const LABEL =
  /(?:^|[^\p{L}\p{N}_.'@/-])(\p{L}[\p{L}\p{N}_ \t.'@/-]{0,60}?)['"]?[*_~`]{0,3}[ \t]{0,8}[:=：][*_~`]{0,3}$/u;
/** Characters. */
const MAX_LABEL_LENGTH = 96;
/** One word that is not a prompt of a device or a shell. */
const LONE = /^[`"'“‘*_]{0,3}([^\s"'“”‘’`]{4,128}?)[`"'”’*_]{0,3}$/;
const PROMPT = /[#$>:]$|^\[|^(?:https?|ssh):|[{}()]$/;

/** A label without further text: `**Password**`, `the API token`. */
const BARE_LABEL =
  /^[*_~`]{0,3}(?:(?:the|my|our|your|his|her|their|new|old|current)[ \t])?((?:[a-z][\w-]{0,15}[ \t]){0,1}(?:password|passwd|passphrase|pw|psk|secret|token|key))[*_~`]{0,3}$/i;

export interface LabelAlone {
  readonly kind: SecretKind;
  /** No colon follows: the next line must look like a value. */
  readonly isBare: boolean;
}

/** The name at the end of a line without a value: `Password:`. */
export function labelAlone(line: string): LabelAlone | undefined {
  const end = lineEnd(line);
  const from = marginEnd(line);
  const isBare = !/[:=：]/.test(line.slice(Math.max(0, end - 4), end));
  if (isBare && end - from > MAX_LABEL_LENGTH) return undefined;
  const text = line.slice(isBare ? from : Math.max(from, end - MAX_LABEL_LENGTH), end);
  const name = (isBare ? BARE_LABEL : LABEL).exec(text)?.[1];
  const kind = name === undefined ? undefined : kindOfPhrase(name.trim());
  return kind && { kind, isBare };
}

/** A line that consists of a value. For a password any word, for a key one with letters and digits. */
export function loneValue(line: string, { kind, isBare }: LabelAlone): Span | undefined {
  const from = marginEnd(line);
  const end = lineEnd(line);
  if (end - from > MAX_LABEL_LENGTH * 2) return undefined;
  const match = LONE.exec(line.slice(from, end));
  const value = match?.[1];
  if (match === null || value === undefined || PROMPT.test(value)) return undefined;
  if (looksLikeCommand(line) || isHarmlessValue(value)) return undefined;
  const isAnyWord = !isBare && (kind === 'password' || kind === 'psk');
  if (!isAnyWord && !SECRET_LIKE.test(value)) return undefined;
  const start = from + match[0].indexOf(value);
  return { start, end: start + value.length, kind };
}
