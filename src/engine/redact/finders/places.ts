import type { SecretKind } from '../kinds.ts';
import { patternFor } from '../pattern-for.ts';
import { findSecretKind, kindOfLabel, mayName } from '../secret-names.ts';
import type { Span } from '../spans.ts';
import { cellKind, isColumnName, isLikely } from '../table-columns.ts';
import { ofWord } from '../text-memory.ts';
import { isAlreadyHidden } from '../tokens.ts';
import { isCoined } from '../unsaid.ts';
import { isName, looksChosen, matchAt, readQuoted, readWhole, startsOther, toSpan } from '../values.ts';
import { isEncMark } from './encrypted.ts';
import { COUNT, isChosen, isHidden, isSentence, isToken, markedValues, ROW_STOPS } from './marked-values.ts';

/** A word that may be the name of a value. */
const nameIn = patternFor('[\\p{L}_](?:[\\p{L}\\p{N}_.-]{0,62}[\\p{L}\\p{N}_])?', 'g');
/** What closes a name: `"psk"`, `['psk']`, `**PSK** (new)`, `psk:1`. */
const CLOSING =
  /\\{0,7}["'”’`]{0,2}[\])}*_~%]{0,3}(?:\[[\w'".-]{0,40}\](?=[ \t]{0,4}[:=])|[ \t]?\([^()]{1,40}\)(?=[*_~"'` \t]{0,8}(?:[:=→-]|\.{3}|_{3}))|:\d(?=[ \t]{0,8}=)|\.(?=[ \t]?[:=])|[ \t-]is(?=[ \t]{0,4}[:=]))?/y;
/** A label with a remark, which may also be a call: `passwd(root)` */
const ONE_REMARK = /^(?!.{0,80}(?:def|func|function|fn|if|while|not)[ ])[^(]{0,80}\([^(),]{1,40}\)$/;
/** A RADIUS server has `:=` and similar, mail has `=3D`, PHP `=>`, a form `......:`, the registry a type. */
const MARK =
  /[ \t]{0,60}(?:(\\?[:+?!]?={1,3}(?:3D|>)?|＝|[-=]>|[→➜⇒»≔]|<<<)|(?:(?<=[ \t])\.\.(?=[ \t])|\.{3,60}|_{3,60})(?:[ \t]?:)?|::?(?!\/\/)|：|REG_(?:EXPAND_)?SZ[ \t])[*_~]{0,3}[ \t]{0,60}(?:\[\]byte\((?=["`]))?/y;
/** The operator of a RADIUS attribute may stand between them. */
const ARGUMENT = /[ \t]{0,4},[ \t]{0,4}(?:["'][:=]{1,2}["'],[ \t]{0,4})?(?=["'](?!--?[a-z]))/y;
const CELL =
  /[ ]{0,32}\|?([;|\t│┃║])[ ]{0,4}(?::?={1,2}[ ]{0,4}\|[ ]{0,4})?(?=[^\s;|│┃║])|,[ ]?(?=[^\s,]+(?:,[^\s,]+){0,6}\s*$)/y;
/** Where nothing closes the name, and no mark or cell follows it: another word. */
const NEXT_WORD = /[ ](?!is|REG_)[A-Za-z]/y;
const BRACKET = /[ \t]?[<([][ \t]?/y;
const BLANKS = /[ \t]{1,16}(?=\S)/y;
/** Whose secret it is, between its name and its mark: `passphrase of the private key: `. */
const OWNED =
  /(?:[ \t](?:[^\s:=,;!?"<>[\]{}.]|\.(?=\S)|(?<=[ \t(][\p{L}\d]{1,3})\.(?=[ \t])){1,32}){1,6}?(?:[ \t]?[:：][ \t]|[ \t](?:=|[-=]>|→)[ \t]|[ \t]<<<)[ \t]{0,30}(?=\S)/uy;
const MARK_AT_END = /[\s:：=→<>-]+$/;
/** A name of several parts is no word of a sentence. */
const COMPOUND = /^[A-Za-z][A-Za-z\d]{0,23}(?:(?:[-_.]|(?<=[a-z])(?=[A-Z]))[A-Za-z][A-Za-z\d]{0,23}){1,6}$/;
/** A name that no sentence has. */
const UNSPOKEN = /(?:[a-z]{2}(?:key|pass|pw)|pwd|passwd)\d{0,2}$/i;
/** `tunnel key`, and no `the key`. */
const QUALIFIED =
  /^(?!(?:the|an?|this|that|your|my|our|any|each|no|which|what|public|host|sort|der|das|ein|mein|for|by)[ ])\S+[ ]\S+$/i;
/** Verbs, and names of anything, behind which a quotation is no value. */
const AMBIGUOUS = /^(?:key|pass|pin|token)s?$/i;
/** The last word of a phrase that names a secret with the word before it: `API key`, `activation code`. */
const PHRASE_END = /^(?:key|code|token|string|secret|pass|pw|text)$/i;
const DECLARES = /(?:^|[ \t])(?:setx|setenv|ENV|set[ \t]-\w{1,4})[ \t]{1,4}$/;
/** Words of such a command are names themselves. */
const COMMAND =
  /^\s{0,32}[^\s#$]{0,64}(?: ?\([^)]{1,64}\)){0,3} ?[#$]? ?(?:exec?|diag|get|show|set apply-to)/;
/** Characters of a row behind its name. */
const MAX_ROW = 400;
/** Names of columns. */
const COLUMNS = /\S {2,40}\S.{0,200}?\S {2,40}\S/;
/** Characters; a line may hold many names, and each would read all of it. */
const MAX_COLUMNS = 1_000;

/** Values by their place: behind the name of a secret and a mark. */
export function findPlaces(line: string): readonly Span[] {
  const spans: Span[] = [];
  let past = 0;
  let before: { readonly text: string; readonly end: number } | undefined;
  const names = nameIn(line);
  names.lastIndex = 0;
  for (let match = names.exec(line); match; match = names.exec(line)) {
    const { 0: word, index: start } = match;
    const end = start + word.length;
    const phrase =
      before?.end === start - 1 && line[start - 1] === ' ' ? `${before.text} ${word}` : undefined;
    before = { text: word, end };
    if (start < past || !mayBeName(word)) continue;
    const found = findValues(line, start, word, phrase);
    spans.push(...found);
    past = Math.max(past, ...found.map((span) => span.end));
  }
  return spans;
}

/** Words that name a secret with the word before them. */
const LAST_WORD =
  /^(?:key|code|string|id|content|word|phrase|value|text|hex|ascii|hash|b64|base64|data|bytes|raw|md5|material|mot)$/i;
const LAST_LENGTH = 8;

const mayBeName = ofWord((word) => mayName(word) || (word.length <= LAST_LENGTH && LAST_WORD.test(word)));

/** Only the quoted values of quoted names. */
export function findJsonValues(line: string): readonly Span[] {
  if (!/["'”’]/.test(line)) return [];
  return findPlaces(line).filter(({ start }) => /["'”’]$/.test(line.slice(start - 1, start)));
}

function findValues(line: string, start: number, word: string, phrase: string | undefined): readonly Span[] {
  const end = start + word.length;
  if (isHidden(line, end)) return [];
  const isBare = matchAt(NEXT_WORD, line, end) !== null;
  const closing = isBare ? '' : (matchAt(CLOSING, line, end)?.[0] ?? '');
  const isQuoted = /["'”’]/.test(closing);
  const from = end + closing.length;
  const mark = isBare ? null : matchAt(MARK, line, from);
  // The arguments of a function, and what it returns, or the comment behind them.
  if (
    closing.includes(')') &&
    mark &&
    (/[-=]>/.test(mark[0]) ||
      (/^(?:#|\/\/)[ ]/.test(line.slice(from + mark[0].length)) && !ONE_REMARK.test(line.slice(0, from))))
  )
    return [];
  if (mark) {
    const form = mark[1] === undefined ? (isQuoted ? 'json' : 'colon') : 'equals';
    return markedValues(line, { word, phrase, start, at: from + mark[0].length, form, mark: mark[0] });
  }
  const owned = matchAt(OWNED, line, end)?.[0];
  const noun = phrase && PHRASE_END.test(word) ? phrase : word;
  const kindOf =
    owned && !/^palabra /i.test(phrase ?? '') && kindOfLabel(noun, owned.replace(MARK_AT_END, ''));
  if (kindOf) {
    const at = end + owned.length;
    return markedValues(line, { word, phrase, start, at, form: 'colon', mark: ':', kind: kindOf });
  }
  // `attr 16522 (XAUTH_USER_PASSWORD) len 7`
  if (closing.startsWith(')') && word.includes('_')) return [];
  const passed = isQuoted ? argument(line, start, word, from) : [];
  if (passed.length > 0) return passed;
  const cell = isBare ? null : matchAt(CELL, line, from);
  if (cell) return inCell(line, start, end, from + cell[0].length, cell[1] ?? ',');
  const kind =
    (phrase && PHRASE_END.test(word) ? findSecretKind(phrase, 'equals') : undefined) ??
    findSecretKind(word, 'equals');
  return kind
    ? findUnmarked(line, findSecretKind(word, 'equals') ? word : (phrase ?? word), from, start, kind)
    : [];
}

/** `define('DB_PASSWORD', '…')`, `[["password", "…"]]`. */
function argument(line: string, start: number, word: string, from: number): readonly Span[] {
  const opening = /(?:\(|[,[][ \t]{0,4}\[)[ \t]{0,4}["']$|["']--?$/.test(
    line.slice(Math.max(0, start - 12), start),
  );
  const before = matchAt(ARGUMENT, line, from)?.[0] ?? '';
  const kind = opening || /[:=]/.test(before) ? findSecretKind(word, 'json') : undefined;
  const at = from + before.length;
  const value = readQuoted(line, at);
  return kind && value ? toSpan(line, value, kind) : [];
}

const CELLS = /^.*(?=[;|\t>│┃║])/s;
const CELL_START =
  /(?:^[\s>|+*│┃║-]{0,64}|[;|\t>│┃║][ ]{0,4})["']?((?:[\p{L}\p{N}_-]{1,40} ){0,2}[\p{L}\p{N}_-]{0,40})$/u;

/** `password;value`, as a row of a table with two columns or inside a longer row. */
function inCell(line: string, start: number, end: number, at: number, separator: string): readonly Span[] {
  const before = line.slice(Math.max(0, start - 110), start);
  const opened = CELL_START.exec(before.slice(CELLS.exec(before)?.[0].length));
  if (!opened || (separator === ',' && line.slice(0, start).includes(','))) return [];
  const kind = cellKind(`${opened[1]}${line.slice(start, end)}`);
  if (kind === undefined) return [];
  const quoted = readQuoted(line, at);
  if (quoted) return toSpan(line, quoted, kind);
  const row = line.slice(at, at + MAX_ROW);
  const close = row.indexOf(separator);
  // `vpn_psk;HQ;root;…`: a row of several cells ends with the value.
  const last = row.slice(row.lastIndexOf(separator) + 1).trim();
  const isRow =
    close !== -1 &&
    COMPOUND.test(line.slice(start, end).replace(/\d+$/, '')) &&
    (looksChosen(last) || isCoined(last));
  if (!isRow && separator === ',' && close !== -1) return [];
  const from = at + (isRow ? row.lastIndexOf(last) : 0);
  const text = isRow ? last : row.slice(0, close === -1 ? row.length : close).trimEnd();
  if (text.length < 4 || isColumnName(text) || !isLikely(text, kind) || isSentence(text)) return [];
  return toSpan(line, { start: from, end: from + text.length, next: from + text.length }, kind);
}

/** In brackets, or behind blanks only. */
function findUnmarked(
  line: string,
  word: string,
  from: number,
  start: number,
  kind: SecretKind,
): readonly Span[] {
  const bracket = matchAt(BRACKET, line, from);
  const blanks = bracket ?? matchAt(BLANKS, line, from);
  if (!blanks) return [];
  const at = from + blanks[0].length;
  const quoted = readQuoted(line, at);
  const value = quoted ?? readWhole(line, at, ROW_STOPS);
  if (line[value.end] === '(') return [];
  const text = line.slice(value.start, value.end);
  const isDeclared = !bracket && DECLARES.test(line.slice(Math.max(0, start - 16), start));
  const isBracketed = bracket !== null || '])}*_~%'.includes(line[from - 1] ?? ' ');
  const isCompound = isBracketed || COMPOUND.test(word) || UNSPOKEN.test(word) || QUALIFIED.test(word);
  const mayBeChosen =
    (isCompound || (quoted && !quoted.open && !AMBIGUOUS.test(word))) &&
    (isChosen(text, true) || isChosen(text, false));
  // Most words behind a name are no value, whatever stands around them.
  if ((!isDeclared && !mayBeChosen && !isToken(line, at)) || startsOther(line, at)) return [];
  const before = line.slice(Math.max(0, start - 26), start);
  // A variable, a tag, a file, the kind of an object.
  if (/\$$|<[\w:-]{0,24}$|[/.]$|(?<!\w)(?:describe|get|delete|edit|resource|data) ["']?$/.test(before))
    return [];
  // The argument in a stack: `main.readKey(0x027a18f5)`.
  if (bracket?.[0] === '(' && /^0x[0-9a-f]{1,16}$/.test(text) && /[a-z][A-Z]/.test(word)) return [];
  if (isEncMark(line, at) || isName(line, text, value.end)) return [];
  if (/^(?:[:=<>{}[\]()/|&-]|https?:|[a-z]{2,24}=["\d])/.test(text)) return [];
  if (isDeclared) return toSpan(line, value, kind);
  // Looked up by its name: `credentials('fgt-admin')`.
  if (bracket?.[0] === '(' && /^(?:get)?credentials$/i.test(word)) return [];
  if (line[at - 1] === '<' && isAlreadyHidden(line.slice(at - 1, value.end + 1))) return [];
  if (
    isToken(line, at) &&
    !COMPOUND.test(text) &&
    !/=./.test(text) &&
    (kind !== 'key' || !/^key$/i.test(word))
  )
    return toSpan(line, value, kind);
  if (COUNT.test(text) || !mayBeChosen) return [];
  const isFree = !isBracketed && quoted === undefined;
  const isLast = /^["'`]{0,3}[;,}"'`\])]{0,4}\s*$/.test(line.slice(value.end));
  const isCode = line[at] === '`' || (bracket?.[0].includes('(') && !quoted);
  if (isCode && !looksChosen(text)) return [];
  const isPlaced = isFree ? isLast : bracket === null || /^["'`]?[>)\],]/.test(line.slice(value.end));
  if (!isChosen(text, isPlaced)) return [];
  // The row of a table, or a command.
  const isRow = isFree && (COMMAND.test(line.slice(0, 160)) || COLUMNS.test(line.slice(0, MAX_COLUMNS)));
  return isRow ? [] : toSpan(line, value, kind);
}
