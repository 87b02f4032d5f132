import { readDebugEvent } from '../fortios/debug/debug-event.ts';
import { readIkePrefix } from '../fortios/debug/ike-events.ts';
import { readLoginSign } from '../fortios/debug/login-signs.ts';
import { readRecords } from '../fortios/debug/read-records.ts';
import { parsePromptLine } from '../fortios/prompt.ts';
import { isDebugCompanion, isDebugMark } from './debug-lines.ts';
import {
  continuesHandshake,
  holdsHandshake,
  isNoStep,
  joinHandshake,
  withoutIndent,
} from './rewrap-handshake.ts';
import { continuesRow, isOpenReply, isReply, isWrappedTokenRow, joinReply } from './rewrap-outputs.ts';

/**
 * Joins log lines that mail wrapped at 60 to 79 columns. Joins only what the grammar makes certain: the message is
 * meaningless, or says less, without the rest.
 */
export interface LineJoiner {
  /**
   * Returns the lines that are complete now, and an empty line for every line joined into another, so that line
   * numbers stay.
   */
  line(text: string): readonly string[];
  isIdle(): boolean;
  /** Like `isIdle`, if it is known that the next line begins a separate debug message. */
  isIdleBeforeMessage(): boolean;
  end(): readonly string[];
}

/** Characters. A line this long may have been wrapped because the next word did not fit. */
export const WRAPPED_FROM = 24;
export const WRAPPED_TO = 200;
/** Columns of mail, without quote marks and a prefix. Wider texts are wrapped at the length of their longest line. */
const MIN_COLUMNS = 56;
const MAIL_COLUMNS = 79;
/** Characters of the longest word that did not fit. */
const MAX_WORD = 60;
/** Maximum number of mail lines of one log line. */
const MAX_PARTS = 24;
/** A reply about a cluster is longer. */
const MAX_REPLY_PARTS = 200;

const STAMP = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?';
const MESSAGE = new RegExp(
  `^(?:${STAMP} )?(?:\\[\\d{1,10}:[A-Za-z][^:\\][\\s]{0,63}:[0-9a-f]{1,16}\\][\\w['"]|\\[\\d{1,6}\\] [A-Za-z]{0,30}_\\w{1,32}-)`,
);
const STAMP_ALONE = new RegExp(`^${STAMP} ?$`);
/** Characters: without and with microseconds and a blank. */
const MIN_STAMP_LENGTH = 19;
const MAX_STAMP_LENGTH = 27;
/** Beginnings of lines that are recognised as debug only together with the rest. */
const INCOMPLETE_STARTS = new RegExp(
  `^(?:${STAMP} |Connecting to server address:|User-Agent: fortinet/|date=\\d{4}-|<\\d{1,3}>)`,
);
/** Beginnings of lines that are never the rest of another. */
const NEVER_CONTINUES = new RegExp(
  `^(?: {2}|\\t| ?$|${STAMP}|[#!>]|(?:config|edit|set|unset|append|next|end)(?:[ \\t]|$)|FTK[A-Z0-9]{5}|FORTITOKEN[ \\t]|Token server|Total |[A-Z][\\w /.()-]{0,40}: |[\\w-]{1,30} {2,}:|date=)`,
);
const PAIR = /(?:^|[ ,])([a-z_]\w{0,40})=/g;

/** `date=2026-03-01 time=08:00:00 tz="+0000"`, and the rest of it: `logid="0100032161" type="event"`. */
const EVENT = /^(?:<\d{1,3}>)?date=\d{4}-/;
const FIELD = /^[a-z]\w{0,40}=/;

/** Indented as documents set the rest of a line, whatever their width. */
const HANGING = /^ {4,12}\S/;

const NONE: readonly string[] = [];

export function createLineJoiner(): LineJoiner {
  let parts: string[] = [];
  /** Length of the longest line so far: where lines are cut at a column, none is longer. */
  let widest = 0;
  /** Column at which lines were found to be cut. */
  let column = 0;

  function release(): readonly string[] {
    const ready = parts.length > 1 ? join(parts) : parts;
    parts = [];
    return ready;
  }

  function join(pieces: readonly string[]): readonly string[] {
    if (pieces.some(holdsHandshake)) return inPlace(joinHandshake(pieces, widest), pieces.length);
    return joinedAtColumn(pieces) ?? joinParts(pieces);
  }

  /** The parts of a line that was cut at a column; undefined if they are lines of their own. */
  function joinedAtColumn(pieces: readonly string[]): readonly string[] | undefined {
    const [first = ''] = pieces;
    const count = countCut(pieces);
    if (count < 2 || isReply(first)) return undefined;
    const cut = [first, ...pieces.slice(1, count).map(withoutIndent)];
    const text = cut.join('');
    const meaning = readMeaning(text);
    const more = meaning.size - readMeaning(cut.join(' ')).size;
    const isLongest = first.length >= widest && saysOther(meaning, readMeaning(first));
    if (more < 0 || (more === 0 && column !== first.length && count === 2 && !isLongest)) return undefined;
    column = first.length;
    return [...inPlace(text, count), ...pieces.slice(count)];
  }

  function mayBeCut(text: string): boolean {
    const { length } = text;
    const isFull = length >= CUT_FROM && length <= WRAPPED_TO && length >= widest;
    if (holdsHandshake(text)) return true;
    return isFull && beginsMessage(text);
  }

  function isNextPart(text: string): boolean {
    if (isNoStep(text) && parts.some(holdsHandshake)) return false;
    if (CLOSED_BODY.test(parts.at(-1) ?? '')) return false;
    if (endsEvent(parts) && !FIELD.test(text.trimStart())) return false;
    if (continuesHandshake(parts.at(-1) ?? '', text) || continuesAtColumn(parts, text))
      return parts.length < MAX_CUT_PARTS;
    const limit = isReply(parts[0] ?? '') ? MAX_REPLY_PARTS : MAX_PARTS;
    return parts.length < limit && continues(parts, text, widest);
  }

  return {
    isIdle: () => parts.length === 0,
    isIdleBeforeMessage: () => parts.length === 0 || !(parts.length === 1 && isStampAlone(parts[0] ?? '')),
    end: release,
    line(text) {
      widest = Math.max(widest, text.length);
      if (parts.length > 0 && isNextPart(text)) {
        parts.push(text);
        return NONE;
      }
      const ready = release();
      if (!mayBeCut(text) && !mayGoOn(text, widest)) return ready.length === 0 ? [text] : [...ready, text];
      parts = [text];
      return ready;
    },
  };
}

/** Columns from which terminals, tickets and editors cut lines, also inside a word. */
const CUT_FROM = 72;
/** Maximum number of pieces of one log line: a TLS handshake in one line has 3,000 characters and more. */
const MAX_CUT_PARTS = 200;
/** Beginnings of lines that are no piece of another: FortiOS prints no such text inside a message. */
const OWN_LINE = new RegExp(
  `^(?:${STAMP}|#config-version|date=|(?:config|edit|set|unset|next|end)(?:[ \\t]|$))`,
);

/** Beginnings of messages without a prefix; a piece of a TLS handshake may hold them further right. */
const OWN_MESSAGE = new RegExp(
  `^(?:${STAMP} )?(?:SSL: |Connecting to server address: |\\{"sender": ?"FGT-|User-Agent: fortinet/|id=\\d{1,10} trace_id=|_{0,2}samld_\\w{1,40} \\[\\d|\\[authd_\\w{1,60}:\\d|ike (?:\\d{1,10}:|V=))`,
);

/** The end of the body of a push request: `"app":"FTM","platform":"ios"}` */
const CLOSED_BODY = /"\}$/;

function beginsMessage(line: string): boolean {
  return MESSAGE.test(line) || OWN_MESSAGE.test(line);
}

/** Whether the line is the next piece of one that was cut at a column. Pieces may be indented. */
function continuesAtColumn(parts: readonly string[], text: string): boolean {
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (!beginsMessage(first)) return false;
  if (first.length < CUT_FROM || first.length > WRAPPED_TO || last.length !== first.length) return false;
  if (parts.length >= MAX_CUT_PARTS || text.length > first.length || text.trim() === '') return false;
  const piece = withoutIndent(text);
  return (
    !beginsMessage(piece) &&
    !OWN_LINE.test(piece) &&
    !isDebugCompanion(piece) &&
    parsePromptLine(piece) === undefined
  );
}

/** Whether a value of an event in the log ends here: behind it there is only another field. */
function endsEvent([first = '', ...others]: readonly string[]): boolean {
  const text = [first, ...others].join('');
  return first.includes('logid=') && text.endsWith('"') && text.split('"').length % 2 === 1;
}

/** How many of the parts, from the first, are pieces of one line: all but the last have its length. */
function countCut(parts: readonly string[]): number {
  const [first = ''] = parts;
  if (first.length < CUT_FROM) return 1;
  const shorter = parts.findIndex((part) => part.length !== first.length);
  return shorter === -1 ? parts.length : shorter + 1;
}

function isWrapLength({ length }: string): boolean {
  return length >= WRAPPED_FROM && length <= WRAPPED_TO;
}

function mayGoOn(text: string, widest: number): boolean {
  if (!isWrapLength(text)) return isStampAlone(text);
  if (text.length > MAIL_COLUMNS && text.length + MAX_WORD <= widest) return false;
  // The cheapest first: this decides about most lines that are read at all.
  if (MESSAGE.test(text) || INCOMPLETE_STARTS.test(text) || isWrappedTokenRow(text)) return true;
  return text.length > MAIL_COLUMNS ? beginsMessage(text) : isDebugMark(text);
}

function isStampAlone(text: string): boolean {
  const { length } = text;
  return length >= MIN_STAMP_LENGTH && length <= MAX_STAMP_LENGTH && STAMP_ALONE.test(text);
}

/** Recognises most messages by their beginning, which is cheaper than testing every kind. */
function isMessage(text: string): boolean {
  return MESSAGE.test(text) || isDebugMark(text);
}

/** Whether the next word would not have fitted: a word that fits is not wrapped. Parts may be indented. */
function continues(parts: readonly string[], line: string, widest: number): boolean {
  const last = parts.at(-1) ?? '';
  const text = withoutIndent(line);
  if (parts.length === 1 && isStampAlone(last)) {
    return isMessage(text) ? !NEVER_CONTINUES.test(text) : INCOMPLETE_STARTS.test(text);
  }
  if (continuesRow(parts, text)) return true;
  if (last.length > WRAPPED_TO || NEVER_CONTINUES.test(text) || isDebugCompanion(text)) return false;
  if (isMessage(text) && !(EVENT.test(parts[0] ?? '') && FIELD.test(text))) return false;
  if (isOpenReply(parts)) return parsePromptLine(text) === undefined;
  const [word = ''] = text.trimStart().split(' ', 1);
  const columns = last.length > MAIL_COLUMNS ? widest : MIN_COLUMNS;
  const isFull = last.trimEnd().length + 1 + word.length > columns;
  return (isFull || HANGING.test(line)) && parsePromptLine(text) === undefined;
}

/** The longest sequence of parts from the start in which each part adds meaning; the others stay unchanged. */
function joinParts(parts: readonly string[]): readonly string[] {
  if (isReply(parts[0] ?? '')) return inPlace(joinReply(parts), parts.length);
  if (isWrappedTokenRow(parts[0] ?? ''))
    return inPlace(parts.map((part) => part.trimEnd()).join(' '), parts.length);
  let text = parts[0] ?? '';
  let said = readMeaning(text);
  let best = { text, count: 1 };
  for (const [index, part] of parts.slice(1).map(withoutIndent).entries()) {
    const isStamped = index === 0 && isStampAlone(text);
    text = `${text.trimEnd()} ${part}`;
    const meaning = readMeaning(text);
    if (!isStamped && !saysMore(meaning, said)) continue;
    said = meaning;
    best = { text, count: index + 2 };
  }
  return [...inPlace(best.text, best.count), ...parts.slice(best.count)];
}

/** The text, followed by an empty line for every line joined into it. */
function inPlace(text: string, count: number): readonly string[] {
  return [text, ...Array<string>(count - 1).fill('')];
}

type Meaning = ReadonlyMap<string, unknown>;

/** The facts that a line states, by name. */
function readMeaning(line: string): Meaning {
  const said = new Map<string, unknown>();
  for (const record of readRecords([line])) {
    const text = readIkePrefix(record.text)?.text ?? record.text;
    const { sign, fields } = readLoginSign(record, text) ?? {};
    for (const [name, value] of Object.entries({ ...readDebugEvent(record), ...fields, sign })) {
      if (value !== undefined) said.set(name, JSON.stringify(value));
    }
  }
  if (/\blogid=|^date=/.test(line)) for (const [, name = ''] of line.matchAll(PAIR)) said.set(name, true);
  return said;
}

/** Whether the line states as much, and something else: `time_out = 8` was a part of `time_out = 80`. */
function saysOther(meaning: Meaning, before: Meaning): boolean {
  return meaning.size >= before.size && [...meaning].some(([name, value]) => before.get(name) !== value);
}

/** Whether every earlier fact is still stated, and there is a new one. */
function saysMore(meaning: Meaning, before: Meaning): boolean {
  return meaning.size > before.size && [...before].every(([name, value]) => meaning.get(name) === value);
}
