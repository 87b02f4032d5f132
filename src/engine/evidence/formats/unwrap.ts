import { ansibleHost, beginsLinesInYaml } from './ansible.ts';
import { beginsCsv, type CsvTable, isRow, readPairs, readRow } from './csv.ts';
import { eventLine, timeOnDevice } from './event-fields.ts';
import { readHtml } from './html-lines.ts';
import { readJsonLines } from './json-lines.ts';
import { createJsonBalance } from './json-reader.ts';
import { beginsLabels, isLabelled, type LabelRun } from './label-lines.ts';
import { beginsNumbered, type NumberedRun } from './numbered.ts';

/** Lines extracted from another format, each with its line number, counted from the first line. */
export interface Unwrapped {
  /** Number of source lines that they replace. */
  readonly span: number;
  readonly lines: readonly { readonly text: string; readonly line: number }[];
}

/** Unchanged source lines, or the lines extracted from them. */
export type UnwrapStep = readonly string[] | Unwrapped;

const MAX_JSON = 8_000_000;
const MAX_JSON_LINES = 200_000;
const MAX_NUMBERED = 20_000;
/** `{` alone or before a name, `[` alone or before a value; `[5784:root:d9]` begins a debug line. */
const JSON_BEGINS = /^\s*(?:\{\s*(?:["}]|$)|\[\s*(?:[{["]|$))/;
/** `{` behind the name of the host in a result of Ansible. */
const OPENS_RESULT = / => (?=\{\s*(?:["}]|$))/;
const ARROW = ' => '.length;
const HTML_BREAK = /<(?:\/?(?:br|p|div|li|tr|pre|h[1-6])\b)/i;
const NUMBER_BEGINS =
  /^(?!\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d)(?: {0,8}\d{1,7}(?:[\t:│|┃ -]|$)|[\w./-]{1,80}[:-]\d{1,7}[:-])/;

/** `Date/Time,Log ID,Action`, `Date/Time,Action,User,Remote IP,Tunnel Type`, `| Date | Action | User | Reason |`, `Date/Time  Level  Action  User  Reason` */
const HEADING = /(?:[Ll][Oo][Gg][ _-]?[Ii][Dd]|[Aa]ction)(?: ?(?:["',;\t|]|$)| {2})/;
/** In a row of CSV whose cells are `name=value`. */
const PAIR = '"logid=';
const OPEN = 0x5b;
const DASH = 0x2d;

type Held =
  | {
      readonly what: 'json';
      readonly raws: string[];
      readonly balance: (line: string) => number;
      size: number;
    }
  | { readonly what: 'numbers'; readonly run: NumberedRun }
  | { readonly what: 'labels'; readonly run: LabelRun };

/** Converts other formats, line by line, to what FortiOS itself writes; other lines stay unchanged. */
export class Unwrapper {
  readonly #isEvidence: (text: string) => boolean;
  #held: Held | undefined;
  /** The last line in which no format begins. */
  #plain: string | undefined;
  #table: CsvTable | undefined;

  constructor(isEvidence: (text: string) => boolean) {
    this.#isEvidence = isEvidence;
  }

  /** Returns the lines that are held back. */
  end(): readonly UnwrapStep[] {
    const last = this.#held;
    this.#held = undefined;
    if (!last) return [];
    if (last.what === 'json') return [last.raws];
    if (last.what === 'labels') return listSteps(last.run);
    const { raws } = last.run;
    if (raws.length === 1) return [raws];
    const texts = last.run.texts();
    return [last.run.isFortiosText() || this.#isEvidence(texts.join('\n')) ? oneToOne(texts) : raws];
  }

  /** False if the line is plain text and no lines are held back: then the caller keeps it unchanged. */
  wants(line: string): boolean {
    if (this.#held || this.#table) return true;
    if (line !== this.#plain && this.#begins(line)) return true;
    this.#plain = line;
    return false;
  }

  line(text: string): readonly UnwrapStep[] {
    if (this.#held?.what === 'json') return this.#json(text);
    if (this.#held) {
      if (this.#held.run.raws.length < MAX_NUMBERED && this.#held.run.take(text)) return [];
      return [...this.end(), ...this.#begin(text)];
    }
    return this.#begin(text);
  }

  #json(text: string): readonly UnwrapStep[] {
    if (this.#held?.what !== 'json') return [];
    this.#held.raws.push(text);
    this.#held.size += text.length;
    if (this.#held.balance(text) > 0 && this.#held.size < MAX_JSON && this.#held.raws.length < MAX_JSON_LINES)
      return [];
    const { raws } = this.#held;
    this.#held = undefined;
    const [first = ''] = raws;
    const result = beginsResult(first) ? first.split(OPENS_RESULT, 1)[0] : undefined;
    const lines = readJsonLines(
      raws.join('\n').slice(result === undefined ? 0 : result.length + ARROW),
      0,
      this.#isEvidence,
    );
    if (!lines) return [raws];
    const head = result === undefined ? [] : [{ text: `${result} =>`, line: 0 }];
    return [{ span: raws.length, lines: [...head, ...lines] }];
  }

  #begin(text: string): readonly UnwrapStep[] {
    if (this.#table) {
      const row = this.#table.row(text);
      if (row !== undefined) return [oneToOne([row])];
      this.#table = undefined;
    }
    if (JSON_BEGINS.test(text) || beginsResult(text)) {
      this.#held = { what: 'json', raws: [], balance: createJsonBalance(), size: 0 };
      return this.#json(text);
    }
    if (text.includes('CEF:') || text.includes(PAIR)) {
      const event = text.includes(PAIR) ? readPairs(text) : readCef(text);
      if (event !== undefined) return [oneToOne([event])];
    }
    const row = isRow(text) ? readRow(text) : undefined;
    if (row !== undefined) return [oneToOne([row])];
    if (HTML_BREAK.test(text.slice(0, 4_000))) {
      const page = readHtml(text, this.#isEvidence);
      if (page) return [{ span: 1, lines: page.map((each) => ({ text: each, line: 0 })) }];
    }
    const run = NUMBER_BEGINS.test(text) ? beginsNumbered(text) : beginsLinesInYaml(text);
    if (run) {
      this.#held = { what: 'numbers', run };
      return [];
    }
    this.#table = beginsCsv(text);
    const labels = this.#table ? undefined : beginsLabels(text);
    if (!labels) return [[text]];
    this.#held = { what: 'labels', run: labels };
    return [];
  }

  #begins(line: string): boolean {
    const first = line.charCodeAt(0);
    // Debug lines: `[5784:root:d9]…`.
    if (first === OPEN && isDigit(line.charCodeAt(1))) return false;
    if (isDigit(first) && line.charCodeAt(4) === DASH && line.charCodeAt(7) === DASH) {
      return line.includes('CEF:') || isRow(line);
    }
    return (
      isRow(line) ||
      JSON_BEGINS.test(line.slice(0, 80)) ||
      (line.includes(' => {') && beginsResult(line)) ||
      line.endsWith(':') ||
      isLabelled(line) ||
      NUMBER_BEGINS.test(line.slice(0, 100)) ||
      HEADING.test(line.slice(0, 1_000)) ||
      line.includes('CEF:') ||
      line.includes(PAIR) ||
      (line.includes('<') && HTML_BREAK.test(line.slice(0, 4_000)))
    );
  }
}

/** `ok: [fgt-branch-07] => {` */
function beginsResult(line: string): boolean {
  return OPENS_RESULT.test(line.slice(0, 400)) && ansibleHost(line) !== undefined;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function oneToOne(texts: readonly string[]): Unwrapped {
  return { span: texts.length, lines: texts.map((text, line) => ({ text, line })) };
}

function listSteps(run: LabelRun): readonly UnwrapStep[] {
  const event = run.event();
  if (!event) return [run.raws];
  return [{ span: event.span, lines: [event] }, run.raws.slice(event.span)];
}

/** `CEF:0|Fortinet|Fortigate|v7.4.8|32161|event:system|7|deviceExternalId=… FTNTFGTlogid=0100032161 …` */
const HEAD =
  /\bCEF: ?\d\|Fortinet\|(?:[^|\\]|\\.){0,100}\|(?:[^|\\]|\\.){0,40}\|(?:[^|\\]|\\.){0,40}\|(?:[^|\\]|\\.){0,200}\|(?:[^|\\]|\\.){0,20}\|/;
/** A value may contain blanks; it ends before the next name. */
const FIELD = /(?:^| )([\w.]{1,60})=((?:[^=\\\n]|\\.)*?)(?= [\w.]{1,60}=|$)/g;
/** Date in the syslog header or in the record itself. */
const DATE = /\b(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)/;
const MAX_LINE = 16_000;

/** Converts ArcSight's Common Event Format, as FortiOS writes it, to a line of the event log. */
function readCef(line: string): string | undefined {
  const head = HEAD.exec(line.slice(0, 1_000));
  if (!head) return undefined;
  const fields = Array.from(
    line.slice(head.index + head[0].length, MAX_LINE).matchAll(FIELD),
    (match) =>
      [match[1] ?? '', (match[2] ?? '').replaceAll(/\\([=\\|])/g, '$1').replaceAll(/\\[nr]/g, ' ')] as const,
  );
  const [, date, time] = DATE.exec(line.slice(0, head.index)) ?? [];
  const stamp = date === undefined ? eventTime(new Map(fields)) : `${date} ${time}`;
  return eventLine(stamp === undefined ? fields : [...fields, ['timestamp', stamp]]);
}

/** Seconds since the Unix epoch, to which newer releases add the digits of nanoseconds. */
const EVENT_TIME = /^(\d{10})(\d{3})?(?:\d{3}){0,2}$/;

/** A syslog header has no year, and may be of the server that stored the line. */
function eventTime(fields: ReadonlyMap<string, string>): string | undefined {
  const [, seconds, thousandths = '0'] = EVENT_TIME.exec(fields.get('FTNTFGTeventtime') ?? '') ?? [];
  if (seconds === undefined) return undefined;
  return timeOnDevice(Number(seconds) * 1000 + Number(thousandths), fields.get('FTNTFGTtz'));
}
