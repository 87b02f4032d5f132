import { isWrapper } from '../fortios/config/build-tree.ts';
import { isRootPath } from '../fortios/config/root-paths.ts';
import { textBehindPrompt } from '../fortios/prompt.ts';
import { mayHoldSecret } from '../redact/may-hold-secret.ts';
import { BEGINS_TEXT, findDebugMark, isDebugMark } from './debug-lines.ts';

/*
 * Terminal programs, log servers, `grep`, tables, lists and chats print text before every line, and some its mirror
 * image behind it. Such a prefix is known by repetition: neighbouring lines begin alike, except for digits, and what
 * follows in one of them clearly is FortiOS. What FortiOS itself prints there (`2025-11-24 09:12:03 ` before debug) is
 * part of the evidence and stays.
 */
interface Prefix {
  readonly begins: RegExp;
  /** What closes the mark at its end: ` |`, `**`, `",` */
  readonly closes: string | undefined;
  /** The text is a cell in quotes, which are doubled inside it. */
  readonly isCell: boolean;
  /** A list or text with marks may also be of steps to type. */
  readonly isList: boolean;
  /** Has words or an address. */
  readonly isNamed: boolean;
  /** Needs no neighbour before debug. */
  readonly isCertain: boolean;
  /** Without letters and a time: ends with the first line that does not begin so. */
  readonly isWeak: boolean;
}

/** A line that waits for its neighbour. */
interface Held {
  line: string;
  readonly prefix: Prefix;
  readonly isConfig: boolean;
}

export interface PrefixRemover {
  /** Returns the lines that are complete now: the first with a prefix may wait for the next. */
  line(text: string): readonly string[];
  isIdle(): boolean;
  end(): readonly string[];
}

const MAX_PREFIX_LENGTH = 240;
const MAX_PREFIXES = 4;
/** Lines without the prefix, such as the rest of a long line. */
const MAX_MISSED = 50;

const NAME = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|[AP]M)';
const DATE = `(?:\\d{4}[-/.]\\d\\d[-/.]\\d\\d|\\d{8}|\\d{1,2}[-/.](?:\\d{1,2}|${NAME})[-/.]\\d{2,4}|${NAME} {1,2}\\d{1,2}(?:,? \\d{4})?)`;
const TIME = '\\d{1,2}:\\d\\d:\\d\\d(?:[.,:]\\d{1,9})?(?: ?[AP]M)?(?: ?(?:Z|UTC|GMT|[+-]\\d\\d:?\\d\\d))?';
const MOMENT = `(?:${NAME},? )?(?:${DATE}(?:[T_, ]|, | - ))?${TIME}(?: \\d{4})?`;
/** RFC 3164 and RFC 5424: priority, time, host, and the program with its process or its fields. */
const LOGGED = `(?:<\\d{1,3}>(?:1 )?)?(?:${NAME} {1,2}\\d{1,2} ${TIME}|\\d{4}-\\d\\d-\\d\\dT${TIME}) [\\w.:-]{1,80} (?:[\\w/.-]{1,48}\\[\\d{1,9}\\]:|[a-z][\\w/.-]{0,47}:|[\\w/.-]{1,48} [\\w-]{1,32} [\\w-]{1,32} -)`;
/** Times that are known as a prefix without a neighbour: `[09:12:03] `, `Nov 24 09:12:03 fw01 console: `, `09:12:03 | `. */
const STAMPS: readonly RegExp[] = [
  new RegExp(`^[[({<]${MOMENT}[\\])}>][ \\t]?`),
  new RegExp(`^${LOGGED}(?:[ \\t]|$)`),
  new RegExp(`^(?:<\\d{1,3}>(?:1 )?)?${MOMENT}(?:[ \\t]?[|>:-](?=[ \\t]|$))?(?:[ \\t]|$)`),
];
/** `Dec  1 09:12:04 fw01 ` */
const STAMPED = new RegExp(`^(?:<\\d{1,3}>(?:1 )?)?${MOMENT}(?: [\\w.:-]{1,80})? $`);
const CLOCK = /\d:\d\d/;
/** A row of the event log in columns: `2026/03/02 09:12:04  Alert  ssl-login-fail  wren  203.0.113.9`, behind its time. */
const EVENT_ROW =
  /^ [^\n]{0,120}? {2}(?:ssl-(?:login(?:-fail)?|new-con|exit-fail)|tunnel-(?:up|down)|negotiate)(?: {2}|$)/;
/** tcpdump's own time. */
const PACKET = /^(?:IP6?|ARP) /;
/** FortiOS's own time before debug, `2025-11-24 09:12:03 `; a terminal may print it before any line. */
const OWN_TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[ \t]|$)/;

/** `FGT-EDGE (root) # get system status` */
const PROMPT =
  /[A-Za-z0-9<][\w~#>-]{0,40}(?:\(\w{1,12}\))?(?: \([^()]{1,80}\))? [#$] (?:get|sho?w?|diag\w*|exec?\w*|conf\w*) \w/;
/** `Version: FortiGate-60F v7.4.8`, `1: date=2026-03-02 time=09:12:04` */
const OUTPUTS =
  /#(?:config-version|conf_file_ver|buildno|global_vdom)=|Version: Forti[\w-]{1,40} v\d|FORTITOKEN +DRIFT +STATUS|(?:(?:\d{1,6}: )?date=\d{4}-\d\d-\d\d|logid="?\d{10}"?)[ ,]["]?[a-z]{2,12}=/;
const OUTPUT = new RegExp(`${BEGINS_TEXT}(?:${PROMPT.source}|${OUTPUTS.source})`);
const OUTPUT_WORDS = ['# ', '$ ', '#c', 'date=', 'logid=', 'Version: F', 'FORTITOKEN'];
const CONFIG = new RegExp(
  `${BEGINS_TEXT}config ([a-z][\\w-]{1,40}(?: [a-z][\\w-]{0,40}){0,4})[ \\t]*\\W{0,8}$`,
);
/** `[1738] handle_req-Rcvd`: most lines of a log, with FortiOS's own time or without a time. */
const MESSAGE =
  /^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d )?(?:\[\d{1,10}(?::[^:\][\d]|\] [A-Za-z_])|ike [\dV]|SSL: \(|id=\d{1,10} trace_id=)/;
/** `    set status enable` */
const CONFIG_LINE = /^[ \t]*(?:config|edit|set|unset|next|end)(?:[ \t]|$)/;
/** `set status enable` without the indentation that FortiOS prints: a change, or a step to type. */
const TYPED = /^(?:edit|set|unset|append|next)(?:[ \t]|$)/;
/** `- `, `12. ` */
const LIST = /^[ \t]*(?:[-+*•–]|\d{1,6}[.)])[ \t]*$/;
/** ``- ` ``, `12,"`, `| `, `**` */
const MARK = /([*_`"'|]{1,3})[ \t]*$/;
/** `{"message":"`, `  "`: formats that are read as a whole. */
const JSON_MEMBER = /"(?:\s*:|\w+=)|^\s*"$|^\s*[[{]\s*["{[]/;
/** `    set status enable`, or a blank line */
const INDENTED = /^[ \t]*$|^[ \t]+\S/;
/** `    edit "wren"`, `end` */
const BELOW = /^(?:[ \t]+\S|end[ \t]*$|config )/;
/** `fw01`, `fgt-2.conf`, `192.0.2.7`: another number there is of another device; not of the line in `debug.log-12-`. */
const NUMBERED_NAME = '(?<=(?<!\\d)[A-Za-z]-?)\\d+(?![\\d:-])|\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b';
/** The parts of a prefix: names of days and months, digits, blanks and separators may vary. */
const PARTS = new RegExp(`(\\b${NAME}\\b)|(?:${NUMBERED_NAME})|(\\d+)|([ \\t]+)|([:-])|([^])`, 'g');
/** `   12  `: numbers that rise are read as a whole (formats/numbered.ts). */
const NUMBER = /^[ \t]*\d+[ \t:]*$/;
/** `< `: of a diff, which prints what was removed. */
const REMOVED = /^[ \t]*<[ \t]*$/;
/** The last word behind a time is a host: `Dec  1 09:12:04 fw01 `. Without a time it may be of a sentence. */
const HOST = /\d:\d\d\S*(?: \d{4}| [AP]M| [A-Z]{3,4})?(?:[ \t]+[\w.-]+)?[ \t]*$/;

export function createPrefixRemover(): PrefixRemover {
  let prefixes: readonly Prefix[] = [];
  let missed = 0;
  let held: Held | undefined;
  let before = '';
  /** The first prefix with words: one with others may be of another device. */
  let named: string | undefined;

  function release(): string[] {
    const lines = held ? [withoutStamp(held.line)] : [];
    held = undefined;
    return lines;
  }

  function passOn(line: string): readonly string[] {
    return held ? [...release(), line] : [line];
  }

  function strip(line: string): string | undefined {
    if (prefixes.length === 0) return undefined;
    for (const prefix of prefixes) {
      const text = withoutPrefix(line, prefix);
      if (text === undefined) continue;
      missed = 0;
      return text;
    }
    missed += 1;
    prefixes = missed > MAX_MISSED ? [] : prefixes.filter(({ isWeak }) => !isWeak);
    return undefined;
  }

  /** Removes the prefix of a line with it, and of the line that waits. */
  function confirm(line: string, prefix: Prefix): readonly string[] {
    const known = prefixes.filter(({ begins }) => begins.source !== prefix.begins.source);
    prefixes = [prefix, ...known].slice(0, MAX_PREFIXES);
    if (prefix.isNamed) named = prefix.begins.source;
    missed = 0;
    if (held) held.line = withoutPrefix(held.line, prefix) ?? held.line;
    return [...release(), withoutPrefix(line, prefix) ?? line];
  }

  /** Text of FortiOS begins in the line behind a prefix. */
  function begin(line: string, { at, kind }: Found): readonly string[] {
    const prefix = toPrefix(line, at);
    const isOther = prefix?.isNamed && named !== undefined && named !== prefix.begins.source;
    if (prefix === undefined || isOther) return passOn(withoutStamp(line));
    if (held && goesOn(held.line, prefix, held.isConfig && (prefix.isList || kind !== 'config')))
      return confirm(line, prefix);
    if ((kind !== 'config' && goesOn(before, prefix, false)) || (kind === 'debug' && prefix.isCertain))
      return [...release(), ...confirm(line, prefix)];
    const ready = release();
    held = { line, prefix, isConfig: kind === 'config' };
    return ready;
  }

  return {
    isIdle: () => held === undefined,
    end: release,
    line(line) {
      if (line === '' || MESSAGE.test(line)) return passOn(line);
      const bare = withoutPrompt(line);
      const found = findFortios(bare);
      if (found?.at === 0) {
        before = '';
        return passOn(bare);
      }
      const text = strip(line);
      if (text !== undefined) return passOn(withoutPrompt(text));
      if (held && goesOn(line, held.prefix, held.isConfig)) return confirm(line, held.prefix);
      const ready = found ? begin(bare, found) : passOn(withoutStamp(bare));
      before = line;
      return ready;
    },
  };
}

/** Whether the line begins alike; below a configuration, with a statement as FortiOS prints it: steps to type are not indented. */
function goesOn(line: string, prefix: Prefix, isConfig: boolean): boolean {
  const text = withoutPrefix(line, prefix);
  if (text === undefined) return false;
  return !isConfig || (prefix.isList ? INDENTED : BELOW).test(text);
}

interface Found {
  readonly at: number;
  readonly kind: 'debug' | 'output' | 'config';
}

function findFortios(line: string): Found | undefined {
  if (CONFIG_LINE.test(line)) return { at: 0, kind: 'config' };
  const head = line.slice(0, MAX_PREFIX_LENGTH);
  const debug = findDebugMark(head);
  const output = OUTPUT_WORDS.some((word) => head.includes(word)) ? OUTPUT.exec(head)?.index : undefined;
  if (debug !== undefined && debug <= (output ?? debug)) return { at: debug, kind: 'debug' };
  if (output !== undefined) return { at: output, kind: 'output' };
  if (line.length > MAX_PREFIX_LENGTH || !line.includes('config ')) return undefined;
  const found = CONFIG.exec(line);
  const words = found?.[1]?.split(' ') ?? [];
  return found && (isWrapper(words) || isRootPath(words)) ? { at: found.index, kind: 'config' } : undefined;
}

function withoutStamp(line: string): string {
  const head = line.slice(0, MAX_PREFIX_LENGTH);
  if (!CLOCK.test(head) || OWN_TIME.test(head) || isDebugMark(line)) return line;
  const stamp = STAMPS.map((form) => form.exec(head)?.[0]).find((each) => each !== undefined);
  if (stamp === undefined) return line;
  const rest = line.slice(stamp.length);
  // A tab behind it and others behind that: the first column of a table.
  const isColumn = (stamp.endsWith('\t') && rest.includes('\t')) || EVENT_ROW.test(rest);
  return isColumn || rest === '' || PACKET.test(rest) ? line : rest;
}

function withoutPrefix(line: string, prefix: Prefix): string | undefined {
  const begun = prefix.begins.exec(line)?.[0];
  if (begun === undefined) return undefined;
  const text = line.slice(begun.length);
  if (prefix.isList && TYPED.test(text)) return undefined;
  const whole = withoutMark(text, prefix.closes);
  return prefix.isCell ? whole.replaceAll('""', '"') : whole;
}

/** A session waits at a prompt while debug is printed: `FW-01 # id=65308 trace_id=41 func=…`. */
function withoutPrompt(line: string): string {
  if (!line.includes('# ') && !line.includes('$ ')) return line;
  const text = textBehindPrompt(line);
  return text !== undefined && isDebugMark(text) ? text : line;
}

function toPrefix(line: string, at: number): Prefix | undefined {
  const text = line.slice(0, at);
  const hasLetter = /[A-Za-z]/.test(text);
  const isSentence = hasLetter && /\w ?$/.test(text) && !HOST.test(text);
  // Redaction needs the name of a secret beside its value.
  if (isSentence || [NUMBER, JSON_MEMBER, REMOVED].some((form) => form.test(text)) || mayHoldSecret(text))
    return undefined;
  const mark = MARK.exec(text)?.[1];
  return {
    begins: new RegExp(`^${patternOf(text)}`),
    closes: withoutMark(line, mark) === line ? undefined : mark,
    isCell: /[,;\t]"[ \t]*$/.test(text),
    isList: mark !== undefined || LIST.test(text),
    isNamed: hasLetter || /\d(?:\.\d+){3}/.test(text),
    isCertain: !hasLetter || STAMPED.test(text),
    isWeak: OWN_TIME.test(text) || !(hasLetter || CLOCK.test(text)),
  };
}

function withoutMark(text: string, mark: string | undefined): string {
  const end = text.trimEnd().replace(/[,;]$/, '');
  return mark !== undefined && end.endsWith(mark) ? end.slice(0, -mark.length).trimEnd() : text;
}

function patternOf(text: string): string {
  const end = text.trimEnd();
  const trail = text.slice(end.length);
  const pattern = end.replaceAll(PARTS, (part, name, digits, blanks, joint) => {
    if (name !== undefined) return NAME;
    if (digits !== undefined) return '\\d+';
    if (blanks !== undefined) return '[ \\t]+';
    return joint === undefined ? escapeText(part) : '[:-]';
  });
  return `${pattern.startsWith('\\d') ? '[ \\t]*' : ''}${pattern}${trail === '' ? '' : `(?:${escapeText(trail)}|[ \\t]*$)`}`;
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
