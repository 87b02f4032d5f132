import { eventLine, timeOnDevice } from './event-fields.ts';
import { type JsonObject, type JsonValue, readJson } from './json-reader.ts';
import { type PlacedLine, restConfig } from './rest-config.ts';

/** All JSON that is unwrapped contains one of these; other text is not parsed. */
const HINT =
  /log_?id|code" ?: ?"0?1\d{8}"|"results"|stdout|["'] *config [a-z]|\\n|\[\d{1,10}:[^:\][\s]{1,64}:[0-9a-f]{1,16}\]|fnbam|"SSL: /i;
/** Ansible prints what a command said twice: `"stdout": "…", "stdout_lines": ["…"]`. */
const SAME_IN_LINES = '_lines';
/** Part of a text that is one line of a log. */
const LOG_LINE =
  /\blogid="?\d{10}|\[\d{1,10}:[^:\][\s]{1,64}:[0-9a-f]{1,16}\]|\[\d{1,6}\] [A-Za-z]{0,30}_\w{1,63}-|SSL: \(where=|CEF:\d/;
/** A document inside a member, with a text of several lines: `"{\"text\": \"[2101:root:5a]…\\n…\"}"`. */
const MULTI_LINE_JSON = /^\s*(?!\{"sender")[{[][\s\S]*\\n/;
/** What this program itself answered is no evidence, though it quotes some. */
const OWN_SCHEMA = 'ftm-check/';
const MAX_LINES = 400_000;

type JsonText = Extract<JsonValue, { kind: 'text' }>;

/**
 * FortiGate output inside JSON, as lines: records of the event log, answers of the REST API, multi-line texts as in an
 * export of Slack or a ticket system, lists of lines as Ansible prints them, and members that hold one line each, as
 * `message` in an export of a log server.
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
  const texts: (readonly PlacedLine[])[] = [];
  const single = new Map<string, PlacedLine[]>();
  collect(value, '');
  const fromTexts = texts.some(areEvidence) ? texts.flat() : [];
  const all = [...found, ...fromTexts, ...[...single.values()].flatMap((each) => (isLog(each) ? each : []))];
  return all.length > 0 ? all.slice(0, MAX_LINES) : undefined;

  function areEvidence(lines: readonly PlacedLine[]): boolean {
    return isEvidence(lines.map(({ text: line }) => line).join('\n'));
  }

  /** Lines that only together are a message of the push service have one name. */
  function isLog(lines: readonly PlacedLine[]): boolean {
    return lines.some((each) => LOG_LINE.test(each.text) && isEvidence(each.text));
  }

  function collect(each: JsonValue, name: string): void {
    if (each.kind === 'text') {
      const nested = MULTI_LINE_JSON.test(each.text) ? readJson(each.text, each.line) : undefined;
      if (nested) collect(nested, name);
      else if (each.text.includes('\n')) texts.push(splitLines(each));
      else if (single.has(name)) single.get(name)?.push(each);
      else single.set(name, [each]);
      return;
    }
    if (each.kind === 'list') {
      const lines = each.items.filter(
        (item): item is JsonText => item.kind === 'text' && !item.text.includes('\n'),
      );
      if (lines.length === each.items.length && areEvidence(lines))
        texts.push([...lines, { text: '', line: each.line }]);
      else for (const item of each.items) collect(item, name);
    }
    if (each.kind !== 'object' || isOwnAnswer(each)) return;
    const rest = restConfig(each);
    const event = rest ? undefined : (eventLine(listFields(each)) ?? readEcs(each));
    if (rest) found.push(...rest);
    else if (event !== undefined) found.push({ text: event, line: each.line });
    else
      for (const [own, member] of each.members) {
        const isTwice =
          own.endsWith(SAME_IN_LINES) && each.members.some(([other]) => other + SAME_IN_LINES === own);
        if (!isTwice) collect(member, own);
      }
  }
}

function isOwnAnswer({ members }: JsonObject): boolean {
  const [name, first] = members[0] ?? [];
  return name === 'schema' && first?.kind === 'text' && first.text.startsWith(OWN_SCHEMA);
}

/** A blank line separates the texts. */
function splitLines({ text, line }: { readonly text: string; readonly line: number }): readonly PlacedLine[] {
  return [...text.split(/\r?\n/), ''].map((each) => ({ text: each, line }));
}

function listFields(object: JsonObject): readonly (readonly [string, string])[] {
  return object.members.flatMap(([name, value]) =>
    value.kind === 'text' || value.kind === 'word' ? [[name, value.text] as const] : [],
  );
}

/**
 * An event of a FortiGate in the Elastic Common Schema, as log shippers write it, as a line of the event log. The id is
 * in `event.code`, FortiOS's own fields below `fortinet.firewall`, the user in `source.user.name`, the time in UTC.
 */
function readEcs(record: JsonObject): string | undefined {
  const id = textAt(record, ['event', 'code']);
  const own = objectAt(record, ['fortinet', 'firewall']) ?? objectAt(record, ['fortinet']);
  if (id === undefined || !own) return undefined;
  const user = textAt(record, ['source', 'user', 'name']) ?? textAt(record, ['user', 'name']);
  const message = textAt(record, ['message']);
  return eventLine([
    ['logid', id],
    ...readTime(record),
    ...listFields(own),
    ...(user === undefined ? [] : [['user', user] as const]),
    ...(message === undefined ? [] : [['msg', message] as const]),
  ]);
}

function readTime(record: JsonObject): readonly (readonly [string, string])[] {
  const at = Date.parse(textAt(record, ['@timestamp']) ?? '');
  return Number.isNaN(at) ? [] : [['timestamp', timeOnDevice(at, textAt(record, ['event', 'timezone']))]];
}

function textAt(from: JsonObject, path: readonly string[]): string | undefined {
  const value = valueAt(from, path);
  return value?.kind === 'text' ? value.text : undefined;
}

function objectAt(from: JsonObject, path: readonly string[]): JsonObject | undefined {
  const value = valueAt(from, path);
  return value?.kind === 'object' ? value : undefined;
}

/** A member by its names, which may be nested or joined by dots. */
function valueAt(from: JsonObject, path: readonly string[]): JsonValue | undefined {
  for (let count = path.length; count > 0; count -= 1) {
    const name = path.slice(0, count).join('.');
    const found = from.members.find(([each]) => each === name)?.[1];
    if (!found) continue;
    if (count === path.length) return found;
    return found.kind === 'object' ? valueAt(found, path.slice(count)) : undefined;
  }
  return undefined;
}
