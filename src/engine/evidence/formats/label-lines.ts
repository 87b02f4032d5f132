import { eventLine } from './event-fields.ts';

/** Lines with the details of one event, as the page of a FortiGate or FortiAnalyzer shows them. */
export interface LabelRun {
  /** False if the line does not belong to the event. */
  take(line: string): boolean;
  readonly raws: readonly string[];
  /** The event, the line that says why, and the number of lines that it takes up; `undefined` if they are no event. */
  event(): { readonly text: string; readonly line: number; readonly span: number } | undefined;
}

/** What tells an event from a list that a person wrote. */
const MIN_LABELS = 4;
const MAX_LINES = 80;
const MAX_LENGTH = 400;
/** Lines with labels that the diagnosis does not use, one after the other. */
const MAX_OTHERS = 4;

const LABEL =
  '(?:(?:absolute )?date ?/ ?time|date|time|level|action|reason|user|user group|group|remote ip|tunnel type|tunnel ip|assigned ip|vpn tunnel|xauth user|xauth group|virtual domain|vdom|type|sub ?type|status|message|log id|log description)';
/** `Remote IP  203.0.113.9`, `Remote IP: 203.0.113.9`, between tabs too. */
const PAIR = new RegExp(`^[ \\t]{0,4}(${LABEL})(?:[ \\t]{0,20}:)?[ \\t]{1,20}(\\S.*)$`, 'i');
/** `Remote IP`, where the value is the next line. */
const ALONE = new RegExp(`^[ \\t]{0,4}(${LABEL})[ \\t]{0,20}:?[ \\t]{0,20}$`, 'i');

/** Starts with a line that holds such a label. */
export function beginsLabels(line: string): LabelRun | undefined {
  return isLabelled(line) ? startRun(line) : undefined;
}

/** Whether the line begins with a label of an event. */
export function isLabelled(line: string): boolean {
  return line.length <= MAX_LENGTH && (PAIR.test(line) || ALONE.test(line));
}

function startRun(first: string): LabelRun {
  const raws: string[] = [];
  const fields = new Map<string, { readonly value: string; readonly line: number }>();
  let alone: string | undefined;
  let others = 0;

  function keep(name: string, value: string): boolean {
    const label = name.toLowerCase();
    if (fields.has(label)) return false;
    fields.set(label, { value: value.trim(), line: raws.length });
    others = 0;
    return true;
  }

  function take(line: string): boolean {
    if (raws.length >= MAX_LINES || line.length > MAX_LENGTH) return false;
    const isBlank = line.trim() === '';
    const isBehindBlank = raws.length > 0 && raws.at(-1)?.trim() === '';
    const [, name, value] = PAIR.exec(line) ?? [];
    const label = ALONE.exec(line)?.[1];
    if (isBehindBlank && (isBlank || (name === undefined && label === undefined))) return false;
    if (name !== undefined && value !== undefined) {
      if (!keep(name, value)) return false;
    } else if (label !== undefined) {
      if (fields.has(label.toLowerCase())) return false;
    } else if (alone !== undefined && !isBlank) {
      keep(alone, line);
    } else if (!isBlank) {
      others += 1;
      if (others > MAX_OTHERS) return false;
    }
    alone = label;
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
      const line = (fields.get('reason') ?? fields.get('action'))?.line ?? 0;
      return text === undefined ? undefined : { text, line, span: Math.max(...lines) + 1 };
    },
  };
}
