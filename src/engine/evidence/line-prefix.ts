import { parsePromptLine, textBehindPrompt } from '../fortios/prompt.ts';
import { isDebugMark } from './debug-lines.ts';

/*
 * Terminal programs and log servers put a time before every line: SecureCRT, MobaXterm, Tera Term, `ts`, syslog. What
 * FortiOS itself prints in that place (`2025-11-24 09:12:03 ` before debug) is part of the evidence and stays.
 */
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const DAY = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?';
const DATE = `(?:\\d{4}[-/.]\\d\\d[-/.]\\d\\d|\\d{8}|\\d{1,2}[-/.](?:\\d{1,2}|${MONTH})[-/.]\\d{2,4}|${MONTH} {1,2}\\d{1,2}(?:,? \\d{4})?)`;
const TIME = '\\d{1,2}:\\d\\d:\\d\\d(?:[.,:]\\d{1,9})?(?: ?[AP]M)?(?: ?(?:Z|UTC|GMT|[+-]\\d\\d:?\\d\\d))?';
const MOMENT = `${DAY}(?:${DATE}(?:[T_, ]|, | - ))?${TIME}(?: \\d{4})?`;
/** RFC 3164 and RFC 5424: priority, time, host, and the program with its process or its fields. */
const LOGGED = `(?:<\\d{1,3}>(?:1 )?)?(?:${MONTH} {1,2}\\d{1,2} ${TIME}|\\d{4}-\\d\\d-\\d\\dT${TIME})`;
const SENDER =
  ' [\\w.:-]{1,80} (?:[\\w/.-]{1,48}\\[\\d{1,9}\\]:|[a-z][\\w/.-]{0,47}:|[\\w/.-]{1,48} [\\w-]{1,32} [\\w-]{1,32} -)';

const FORMS: readonly RegExp[] = [
  new RegExp(`^[[({<]${MOMENT}[\\])}>][ \\t]?`),
  new RegExp(`^${LOGGED}${SENDER}(?:[ \\t]|$)`),
  new RegExp(`^(?:<\\d{1,3}>(?:1 )?)?${MOMENT}(?:[ \\t]?[|>:-](?=[ \\t]|$))?(?:[ \\t]|$)`),
];
/** Part of each of them, which take 2 ms to compile. */
const CLOCK = /\d:\d\d:\d\d/;
/** Characters of a clock: a shorter line has no prefix. */
const CLOCK_LENGTH = 7;
/** A row of the event log in columns: `2026/03/02 09:12:04  Alert  ssl-login-fail  wren  203.0.113.9`, behind its time. */
const EVENT_ROW =
  /^ [^\n]{0,120}? {2}(?:ssl-(?:login(?:-fail)?|new-con|exit-fail)|tunnel-(?:up|down)|negotiate)(?: {2}|$)/;
/** The form that FortiOS prints before debug lines; a terminal may print it before any line. */
const CONSOLE = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[ \t]|$)/;
const MAY_BEGIN = /^(?:[\d[({<]|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/;
/** Most lines of a log: debug of a daemon, with FortiOS's own time or without a time. */
const MESSAGE = /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?\[\d{1,10}(?::[^:\][\d]|\] [A-Za-z])/;
/** `Date/Time`, in details of an event whose values are below their labels: the next line is no prefix. */
const TIME_LABEL = /^[ \t]{0,4}(?:[A-Za-z]{4,8} ?\/? ?){0,2}time[ \t]{0,4}:?$/i;
const MAX_LABEL = 30;
/** tcpdump's own time. */
const PACKET = /^(?:IP6?|ARP) /;
const STATEMENT = /^[ \t]*(?:config|edit|set|unset|next|end)(?:[ \t]|$)/;
/**
 * The first lines of a backup that a chat or an editor indented. Indented blocks are recognised elsewhere, these lines
 * are not.
 */
const INDENTED_HEADER = /^[ \t]{1,40}(?=#(?:config-version|conf_file_ver|buildno|global_vdom)=)/;
/** An indented prompt: the whole session is indented. */
const INDENTED_PROMPT = /^[ \t]{1,40}(?=\S.{0,200}[#$] )/;
/**
 * An item of a list of log lines: `- [1738] handle_req-Rcvd auth req 7 for wren`, `  • ike 0:…`, `12. [1739] …`. Lines of
 * the log that are not known alone have the same mark as the line above.
 */
const ITEM = /^[ \t]{0,8}(?:([-+*•–])|\d{1,6}([.)]))(?:[ \t]|$)/;
/** An item as code: `` `[1738] handle_req-Rcvd auth req 7 for wren` `` */
const CODE = /^`([^`]*)`[ \t]*$/;
/** Behind a prompt: `get system status`; a list may also be of changes to type. */
const READS = /^(?:get|sh|show|diag\w*|exec?\w*)[ \t]/;
/** `set status enable` without the indentation that FortiOS prints: a change, or a step to type. */
const TYPED = /^(?:edit|set|unset|append|next)(?:[ \t]|$)/;
/** A log server may add a time to what a terminal already stamped. */
const MAX_PREFIXES = 3;
const MAX_PREFIX_LENGTH = 240;

/** Removes those prefixes line by line. Debug lines stay unchanged, because their times are evidence. */
export function createPrefixRemover(): (line: string) => string {
  /** Inside a session whose lines begin like FortiOS debug; recognised by a prompt or a statement after the time. */
  let inStampedSession = false;
  let margin = '';
  /** The mark of the list of log lines above. */
  let listed: string | undefined;
  let belowLabel = false;

  function withoutItem(line: string): string {
    const [mark, bullet, point] = ITEM.exec(line) ?? [];
    if (mark === undefined) {
      if (listed !== undefined && !isDebugMark(line)) listed = undefined;
      return line;
    }
    const text = line.slice(mark.length).replace(CODE, '$1');
    const kind = bullet ?? point;
    const goesOn = kind === listed && !TYPED.test(text);
    listed = goesOn || isLogged(text) ? kind : undefined;
    return listed === undefined ? line : text;
  }

  /** Removes the indentation of the prompts, until a line has less. */
  function withoutMargin(line: string): string {
    if (margin !== '' && line.startsWith(margin)) return line.slice(margin.length);
    if (margin !== '' && line !== '') margin = '';
    const blanks = INDENTED_PROMPT.exec(line)?.[0];
    if (blanks === undefined || parsePromptLine(line.slice(blanks.length)) === undefined) return line;
    margin = blanks;
    return line.slice(blanks.length);
  }

  function behindConsoleStamp(line: string, stamp: string): string {
    const rest = line.slice(stamp.length);
    const isSession = parsePromptLine(rest) !== undefined || STATEMENT.test(rest);
    inStampedSession ||= isSession;
    return inStampedSession ? rest : line;
  }

  function isPlain(line: string): boolean {
    return (
      !inStampedSession &&
      margin === '' &&
      listed === undefined &&
      !line.startsWith(' ') &&
      !line.startsWith('\t')
    );
  }

  return (line) => {
    const isValue = belowLabel;
    belowLabel = line.length < MAX_LABEL && TIME_LABEL.test(line);
    if (line === '') listed = undefined;
    if (line === '' || (line.length < CLOCK_LENGTH && isPlain(line)) || MESSAGE.test(line)) return line;
    let text = withoutPrompt(withoutItem(withoutMargin(line.replace(INDENTED_HEADER, ''))));
    for (let count = 0; count < MAX_PREFIXES; count += 1) {
      if (!MAY_BEGIN.test(text)) {
        if (count === 0 && inStampedSession && text !== '' && !isDebugMark(text)) inStampedSession = false;
        return text;
      }
      const stamp = CONSOLE.exec(text)?.[0];
      const next = stamp === undefined ? withoutPrefix(text) : behindConsoleStamp(text, stamp);
      if (next === text || (next === '' && isValue) || isDebugMark(text)) return text;
      text = next;
    }
    return text;
  };
}

function isLogged(text: string): boolean {
  return isDebugMark(text) || READS.test(parsePromptLine(text)?.command ?? '');
}

/** A session waits at a prompt while debug is printed: `FW-01 # id=65308 trace_id=41 func=…`. */
function withoutPrompt(line: string): string {
  const text = textBehindPrompt(line);
  return text !== undefined && isDebugMark(text) ? text : line;
}

function withoutPrefix(line: string): string {
  const head = line.slice(0, MAX_PREFIX_LENGTH);
  if (!CLOCK.test(head)) return line;
  const prefix = FORMS.map((form) => form.exec(head)?.[0]).find((each) => each !== undefined);
  if (prefix === undefined) return line;
  const rest = line.slice(prefix.length);
  // A tab behind it and others behind that: the first column of a table.
  const isColumn = (prefix.endsWith('\t') && rest.includes('\t')) || EVENT_ROW.test(rest);
  return isColumn || PACKET.test(rest) ? line : rest;
}
