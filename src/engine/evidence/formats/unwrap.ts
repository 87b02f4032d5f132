import { ansibleHost, beginsLinesInYaml } from './ansible.ts';
import { beginsCsv, type CsvTable } from './csv.ts';
import { readHtml } from './html-lines.ts';
import { readJsonLines } from './json-lines.ts';
import { createJsonBalance } from './json-reader.ts';
import { beginsLabels, isLabelled, type LabelRun } from './label-lines.ts';
import { beginsNumbered, type NumberedRun } from './numbered.ts';
import { mayBeRecord, readRecord } from './records.ts';

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
/** `{` alone or before a name, `[` alone or before a value, also of Python; `[5784:root:d9]` begins a debug line. */
const JSON_BEGINS = /^\s*(?:\{\s*(?:["'}]|$)|\[\s*(?:[{["']|$))/;
/** `{` behind the name of the host in a result of Ansible. */
const OPENS_RESULT = / => (?=\{\s*(?:["}]|$))/;
const ARROW = ' => '.length;
const NUMBER_BEGINS =
  /^(?!\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d)(?: {0,8}\d{1,7}(?:[\t:│|┃ -]|$)|[\w./-]{1,80}[:-]\d{1,7}[:-])/;
const HTML_BREAK = /<(?:\/?(?:br|p|div|li|tr|pre|h[1-6])\b)/i;

/** `Date/Time,Log ID,Action`, `Date/Time,Action,User,Remote IP,Tunnel Type`, `| Date | Action | User | Reason |`, `Date/Time  Level  Action  User  Reason` */
const HEADING = /(?:[Ll][Oo][Gg][ _-]?(?:[Ii][Dd]|[Dd]esc(?:ription)?)|[Aa]ction)(?: ?(?:["',;\t|]|$)| {2})/;
const OPEN = 0x5b;
const DASH = 0x2d;

type HeldJson = Extract<Held, { what: 'json' }>;

type Held =
  /** Values one after the other, and the lines of one that has not ended. */
  | {
      readonly what: 'json';
      readonly values: string[][];
      balance: ((line: string) => number) | undefined;
      lines: number;
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
    if (last.what === 'json') {
      const open = last.balance ? last.values.splice(-1) : [];
      return [...(last.values.length > 0 ? this.#readValues(last.values) : []), ...open];
    }
    if (last.what === 'labels') return listSteps(last.run);
    const { raws } = last.run;
    if (raws.length === 1) return [raws];
    const texts = last.run.texts();
    return [last.run.isFortiosText() || this.#isEvidence(texts.join('\n')) ? oneToOne(texts) : raws];
  }

  line(text: string): readonly UnwrapStep[] {
    const held = this.#held;
    if (!held && !this.#table && (text === this.#plain || !begins(text))) {
      this.#plain = text;
      return [[text]];
    }
    if (held?.what === 'json') {
      if (held.balance || (JSON_BEGINS.test(text) && !beginsResult(held.values[0]?.[0] ?? '')))
        return this.#json(held, text);
    } else if (held && !(held.what === 'labels' && beginsOther(text))) {
      if (held.run.raws.length < MAX_NUMBERED && held.run.take(text)) return [];
    }
    return [...this.end(), ...this.#begin(text)];
  }

  #json(held: HeldJson, text: string): readonly UnwrapStep[] {
    if (held.balance) held.values.at(-1)?.push(text);
    else held.values.push([text]);
    held.balance ??= createJsonBalance();
    held.lines += 1;
    held.size += text.length;
    if (held.balance(text) <= 0) held.balance = undefined;
    return held.size < MAX_JSON && held.lines < MAX_JSON_LINES ? [] : this.end();
  }

  /** Values one after the other are read as one list: lines of a log mean something together. */
  #readValues(values: readonly (readonly string[])[]): readonly UnwrapStep[] {
    const [[first = ''] = []] = values;
    const result = beginsResult(first) ? first.split(OPENS_RESULT, 1)[0] : undefined;
    const texts = values.map((lines) =>
      lines.join('\n').slice(result === undefined ? 0 : result.length + ARROW),
    );
    const text = texts.length > 1 ? `[${texts.join(',\n')}]` : texts.join('');
    const lines = readJsonLines(text, 0, this.#isEvidence);
    const raws = values.flat();
    if (!lines) return values.length > 1 ? values.flatMap((value) => this.#readValues([value])) : [raws];
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
      this.#held = { what: 'json', values: [], balance: undefined, lines: 0, size: 0 };
      return this.#json(this.#held, text);
    }
    if (isQuotedText(text)) return this.#readValues([[text.replace(/^b/, '')]]);
    const record = readRecord(text);
    if (record !== undefined) return [oneToOne([record])];
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
}

/** A cheap test of a line above which nothing is held back. */
function begins(line: string): boolean {
  const first = line.charCodeAt(0);
  // Debug lines: `[5784:root:d9]…`.
  if (first === OPEN && isDigit(line.charCodeAt(1))) return false;
  if (isDigit(first) && line.charCodeAt(4) === DASH && line.charCodeAt(7) === DASH) {
    return mayBeRecord(line);
  }
  return (
    mayBeRecord(line) ||
    isQuotedText(line) ||
    JSON_BEGINS.test(line.slice(0, 80)) ||
    (line.includes(' => {') && beginsResult(line)) ||
    line.endsWith(':') ||
    isLabelled(line) ||
    NUMBER_BEGINS.test(line.slice(0, 100)) ||
    HEADING.test(line.slice(0, 1_000)) ||
    (line.includes('<') && HTML_BREAK.test(line.slice(0, 4_000)))
  );
}

/** What is no part of an event whose fields are lines. */
function beginsOther(line: string): boolean {
  return JSON_BEGINS.test(line.slice(0, 80)) || mayBeRecord(line) || beginsCsv(line) !== undefined;
}

/** `ok: [fgt-branch-07] => {` */
function beginsResult(line: string): boolean {
  return OPENS_RESULT.test(line.slice(0, 400)) && ansibleHost(line) !== undefined;
}

/** `'config system ftm-push\r\n    set status disable\r\nend'`, `b'…'`: output as Python prints it. */
function isQuotedText(line: string): boolean {
  const text = line.startsWith('b') ? line.slice(1) : line;
  const quote = text.charAt(0);
  return (quote === "'" || quote === '"') && text.endsWith(quote) && text.includes('\\n');
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
