import { isOrdinary } from '../ordinary-words.ts';
import { secretKindOf } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { isTechnical, looksChosen, readQuoted, readWhole, startsExpression, toSpan } from '../values.ts';

/**
 * A name of several parts is no word of a sentence: what stands behind it is its value, whatever the separator.
 * `[vpn_psk] …`, `radiusSecret<…>`, `(db.password: …)`, `bind-password ........ …`.
 */
const IDENTIFIER =
  /(?<![\w.-]|%[\dA-F])(?:--?|\/|\$)?([A-Za-z]{1,24}(?:(?:[-_.]|(?<=[a-z])(?=[A-Z]))[A-Za-z]{1,24}){1,6}\d{0,2}|[A-Za-z]{3,24}(?=\][ \t]|[ \t]{1,8}\.{3}))(?![\w-])/g;
/** Part of every name of a secret. */
const HINT = /(?:^|[-_.a-z[\s])(?:pass|pw|psk|secr|key|token|comm|pin|seed|kennw|geheim|schl)/i;
/** The value is a token of ours. */
const HIDDEN = /^[\s"'`:=|[(]{0,16}(?:<|&lt;)[a-z-]{3,20}#\d/;
/** What separates a name and its value. */
const LINK =
  /^(?:["'`*}]{0,3}\]?[ \t]{0,8}(?:::?|=>|->)[ \t]{0,8}|\][ \t]{1,4}|[ \t]?[<([][ \t]?|[ \t]{1,8}\.{3,60}[ \t]{1,8}|[ \t]{0,8}\|[ \t]{0,8}|[ \t]{1,8}(?=["'])|["'][ \t]{0,4},[ \t]{0,4}(?=["']))(?=\S)/;
const BLANKS = /^[ \t]{1,16}(?=\S)/;
const STOPS = '|,;)]}<>';
/** Words of such a command are names themselves. */
const COMMAND = /^[^\s#$]{0,64}(?: ?\([^)]{1,64}\)){0,3} ?[#$]? ?(?:exec?|diag|get|show|set apply-to)/;
/** Names of columns. */
const COLUMNS = /\S {2,40}\S.{0,200}?\S {2,40}\S/;
const AT_END = /^["'`]{0,3}[;,}"'`\])]{0,4}\s*$/;
const NO_VALUE = /^(?:[:=<>{}[\]()/|&-]|\d{1,3}(?:\D|$)|https?:)/;

export function findIdentifiers(line: string): readonly Span[] {
  if (!HINT.test(line)) return [];
  return Array.from(line.matchAll(IDENTIFIER)).flatMap((match): readonly Span[] => {
    const kind = secretKindOf(match[1] as string, 'equals');
    if (kind === undefined || kind === 'cookie') return [];
    const from = match.index + match[0].length;
    const after = line.slice(from, from + 96);
    const link = LINK.exec(after) ?? BLANKS.exec(after);
    if (link === null || HIDDEN.test(after)) return [];
    const at = from + link[0].length;
    const quoted = readQuoted(line, at);
    const value = quoted ?? readWhole(line, at, STOPS);
    const text = line.slice(value.start, value.end);
    if (NO_VALUE.test(text) || startsExpression(line, at) || line[value.end] === '(') return [];
    const isFree = link[0].trim() === '' && quoted === undefined;
    if (isFree && (COMMAND.test(line.slice(0, 160)) || COLUMNS.test(line))) return [];
    return isChosen(text, isFree ? AT_END.test(line.slice(value.end)) : true)
      ? toSpan(line, value, kind)
      : [];
  });
}

/** Without a mark between them the value is the last word of its line, or one that looks like a secret. */
function isChosen(text: string, isPlaced: boolean): boolean {
  const word = text.replace(/[.!?:]+$/, '');
  return isPlaced ? word.length >= 3 && !isOrdinary(word) && !isTechnical(word) : looksChosen(word);
}
