import { eventLine } from './event-fields.ts';
import { type JsonValue, readJson } from './json-reader.ts';
import { type PlacedLine, restConfig } from './rest-config.ts';

/** One of these stands in all JSON that is unwrapped; the rest is not parsed. */
const WORTH = /log_?id|"results"|\\n/i;
const MAX_LINES = 400_000;

/**
 * What JSON holds of a FortiGate, as lines: records of the event log, answers of the REST API, and texts of several lines,
 * as an export of Slack or of a ticket system has them. `isEvidence` judges texts. `undefined` where it holds none.
 */
export function readJsonLines(
  text: string,
  line: number,
  isEvidence: (text: string) => boolean,
): readonly PlacedLine[] | undefined {
  if (!WORTH.test(text)) return undefined;
  const value = readJson(text, line);
  if (!value) return undefined;
  const found: PlacedLine[] = [];
  const texts: { readonly text: string; readonly line: number }[] = [];
  collect(value);
  const told = texts.some((each) => isEvidence(each.text)) ? texts.flatMap(linesOf) : [];
  const all = [...found, ...told];
  return all.length > 0 ? all.slice(0, MAX_LINES) : undefined;

  function collect(each: JsonValue): void {
    if (each.kind === 'text') {
      if (each.text.includes('\n')) texts.push(each);
      return;
    }
    if (each.kind === 'list') for (const item of each.items) collect(item);
    if (each.kind !== 'object') return;
    const rest = restConfig(each);
    const event = rest ? undefined : eventLine(fieldsOf(each));
    if (rest) found.push(...rest);
    else if (event !== undefined) found.push({ text: event, line: each.line });
    else for (const [, member] of each.members) collect(member);
  }
}

/** A blank line keeps the texts apart. */
function linesOf({ text, line }: { readonly text: string; readonly line: number }): readonly PlacedLine[] {
  return [...text.split(/\r?\n/), ''].map((each) => ({ text: each, line }));
}

function fieldsOf(object: Extract<JsonValue, { kind: 'object' }>): readonly (readonly [string, string])[] {
  return object.members.flatMap(([name, value]) =>
    value.kind === 'text' || value.kind === 'word' ? [[name, value.text] as const] : [],
  );
}
