import { readEcs } from './ecs.ts';
import { eventLine } from './event-fields.ts';
import { type JsonValue, readJson } from './json-reader.ts';
import { type PlacedLine, restConfig } from './rest-config.ts';

/** All JSON that is unwrapped contains one of these; other text is not parsed. */
const HINT =
  /log_?id|code" ?: ?"0?1\d{8}"|"results"|\\n|\[\d{1,10}:[^:\][\s]{1,64}:[0-9a-f]{1,16}\]|fnbam|"SSL: /i;
/** Part of a text that is one line of a log. */
const LOG_LINE =
  /\blogid="?\d{10}|\[\d{1,10}:[^:\][\s]{1,64}:[0-9a-f]{1,16}\]|\[\d{1,6}\] [A-Za-z]{0,30}_\w{1,63}-|SSL: \(where=|CEF:\d/;
/** A document inside a member, with a text of several lines: `"{\"text\": \"[2101:root:5a]…\\n…\"}"`. */
const MULTI_LINE_JSON = /^\s*(?!\{"sender")[{[][\s\S]*\\n/;
/** What this program itself answered is no evidence, though it quotes some. */
const OWN_SCHEMA = 'ftm-check/';
const MAX_LINES = 400_000;

/**
 * FortiGate output inside JSON, as lines: records of the event log, answers of the REST API, multi-line texts as in an
 * export of Slack or a ticket system, and members that hold one line each, as `message` in an export of a log server.
 * `isEvidence` decides about texts. `undefined` if there is none.
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
  const texts: PlacedLine[] = [];
  const single = new Map<string, PlacedLine[]>();
  collect(value, '');
  const fromTexts = texts.some((each) => isEvidence(each.text)) ? texts.flatMap(linesOf) : [];
  const all = [...found, ...fromTexts, ...[...single.values()].flatMap((each) => (isLog(each) ? each : []))];
  return all.length > 0 ? all.slice(0, MAX_LINES) : undefined;

  /** Lines that only together are a message of the push service have one name. */
  function isLog(lines: readonly PlacedLine[]): boolean {
    return lines.some((each) => LOG_LINE.test(each.text) && isEvidence(each.text));
  }

  function collect(each: JsonValue, name: string): void {
    if (each.kind === 'text') {
      const nested = MULTI_LINE_JSON.test(each.text) ? readJson(each.text, each.line) : undefined;
      if (nested) collect(nested, name);
      else if (each.text.includes('\n')) texts.push(each);
      else if (single.has(name)) single.get(name)?.push(each);
      else single.set(name, [each]);
      return;
    }
    if (each.kind === 'list') for (const item of each.items) collect(item, name);
    if (each.kind !== 'object' || isOwnAnswer(each)) return;
    const rest = restConfig(each);
    const event = rest ? undefined : (eventLine(fieldsOf(each)) ?? readEcs(each));
    if (rest) found.push(...rest);
    else if (event !== undefined) found.push({ text: event, line: each.line });
    else for (const [own, member] of each.members) collect(member, own);
  }
}

function isOwnAnswer({ members }: Extract<JsonValue, { kind: 'object' }>): boolean {
  const [name, first] = members[0] ?? [];
  return name === 'schema' && first?.kind === 'text' && first.text.startsWith(OWN_SCHEMA);
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
