import { eventLine } from './event-fields.ts';
import { type JsonValue, readJson } from './json-reader.ts';
import { type PlacedLine, restConfig } from './rest-config.ts';

/** All JSON that is unwrapped contains one of these; other text is not parsed. */
const HINT = /log_?id|"results"|\\n/i;
const MAX_LINES = 400_000;

/**
 * FortiGate output inside JSON, as lines: records of the event log, answers of the REST API, and multi-line texts as
 * in an export of Slack or a ticket system. `isEvidence` decides about texts. `undefined` if there is none.
 */
export function readJsonLines(
  text: string,
  line: number,
  isEvidence: (text: string) => boolean,
): readonly PlacedLine[] | undefined {
  if (!HINT.test(text)) return undefined;
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

/** A blank line separates the texts. */
function linesOf({ text, line }: { readonly text: string; readonly line: number }): readonly PlacedLine[] {
  return [...text.split(/\r?\n/), ''].map((each) => ({ text: each, line }));
}

function fieldsOf(object: Extract<JsonValue, { kind: 'object' }>): readonly (readonly [string, string])[] {
  return object.members.flatMap(([name, value]) =>
    value.kind === 'text' || value.kind === 'word' ? [[name, value.text] as const] : [],
  );
}
