import { readScalar } from './ansible.ts';
import { beginsFieldName, eventLine, fieldName } from './event-fields.ts';
import { LOG_LINE } from './records.ts';

/** Lines with the fields of one event, as the page of a FortiGate or FortiAnalyzer, a log server or YAML shows them. */
export interface LabelRun {
  /** False if the line does not belong to the event. */
  take(line: string): boolean;
  readonly raws: readonly string[];
  /** The event, the line that says why, and the number of lines that it takes up; `undefined` if they are no event. */
  event(): { readonly text: string; readonly line: number; readonly span: number } | undefined;
}

/** What tells an event from a list that a person wrote. */
const MIN_LABELS = 4;
const MAX_LINES = 120;
const MAX_LENGTH = 400;
/** Lines without a known label, one after the other. */
const MAX_OTHERS = 12;

/** Indentation and marks: `  - "`, `| **` */
const MARKS = /^[ \t]{0,12}(?:[-*•][ \t]{1,3})?[|"*`]{0,3}[ \t]?/;
const FIRST_WORD = new RegExp(`${MARKS.source}@?_?([A-Za-z]{1,30})(?!\\w|=\\S)`);
/** `Remote IP: 203.0.113.9`, `remip = 203.0.113.9`, `Remote IP<tab>203.0.113.9`, `| Remote IP | 203.0.113.9 |` */
const PAIR =
  /^([A-Za-z@_][\w./()@-]{0,40}(?: [\w./()@-]{1,20}){0,3})["*`]{0,3}[ \t]{0,20}(?:[:=|]\*{0,2}(?=[ \t"]|$)|(?<=\t|[ \t]{2}))[ \t]{0,20}(.*)$/;
const MAX_WORDS = 3;
/** `config system ftm-push`, `diagnose debug enable` */
const CLI = /^\s{0,12}(?:config|edit|set|unset|diag(?:nose)?|get|show|exec(?:ute)?) [\w"]/;

interface Labelled {
  /** In lower case; `undefined` if the diagnosis does not use the field. */
  readonly name: string | undefined;
  readonly value: string;
  readonly between: 'mark' | 'blank' | 'line end';
}

/** Starts with a line that holds such a label. */
export function beginsLabels(line: string): LabelRun | undefined {
  return isLabelled(line) ? startRun(line) : undefined;
}

/** Whether the line begins with a label of an event. */
export function isLabelled(line: string): boolean {
  if (line.length > MAX_LENGTH || !beginsFieldName(FIRST_WORD.exec(line)?.[1] ?? '')) return false;
  return readLabel(line)?.name !== undefined;
}

function readLabel(line: string): Labelled | undefined {
  const text = line.slice(MARKS.exec(line)?.[0].length ?? 0).trimEnd();
  const [, label, value = ''] = PAIR.exec(text) ?? [];
  if (label !== undefined) return { name: knownLabel(label), value: readValue(value), between: 'mark' };
  const words = text.split(' ', MAX_WORDS + 1);
  for (let count = Math.min(words.length, MAX_WORDS); count > 0; count -= 1) {
    const head = words.slice(0, count).join(' ');
    const name = knownLabel(head);
    if (name === undefined) continue;
    const rest = text.slice(head.length).trimStart();
    return { name, value: rest, between: rest === '' ? 'line end' : 'blank' };
  }
  return undefined;
}

function knownLabel(text: string): string | undefined {
  return fieldName(text) === undefined ? undefined : text.toLowerCase();
}

/** `"ssl-login-fail"` in YAML, `ssl-login-fail |` in a table. */
function readValue(text: string): string {
  const value = text.endsWith('|') || text.endsWith(',') ? text.slice(0, -1).trimEnd() : text;
  return readScalar(value);
}

function startRun(first: string): LabelRun {
  const raws: string[] = [];
  const fields = new Map<string, { readonly value: string; readonly line: number }>();
  let alone: string | undefined;
  let others = 0;

  function keep(name: string, value: string): boolean {
    if (fields.has(name)) return false;
    fields.set(name, { value: value.trim(), line: raws.length });
    others = 0;
    return true;
  }

  /** Keeps the field of a line, or remembers its label; false if another event has begun. */
  function read(line: string): boolean {
    const label = readLabel(line);
    const awaited = alone;
    alone = undefined;
    if (awaited !== undefined && (label?.name === undefined || label.between === 'blank'))
      return keep(awaited, line);
    if (label?.name === undefined) {
      others += label ? 0 : 1;
      return others <= MAX_OTHERS;
    }
    if (label.between !== 'line end') return keep(label.name, label.value);
    alone = label.name;
    return !fields.has(label.name);
  }

  function take(line: string): boolean {
    if (raws.length >= MAX_LINES || line.length > MAX_LENGTH) return false;
    if (LOG_LINE.test(line) || CLI.test(line)) return false;
    const isBlank = line.trim() === '';
    const isBehindBlank = raws.length > 0 && raws.at(-1)?.trim() === '';
    if (isBehindBlank && (isBlank || readLabel(line)?.name === undefined)) return false;
    if (!isBlank && !read(line)) return false;
    raws.push(line);
    return true;
  }

  take(first);
  return {
    take,
    raws,
    event() {
      const text =
        fields.size < MIN_LABELS
          ? undefined
          : eventLine([...fields].map(([name, { value }]) => [name, value] as const));
      const lines = [...fields.values()].map(({ line }) => line);
      const line = (fields.get('reason') ?? fields.get('action') ?? fields.get('logid'))?.line ?? 0;
      return text === undefined ? undefined : { text, line, span: Math.max(...lines) + 1 };
    },
  };
}
