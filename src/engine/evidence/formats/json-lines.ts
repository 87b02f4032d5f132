import { eventLine } from './event-fields.ts';
import { type JsonObject, type JsonValue, readJson } from './json-reader.ts';
import { readRecord } from './records.ts';
import { type PlacedLine, restConfig } from './rest-config.ts';

/** All JSON that is unwrapped contains one of these; other text is not parsed. */
const HINT =
  /^\s*\[\s*["']|log_?(?:id|desc)|code" ?: ?"0?1\d{8}"|action"|"results"|stdout|["'] *(?:config|get|show|diag) \w|\\n|\[\d{1,10}[:\]]|forti|fgt|vpn|saml|ldap|radius|fnbam|"SSL: |trace_id|"ike /i;
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

/** Members of log servers that hold a line as it came. */
const RAW_LINE = /^(?:message|log|msg|line|_?raw|original|full_(?:message|log))$/;

/**
 * FortiGate output inside JSON, as lines: records of the event log, answers of the REST API, multi-line texts as in an
 * export of Slack or a ticket system, lists of lines as Ansible prints them, and members that hold one line each, as
 * `message` in an export of a log server. A text or a list of texts alone, as Python prints them, and records that all
 * have such a member are lines whatever they say.
 * `isEvidence` decides about other texts. `undefined` if there is none.
 */
export function readJsonLines(
  text: string,
  line: number,
  isEvidence: (text: string) => boolean,
): readonly PlacedLine[] | undefined {
  if (!HINT.test(text)) return undefined;
  const value = readJson(text, line);
  if (!value) return undefined;
  if (value.kind === 'text') return splitLines(value);
  const count = value.kind === 'list' ? value.items.length : 1;
  const found: PlacedLine[] = [];
  const texts: (readonly PlacedLine[])[] = [];
  const single = new Map<string, PlacedLine[]>();
  collect(value, '');
  const fromTexts = texts.some(areEvidence) ? texts.flat() : [];
  const lists = [...single].flatMap(([name, lines]) => (isLog(name, lines) ? [lines] : []));
  const copies = new Set<string>();
  const fromLines = lists.filter(
    (lines) => copies.size < copies.add(lines.map(behindHeader).join('\n')).size,
  );
  const all = [...found, ...fromTexts, ...fromLines.flat()];
  return all.length > 0
    ? all.slice(0, MAX_LINES).map((each) => ({ ...each, text: readRecord(each.text) ?? each.text }))
    : undefined;

  function areEvidence(lines: readonly PlacedLine[]): boolean {
    return isEvidence(lines.map(({ text: line }) => line).join('\n'));
  }

  /** Lines that only together are a message of the push service have one name. */
  function isLog(name: string, lines: readonly PlacedLine[]): boolean {
    if (count > 1 && lines.length >= count && (name === '' || RAW_LINE.test(name))) return true;
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
    const fields = listFields(each);
    const event = rest || fields.some(isRawLine) ? undefined : eventLine(fields);
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

const MAX_DEPTH = 6;

/** Members at any depth, named by their path; a list of one value counts as the value. */
function listFields(
  { members }: JsonObject,
  path: readonly string[] = [],
): readonly (readonly [string, string])[] {
  return members.flatMap(([name, member]) => {
    const value = member.kind === 'list' && member.items.length === 1 ? member.items[0] : member;
    if (value?.kind === 'object' && path.length < MAX_DEPTH) return listFields(value, [...path, name]);
    const isValue = value?.kind === 'text' || (value?.kind === 'word' && value.text !== 'null');
    return isValue ? [[[...path, name].join('.'), value.text] as const] : [];
  });
}

function isRawLine([path, value]: readonly [string, string]): boolean {
  return LOG_LINE.test(value) && RAW_LINE.test(path.slice(path.lastIndexOf('.') + 1));
}

/** A log server keeps a line with its syslog header and without it. */
function behindHeader({ text }: PlacedLine): string {
  return text.slice(Math.max(0, text.indexOf('logid=')));
}
