import { readDebugEvent } from '../fortios/debug/debug-event.ts';
import { readRecords } from '../fortios/debug/read-records.ts';
import { parsePromptLine } from '../fortios/prompt.ts';
import { isDebugCompanion, isDebugMark } from './debug-lines.ts';
import { goesOnInRow, isCutTokenRow, isOpenReply, isReply, joinReply } from './rewrap-outputs.ts';

/**
 * Puts log lines together again that mail wrapped at its 60 to 79 columns. Only what the grammar makes certain: the
 * message says nothing, or less, without the rest.
 */
export interface LineJoiner {
  /** The lines that are complete now; for every line that went into another an empty one, so that numbers stay. */
  line(text: string): readonly string[];
  isIdle(): boolean;
  /** The same once it is known that the next line begins a debug message of its own. */
  isIdleBeforeMessage(): boolean;
  end(): readonly string[];
}

/** A line this long may have been wrapped: the next word did not fit. Characters. */
export const WRAPPED_FROM = 36;
export const WRAPPED_TO = 79;
/** No mail is narrower, quotation marks and a prefix not counted. */
const NARROWEST = 56;
/** A log line is no longer than this many lines of a mail. */
const MAX_PARTS = 24;
/** A reply about a cluster is longer. */
const MAX_REPLY_PARTS = 200;

const STAMP = '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,6})?';
const MESSAGE = new RegExp(
  `^(?:${STAMP} )?(?:\\[\\d{1,10}:[A-Za-z][^:\\][\\s]{0,63}:[0-9a-f]{1,16}\\][\\w['"]|\\[\\d{1,6}\\] [A-Za-z]{0,30}_\\w{1,32}-)`,
);
const STAMP_ALONE = new RegExp(`^${STAMP} ?$`);
/** How lines begin that are known to be debug only when the rest is there. */
const BEGUN = new RegExp(
  `^(?:${STAMP} |Connecting to server address:|User-Agent: fortinet/|date=\\d{4}-|<\\d{1,3}>)`,
);
/** Beginnings of lines that are never the rest of another. */
const OWN = new RegExp(
  `^(?: {2}|\\t| ?$|${STAMP}|[#!>]|(?:config|edit|set|unset|append|next|end)(?:[ \\t]|$)|FTK[A-Z0-9]{5}|FORTITOKEN[ \\t]|Token server|Total |[A-Z][\\w /.()-]{0,40}: |[\\w-]{1,30} {2,}:|date=)`,
);
/** Steps of a TLS handshake, one behind the other in one line: where mail wraps it, each part holds some. */
const HANDSHAKE = new RegExp(`^(?:${STAMP} )?SSL: `);
const STEPS =
  /^(?:SSL_|SSLv3\/|TLS |\(where=|ret=0x|read |write |before |initialization|client |server |certificate|verify|hello|finished)/;
const PAIR = /(?:^|[ ,])([a-z_]\w{0,40})=/g;

const NONE: readonly string[] = [];

export function createLineJoiner(): LineJoiner {
  let parts: string[] = [];

  function release(): readonly string[] {
    const ready = parts.length > 1 ? joined(parts) : parts;
    parts = [];
    return ready;
  }

  return {
    isIdle: () => parts.length === 0,
    isIdleBeforeMessage: () =>
      parts.length === 0 || !(parts.length === 1 && STAMP_ALONE.test(parts[0] ?? '')),
    end: release,
    line(text) {
      if (parts.length === 0) {
        if (!mayGoOn(text)) return [text];
        parts = [text];
        return NONE;
      }
      const limit = isReply(parts[0] ?? '') ? MAX_REPLY_PARTS : MAX_PARTS;
      if (parts.length < limit && goesOn(parts, text)) {
        parts.push(text);
        return NONE;
      }
      const ready = release();
      if (!mayGoOn(text)) return [...ready, text];
      parts = [text];
      return ready;
    },
  };
}

function isWrapLength({ length }: string): boolean {
  return length >= WRAPPED_FROM && length <= WRAPPED_TO;
}

function mayGoOn(text: string): boolean {
  if (!isWrapLength(text)) return STAMP_ALONE.test(text);
  return isMessage(text) || BEGUN.test(text) || isCutTokenRow(text);
}

/** Most messages are known by how they begin, which takes less than to look for every kind. */
function isMessage(text: string): boolean {
  return MESSAGE.test(text) || isDebugMark(text);
}

function isHandshake([first = '']: readonly string[]): boolean {
  return HANDSHAKE.test(first);
}

/** A word that would have fitted was not wrapped. */
function goesOn(parts: readonly string[], text: string): boolean {
  const last = parts.at(-1) ?? '';
  if (parts.length === 1 && STAMP_ALONE.test(last)) {
    return isMessage(text) ? !OWN.test(text) : BEGUN.test(text);
  }
  if (isWrapLength(last) && isHandshake(parts) && STEPS.test(text)) return true;
  if (goesOnInRow(parts, text)) return true;
  if (!isWrapLength(last) || isMessage(text) || OWN.test(text) || isDebugCompanion(text)) return false;
  if (isOpenReply(parts)) return parsePromptLine(text) === undefined;
  const [word = ''] = text.trimStart().split(' ', 1);
  return last.trimEnd().length + 1 + word.length > NARROWEST && parsePromptLine(text) === undefined;
}

/** The longest beginning of the parts whose every piece adds to what is said; the others stay as they are. */
function joined(parts: readonly string[]): readonly string[] {
  if (isReply(parts[0] ?? '')) return inPlace(joinReply(parts), parts.length);
  if (isCutTokenRow(parts[0] ?? ''))
    return inPlace(parts.map((part) => part.trimEnd()).join(' '), parts.length);
  let text = parts[0] ?? '';
  let said = meaningOf(text);
  let best = { text, count: 1 };
  const isSteps = isHandshake(parts);
  for (const [index, part] of parts.slice(1).entries()) {
    const isStamped = index === 0 && STAMP_ALONE.test(text);
    text = `${text.trimEnd()} ${part}`;
    if (isSteps && STEPS.test(part)) {
      best = { text, count: index + 2 };
      continue;
    }
    const meaning = meaningOf(text);
    if (!isStamped && !saysMore(meaning, said)) continue;
    said = meaning;
    best = { text, count: index + 2 };
  }
  return [...inPlace(best.text, best.count), ...parts.slice(best.count)];
}

/** For every line that went into another an empty one. */
function inPlace(text: string, count: number): readonly string[] {
  return [text, ...Array<string>(count - 1).fill('')];
}

type Meaning = ReadonlyMap<string, unknown>;

/** What a line says, by name. */
function meaningOf(line: string): Meaning {
  const said = new Map<string, unknown>();
  for (const record of readRecords([line])) {
    const event = readDebugEvent(record);
    for (const [name, value] of Object.entries(event ?? {})) {
      if (value !== undefined) said.set(name, JSON.stringify(value));
    }
  }
  if (/\blogid=|^date=/.test(line)) for (const [, name = ''] of line.matchAll(PAIR)) said.set(name, true);
  return said;
}

/** All of it is said as before, and something is new. */
function saysMore(meaning: Meaning, before: Meaning): boolean {
  return meaning.size > before.size && [...before].every(([name, value]) => meaning.get(name) === value);
}
